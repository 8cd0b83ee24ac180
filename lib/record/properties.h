// What people say about a record or the file: texts in blocks of their own.
#ifndef MAPFILE_LIB_RECORD_PROPERTIES_H_
#define MAPFILE_LIB_RECORD_PROPERTIES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/record/space.h"
#include "lib/record/types.h"
#include "mapfile/status.h"

namespace mapfile::record {

// InvalidArgument: too long.
[[nodiscard]] Status CheckAttributes(const Attributes& attributes);
[[nodiscard]] Status CheckTitle(std::string_view title);

// Put a text into a block that `*field` then leads to, none for an empty
// one. The file's lock is held. Old text, if any, stays whole until then;
// `*sequence` counts the change. NoSpace, Corrupt.
[[nodiscard]] Status StoreAttributes(const Space& space, std::uint64_t* field,
                                     std::uint64_t* sequence,
                                     const Attributes& attributes);
[[nodiscard]] Status StoreTitle(const Space& space, std::uint64_t* field,
                                std::uint64_t* sequence,
                                std::string_view title);

// What `offset` leads to, empty for 0. It counts only if neither the field
// that the offset came from nor its sequence changed meanwhile. Corrupt.
[[nodiscard]] Result<Attributes> LoadAttributes(const Space& space,
                                                std::uint64_t offset);
[[nodiscard]] Result<std::string> LoadTitle(const Space& space,
                                            std::uint64_t offset);

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_PROPERTIES_H_
