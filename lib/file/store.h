// What changes an open map file's records. Errors are those of mapfile.h,
// without the path in front: see Core::About.
#ifndef MAPFILE_LIB_FILE_STORE_H_
#define MAPFILE_LIB_FILE_STORE_H_

#include <memory>
#include <optional>
#include <string_view>

#include "lib/file/core.h"
#include "mapfile/codec.h"

namespace mapfile::file {

// The next version of `id`, or of the record `name`, from an encoder.
[[nodiscard]] Result<Generation> Publish(
    Core& core, record::RecordId id, Encoder& encoder,
    const record::PublishOptions& options = {});
[[nodiscard]] Result<Generation> Store(Core& core, std::string_view name,
                                       Encoder& encoder,
                                       const PutOptions& options);

// Adds or overwrites `name` and remembers its encoder for Update.
[[nodiscard]] Result<Record> Bind(
    Core& core, std::unique_ptr<Encoder> encoder, const void* object,
    std::optional<std::weak_ptr<const void>> lifetime, std::string_view name,
    const AddOptions& options);

// Adds `name` if it isn't there; TypeMismatch if it is of another type.
[[nodiscard]] Result<Record> Emplace(Core& core, std::string_view name,
                                     Encoder& encoder,
                                     const AddOptions& options);

[[nodiscard]] Result<Generation> Modify(Core& core, record::RecordId id,
                                        const Record::Edit& edit);

// Publishes bound objects as they are now.
[[nodiscard]] Result<Generation> Update(Core& core, Binding& binding);
[[nodiscard]] Status UpdateAll(Core& core);
[[nodiscard]] Result<Generation> UpdateObject(Core& core, const void* object);
[[nodiscard]] Result<Generation> UpdateRecord(Core& core, record::RecordId id);

[[nodiscard]] Status Remove(Core& core, std::string_view name);
[[nodiscard]] Status RemoveObject(Core& core, const void* object);
[[nodiscard]] Status RemoveAll(Core& core);
[[nodiscard]] Status Unbind(Core& core, std::string_view name);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_STORE_H_
