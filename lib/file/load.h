// What reads an open map file's records. Errors are those of mapfile.h,
// without the path in front: see Core::About.
#ifndef MAPFILE_LIB_FILE_LOAD_H_
#define MAPFILE_LIB_FILE_LOAD_H_

#include <string>
#include <string_view>
#include <vector>

#include "lib/file/core.h"
#include "mapfile/codec.h"

namespace mapfile::file {

[[nodiscard]] Status Load(Core& core, record::RecordId id, Decoder& decoder,
                          VersionInfo* seen, Generation generation);
[[nodiscard]] Result<RawValue> LoadRaw(Core& core, record::RecordId id,
                                       Generation generation);

// The record that `name` means in the current directory. `name` becomes its
// whole name, as ResolveName does it, also where there is none: NotFound.
[[nodiscard]] Result<record::RecordId> FindNamed(Core& core,
                                                 std::string_view& name,
                                                 std::string& storage);
[[nodiscard]] Result<record::RecordId> FindId(Core& core,
                                              std::string_view name);
[[nodiscard]] Result<Record> Find(Core& core, std::string_view name);
[[nodiscard]] Result<std::vector<Record>> Records(Core& core);
[[nodiscard]] Result<Record> First(Core& core);
[[nodiscard]] Result<Record> Last(Core& core);
// The record that was added after `id`, which need not exist any more.
[[nodiscard]] Result<Record> Next(Core& core, record::RecordId id);

// TypeMismatch unless the current version of `id` is of type `wanted`.
[[nodiscard]] Status CheckType(Core& core, record::RecordId id,
                               const Type& wanted);

// What a caller is told about a version.
VersionInfo DescribeVersion(const record::Version& version);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_LOAD_H_
