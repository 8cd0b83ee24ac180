// Stored values for people, whatever their class.
//
// All that comes from the file is escaped: no byte of it reaches a terminal
// as a control character. Several threads may call with tables of their own.
#ifndef MAPFILE_LIB_TEXT_PRINT_H_
#define MAPFILE_LIB_TEXT_PRINT_H_

#include <cstddef>
#include <span>
#include <string>

#include "lib/text/draw/print_options.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// The value of `type` in `bytes`, field by field, in lines of at most
// `options.width` columns (20 at least), each ended by a newline:
//
//     run    42
//     note   "calm"
//     hits   [0.1, 0.2, … 4096 numbers]
//     next   Node #1
//       n     2
//       next  -> #1
//
// Histograms are drawn. An object that several pointers lead to has a number
// and is shown once. Corrupt: the bytes aren't such a value.
[[nodiscard]] Result<std::string> Print(const Type& type,
                                        std::span<const std::byte> bytes,
                                        TypeTable& types,
                                        const PrintOptions& options = {});

// The value in one line of at most `options.width` columns, without a
// newline; of a histogram "1000 entries, mean 3.2, σ 0.9 ▁▃▇▃▁". Looks at
// little more than it shows. Corrupt: as far as it looked.
[[nodiscard]] Result<std::string> Summary(const Type& type,
                                          std::span<const std::byte> bytes,
                                          TypeTable& types,
                                          const PrintOptions& options = {});

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_PRINT_H_
