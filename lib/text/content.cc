#include "lib/text/content.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/draw/overlay.h"
#include "lib/text/draw/plot.h"
#include "lib/text/draw/shades.h"
#include "lib/text/draw/sideways.h"
#include "lib/text/draw/sparkline.h"
#include "lib/text/draw/svg.h"
#include "lib/text/draw/upright.h"
#include "lib/text/lists.h"
#include "lib/text/object_fields.h"
#include "lib/text/read_histogram.h"
#include "lib/text/read_picture.h"
#include "lib/text/statistics.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

std::string Draw(const HistogramData& data, const PrintOptions& options) {
  return options.vertical ? DrawUpright(data, options)
                          : DrawSideways(data, options);
}

std::string Draw(const GraphData& data, const PrintOptions& options) {
  return DrawPlot(data, options);
}

std::string Draw(const Cells& cells, const PrintOptions& options) {
  return DrawShades(cells, options);
}

// The picture of each, all of which fit each other.
Result<std::vector<NamedPicture>> ReadAll(std::span<const NamedBytes> objects,
                                          TypeTable& types,
                                          const PrintOptions& options) {
  std::vector<NamedPicture> pictures;
  for (const NamedBytes& object : objects) {
    ValueReader reader(object.bytes, types);
    reader.LiftBound();
    MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(*object.type));
    MAPFILE_ASSIGN_OR_RETURN(auto picture, ReadPicture(root, reader, options));
    if (!picture) {
      return Fail(Code::kInvalidArgument, Quote(object.name) + " is a " +
                                              object.type->name() +
                                              ", of which there is no picture");
    }
    pictures.push_back({object.name, *std::move(picture)});
  }
  return pictures;
}

}  // namespace

Result<std::string> DrawOver(std::span<const NamedBytes> objects,
                             TypeTable& types, const PrintOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const auto pictures,
                           ReadAll(objects, types, options));
  const std::string fault = OverlayFault(pictures);
  if (!fault.empty()) return Fail(Code::kInvalidArgument, fault);
  return DrawOverlay(pictures, options);
}

Result<std::string> SvgOf(std::span<const NamedBytes> objects, TypeTable& types,
                          const PrintOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const auto pictures,
                           ReadAll(objects, types, options));
  const bool cells = pictures.size() == 1 &&
                     std::holds_alternative<Cells>(pictures[0].picture);
  const std::string fault = cells ? "" : OverlayFault(pictures);
  if (!fault.empty()) return Fail(Code::kInvalidArgument, fault);
  return DrawSvg(pictures, options);
}

Result<std::optional<std::string>> DrawObject(const ValueView& view,
                                              ValueReader& reader,
                                              const PrintOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const auto picture,
                           ReadPicture(view, reader, options));
  if (!picture) {
    MAPFILE_ASSIGN_OR_RETURN(const auto statistics,
                             ReadStatistics(view, reader, options));
    if (!statistics) return std::nullopt;
    return DrawStatistics(*statistics, options);
  }
  std::string drawn = std::visit(
      [&](const auto& data) { return Draw(data, options); }, *picture);
  if (options.max_elements == 0) return drawn;
  MAPFILE_ASSIGN_OR_RETURN(const auto fields, ObjectFields::Of(view, reader));
  const ClassNode& cls = *view.type().cls;
  std::string list;
  if (IsA(cls, "Graph")) {
    MAPFILE_ASSIGN_OR_RETURN(list, ListPoints(fields, options));
  } else if (IsA(cls, "TimeSeries")) {
    MAPFILE_ASSIGN_OR_RETURN(list, ListSamples(fields, options));
  }
  return drawn + list;
}

bool HasSparkline(const Type& type) {
  constexpr std::string_view kClasses[] = {"Histogram1D", "Profile1D",
                                           "Efficiency", "Graph", "TimeSeries"};
  const TypeNode& root = type.root();
  return root.kind == Kind::kClass &&
         std::any_of(std::begin(kClasses), std::end(kClasses),
                     [&](std::string_view c) { return IsA(*root.cls, c); });
}

Result<std::string> SparklineOf(const Type& type,
                                std::span<const std::byte> bytes,
                                TypeTable& types, const PrintOptions& options) {
  ValueReader reader(bytes, types);
  reader.LiftBound();
  MAPFILE_ASSIGN_OR_RETURN(const ValueView view, reader.Root(type));
  MAPFILE_ASSIGN_OR_RETURN(const auto histogram, ReadHistogram(view, reader));
  if (histogram) {
    return Sparkline(histogram->contents, options.width, options.unicode);
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto statistics,
                           ReadStatistics(view, reader, options));
  if (!statistics) return std::string();
  return Sparkline(statistics->line, options.width, options.unicode);
}

}  // namespace mapfile::text
