// What is known of an open map file and its records, without their values.
#ifndef MAPFILE_LIB_FILE_INFO_H_
#define MAPFILE_LIB_FILE_INFO_H_

#include <string_view>
#include <vector>

#include "lib/file/core.h"
#include "mapfile/info.h"

namespace mapfile::file {

[[nodiscard]] Result<RecordInfo> InfoOf(Core& core, record::RecordId id);
[[nodiscard]] Result<std::vector<RecordInfo>> List(Core& core,
                                                   std::string_view below);
[[nodiscard]] Result<FileInfo> InfoOfFile(Core& core);

// Versions that all writers have published, ever.
std::uint64_t Updates(const Core& core);

// Counts a value among those written; mean plus one standard deviation of
// the sizes of all.
void SumBuffer(Core& core, std::uint64_t size_bytes);
std::uint64_t BestBufferSize(const Core& core);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_INFO_H_
