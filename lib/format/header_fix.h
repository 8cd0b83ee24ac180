// What the header of a damaged file should say, as far as the rest of the
// file proves it.
#ifndef MAPFILE_LIB_FORMAT_HEADER_FIX_H_
#define MAPFILE_LIB_FORMAT_HEADER_FIX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/region.h"
#include "lib/format/layout.h"
#include "mapfile/status.h"

namespace mapfile::format {

struct HeaderFault {
  std::uint64_t offset = 0;  // Of the field
  std::string message;       // "max_size is 12, and not a multiple of 4096"
  std::string fix;           // "max_size is 1073741824"; empty: none is known
};

struct JudgedHeader {
  FileHeader header;  // With what is known to be right in place of faults
  std::vector<HeaderFault> faults;
};

// Judges the header of a file whose bytes are in `region`, all of them.
// Corrupt: it is no map file, or so short that nothing can be said of it.
// Version: of another format.
[[nodiscard]] Result<JudgedHeader> JudgeHeader(const Region& region);

}  // namespace mapfile::format

#endif  // MAPFILE_LIB_FORMAT_HEADER_FIX_H_
