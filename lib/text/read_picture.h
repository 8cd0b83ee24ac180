// Stored objects of the histogram family, as pictures.
#ifndef MAPFILE_LIB_TEXT_READ_PICTURE_H_
#define MAPFILE_LIB_TEXT_READ_PICTURE_H_

#include <optional>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

// The picture of `view`: an object of class Histogram1D, Histogram2D,
// Histogram3D (added up over z), Profile1D, Profile2D, Efficiency, Graph or
// TimeSeries, or of one that has it as a base, with the fields that its
// header states, whatever their type of number; its statistics are in it.
// None: it is something else, or contradicts itself. Corrupt: it can't be
// read.
[[nodiscard]] Result<std::optional<Picture>> ReadPicture(
    const ValueView& view, ValueReader& reader, const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_READ_PICTURE_H_
