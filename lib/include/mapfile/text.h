// Text of map files and values. All functions return strings; the library
// never writes to a stream.
#ifndef MAPFILE_TEXT_H_
#define MAPFILE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/info.h"
#include "mapfile/mapfile.h"
#include "mapfile/status.h"

namespace mapfile {

// How text for people is laid out.
struct TextOptions {
  int width = 80;        // Columns that lines keep to
  bool unicode = true;   // Else ASCII alone
  bool color = false;    // ANSI colours
  int max_elements = 0;  // Of an array; 0: as many as fit a few lines

  // Of pictures.
  int height = 22;              // Lines that one keeps to, if it can
  bool errors = false;          // With error bars
  bool log = false;             // What is shown, on a logarithmic scale
  bool vertical = false;        // Bars rise, and don't go to the right
  bool all_statistics = false;  // Skewness, kurtosis and so on, too
};

// A table of the records (name, class, size, age), as TMapFile::ls.
[[nodiscard]] Result<std::string> Ls(const MapFile& file,
                                     const TextOptions& options = {});

// The file itself, as TMapFile::Print: name, title, option, region, break
// value, heap use, generations, producers.
[[nodiscard]] Result<std::string> Print(const MapFile& file,
                                        const TextOptions& options = {});

// A record's value, field by field whatever its class; histograms, graphs and
// what goes with them drawn.
[[nodiscard]] Result<std::string> Print(const MapFile& file,
                                        std::string_view name,
                                        const TextOptions& options = {});
[[nodiscard]] Result<std::string> Print(const MapFile& file,
                                        const RawValue& value,
                                        const TextOptions& options = {});

// A record's value with its name.
struct NamedValue {
  std::string name;
  RawValue value;
};

// Up to eight histograms, profiles, efficiencies, graphs or time series in
// one picture, each with a mark of its own and a legend. InvalidArgument: one
// is none of these, or their axes have no part in common.
[[nodiscard]] Result<std::string> PrintOver(
    const MapFile& file, const std::vector<NamedValue>& values,
    const TextOptions& options = {});

// The same, or the picture of one value over any axes, as a stand-alone SVG
// file; width, height, colours and the like don't count.
[[nodiscard]] Result<std::string> ToSvg(const MapFile& file,
                                        const std::vector<NamedValue>& values,
                                        const TextOptions& options = {});

// A value in one line of at most `options.width` columns.
[[nodiscard]] Result<std::string> Summary(const MapFile& file,
                                          const RawValue& value,
                                          const TextOptions& options = {});

// The shape of what a record holds in one line of at most `options.width`
// bars: "▁▃▇▃▁". Empty for one without a picture over one axis, which isn't
// even read.
[[nodiscard]] Result<std::string> Sparkline(const MapFile& file,
                                            const RecordInfo& record,
                                            const TextOptions& options = {});

// A value as a JSON document; mapfile(5), JSON, has the mapping. `indent`:
// spaces per level, 0 for one line.
[[nodiscard]] Result<std::string> ToJson(const MapFile& file,
                                         const RawValue& value,
                                         int indent = 0);

// The bytes of a value of `type` from a JSON document. InvalidArgument names
// line, column and field. `file` gives ids to polymorphic classes.
[[nodiscard]] Result<std::vector<std::byte>> FromJson(const MapFile& file,
                                                      const Type& type,
                                                      std::string_view json);

}  // namespace mapfile

#endif  // MAPFILE_TEXT_H_
