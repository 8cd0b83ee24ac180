#include "tools/common/axis_spec.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"
#include "tools/common/numbers.h"

namespace mapfile::tools {
namespace {

Result<Axis> ParseEven(std::string_view kind, std::string_view numbers) {
  MAPFILE_ASSIGN_OR_RETURN(const std::vector<double> n, ParseNumbers(numbers));
  if (n.size() != 3) {
    return Fail(Code::kInvalidArgument, text::Counted(n.size(), "number") +
                                            " instead of BINS,LOW,HIGH");
  }
  if (!(n[0] >= 0 && n[0] <= 1e18) || n[0] != std::floor(n[0])) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} is no number of bins", n[0]));
  }
  const auto bins = static_cast<std::uint64_t>(n[0]);
  if (kind == "log") return Axis::Logarithmic(bins, n[1], n[2]);
  if (kind == "circle") return Axis::Circular(bins, n[1], n[2]);
  return Axis::Regular(bins, n[1], n[2]);
}

Result<Axis> ParseKind(std::string_view spec) {
  const std::size_t colon = spec.find(':');
  if (colon == std::string_view::npos) return ParseEven("", spec);
  const std::string_view kind = spec.substr(0, colon);
  const std::string_view numbers = spec.substr(colon + 1);
  if (kind == "log" || kind == "circle") return ParseEven(kind, numbers);
  if (kind == "edges") {
    MAPFILE_ASSIGN_OR_RETURN(std::vector<double> edges, ParseNumbers(numbers));
    return Axis::Variable(std::move(edges));
  }
  return Fail(Code::kInvalidArgument,
              "there is no kind of axis " + text::Quote(kind) +
                  "; write BINS,LOW,HIGH, log:BINS,LOW,HIGH, "
                  "circle:BINS,LOW,HIGH or edges:A,B,...");
}

}  // namespace

Result<Axis> ParseAxis(std::string_view spec) {
  auto axis = ParseKind(spec);
  if (!axis) return Fail(axis.error().In(text::Quote(spec)));
  return axis;
}

Result<std::vector<Axis>> ParseAxes(std::string_view specs) {
  std::vector<Axis> axes;
  std::string_view rest = specs;
  for (;;) {
    const std::string_view spec = NextWord(rest, " \t");
    if (spec.empty()) break;
    MAPFILE_ASSIGN_OR_RETURN(Axis axis, ParseAxis(spec));
    axes.push_back(std::move(axis));
  }
  if (axes.empty() || axes.size() > 2) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} axes instead of one or two", axes.size()));
  }
  return axes;
}

}  // namespace mapfile::tools
