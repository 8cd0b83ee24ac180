// The pictures of the family, as mapfile-print shows them.
#ifndef MAPFILE_TESTS_PICTURES_PICTURES_H_
#define MAPFILE_TESTS_PICTURES_PICTURES_H_

#include <map>
#include <string>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"

namespace mapfile::pictures {

// Every picture of `file`, one that MakeFamily made: on terminals of 80x24
// and 120x40, in UTF-8 and in ASCII, with the words that change it, and as
// SVG. What a file of testdata/pictures holds, by its name.
[[nodiscard]] Result<std::map<std::string, std::string>> DrawAll(
    const MapFile& file);

}  // namespace mapfile::pictures

#endif  // MAPFILE_TESTS_PICTURES_PICTURES_H_
