#include "lib/text/axis_data.h"

#include <cmath>
#include <utility>

#include "lib/base/try.h"

namespace mapfile::text {
namespace {

// Whether `edges` bound `bins` bins, each of some width.
bool AreEdges(const std::vector<double>& edges, std::size_t bins) {
  if (edges.size() != bins + 1) return false;
  if (!std::isfinite(edges.back() - edges.front())) return false;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (!(edges[i - 1] < edges[i])) return false;
  }
  return true;
}

// Edges of `bins` bins of one width, or whose edges have one ratio.
std::vector<double> Divide(double low, double high, std::size_t bins,
                           bool logarithmic) {
  std::vector<double> edges(bins + 1);
  for (std::size_t i = 0; i < bins; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(bins);
    edges[i] = logarithmic ? low * std::pow(high / low, part)
                           : low + (high - low) * part;
  }
  edges[bins] = high;
  return edges;
}

// Whether data.kind, .labels and .edges (as stored) make sense; the edges
// become those of all bins.
bool Complete(AxisData& data, double low, double high, std::size_t bins) {
  data.regular = data.kind != "variable" && data.kind != "logarithmic";
  const bool category = data.kind == "category";
  if (data.labels.size() != (category ? bins : 0)) return false;
  if (data.kind == "variable") return AreEdges(data.edges, bins);
  if (!data.edges.empty()) return false;
  const bool known = category || data.kind == "regular" ||
                     data.kind == "integer" || data.kind == "circular" ||
                     data.kind == "logarithmic";
  const bool logarithmic = data.kind == "logarithmic";
  if (!known || (logarithmic && !(low > 0))) return false;
  if (category) {
    low = 0;
    high = static_cast<double>(bins);
  }
  // A category axis that grows may be empty.
  if (bins == 0) {
    data.edges = {0};
    return category;
  }
  if (!(low < high) || !std::isfinite(high - low)) return false;
  data.edges = Divide(low, high, bins, logarithmic);
  return AreEdges(data.edges, bins);
}

}  // namespace

Result<std::optional<AxisData>> ReadAxis(const ObjectFields& object,
                                         std::string_view name,
                                         std::size_t bins) {
  MAPFILE_ASSIGN_OR_RETURN(const auto axis, object.Object(name, "Axis"));
  if (!axis || axis->Number("bins") != static_cast<double>(bins)) {
    return std::nullopt;
  }
  AxisData data;
  MAPFILE_ASSIGN_OR_RETURN(data.title, axis->Text("title"));
  MAPFILE_ASSIGN_OR_RETURN(const std::string unit, axis->Text("unit"));
  if (!unit.empty()) {
    data.title += (data.title.empty() ? "[" : " [") + unit + "]";
  }
  MAPFILE_ASSIGN_OR_RETURN(data.kind, axis->Text("kind"));
  MAPFILE_ASSIGN_OR_RETURN(data.edges, axis->Numbers("edges"));
  MAPFILE_ASSIGN_OR_RETURN(data.labels, axis->Texts("labels"));
  const double low = axis->Number("low").value_or(0);
  const double high = axis->Number("high").value_or(0);
  if (!Complete(data, low, high, bins)) return std::nullopt;
  return data;
}

}  // namespace mapfile::text
