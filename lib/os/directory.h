// The directories that files lie in.
#ifndef MAPFILE_LIB_OS_DIRECTORY_H_
#define MAPFILE_LIB_OS_DIRECTORY_H_

#include <string>

namespace mapfile::os {

// "a/b" of "a/b/c", "." of "c", "/" of "/c".
std::string DirectoryOf(const std::string& path);

// Whether anybody may put links there, as in /tmp.
bool IsOpenToAll(const std::string& directory);

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_DIRECTORY_H_
