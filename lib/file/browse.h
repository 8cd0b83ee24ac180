// The records of an open map file as a tree of paths.
#ifndef MAPFILE_LIB_FILE_BROWSE_H_
#define MAPFILE_LIB_FILE_BROWSE_H_

#include <string_view>
#include <vector>

#include "lib/file/core.h"
#include "mapfile/info.h"

namespace mapfile::file {

// What lies at `path`, in order of insertion. NotFound: neither a folder nor
// a record; an empty top is a folder.
[[nodiscard]] Result<std::vector<BrowseEntry>> Browse(Core& core,
                                                      std::string_view path);
bool IsFolder(Core& core, std::string_view path);
[[nodiscard]] Status ChangeDirectory(Core& core, std::string_view path);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_BROWSE_H_
