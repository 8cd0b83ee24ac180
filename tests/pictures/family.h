// An object of each class of the histogram family, and some more, the same
// each time.
#ifndef MAPFILE_TESTS_PICTURES_FAMILY_H_
#define MAPFILE_TESTS_PICTURES_FAMILY_H_

#include <string>
#include <vector>

#include "mapfile/status.h"

namespace mapfile::pictures {

// Makes the map file `path` with all of them.
[[nodiscard]] Status MakeFamily(const std::string& path);

}  // namespace mapfile::pictures

#endif  // MAPFILE_TESTS_PICTURES_FAMILY_H_
