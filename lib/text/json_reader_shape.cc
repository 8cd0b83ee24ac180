// Objects of the histogram family whose parts don't fit each other are
// refused. A class of the same name but with other fields is somebody's own.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/json_reader.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

bool HasAll(const FlatClass& flat,
            std::initializer_list<std::string_view> names) {
  return std::all_of(names.begin(), names.end(), [&](std::string_view name) {
    return flat.index.contains(name);
  });
}

// The field as it was read into its type; it is a number there.
template <class T>
T NumberOf(Kind kind, std::string_view text) {
  T value{};
  // What ParseScalar refuses was refused when the field was read.
  static_cast<void>(
      ParseScalar(kind, text, reinterpret_cast<std::byte*>(&value)));
  return value;
}

}  // namespace

Status JsonReader::CheckShape(const ClassNode& cls, Node n) {
  constexpr std::array<std::string_view, 6> kNames = {
      "Axis", "Histogram", "Profile", "Efficiency", "Graph", "TimeSeries"};
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, classes_.Of(cls));
  if (cls.name == "Axis") {
    const bool ours = HasAll(
        *flat, {"kind", "bins", "low", "high", "edges", "labels", "grows"});
    return ours ? CheckAxis(n) : Status();
  }
  if (!flat->index.contains("name")) return {};
  for (const std::string_view name : kNames) {
    if (!IsA(cls, name)) continue;
    if (name == "Graph" && HasAll(*flat, {"x", "y"})) return CheckPoints(n);
    if (name == "TimeSeries" &&
        HasAll(*flat, {"capacity", "samples", "times_ns", "values"})) {
      return CheckRing(n);
    }
    if (flat->index.contains("x_axis")) {
      return CheckCells(n, name == "Profile");
    }
  }
  if (IsA(cls, "CounterSet") && HasAll(*flat, {"names", "counts"})) {
    return CheckCount(n, "counts", tree_[Member(n, "names")].count, "names",
                      false);
  }
  return {};
}

// Field `name` of `n` has to have `wanted` elements, or none if it is
// optional.
Status JsonReader::CheckCount(Node n, std::string_view name,
                              std::uint64_t wanted, std::string_view why,
                              bool optional) {
  const Node list = Member(n, name);
  if (list == kNoNode || tree_[list].kind != JsonKind::kArray) return {};
  const std::uint64_t count = tree_[list].count;
  if (count == wanted || (optional && count == 0)) return {};
  path_.push_back({name});
  return Refuse(list, fmt::format("{} for {} {}", Counted(count, "element"),
                                  wanted, why));
}

Status JsonReader::CheckAxis(Node n) {
  const std::string_view kind = tree_[Member(n, "kind")].text;
  const auto bins =
      NumberOf<std::uint64_t>(Kind::kU64, tree_[Member(n, "bins")].text);
  const auto low = NumberOf<double>(Kind::kF64, tree_[Member(n, "low")].text);
  const auto high = NumberOf<double>(Kind::kF64, tree_[Member(n, "high")].text);
  const bool variable = kind == "variable";
  const bool category = kind == "category";
  if (!variable && !category && kind != "regular" && kind != "logarithmic" &&
      kind != "integer" && kind != "circular" && !kind.empty()) {
    path_.push_back({"kind"});
    return Refuse(Member(n, "kind"),
                  Quote(kind) +
                      " is no kind of axis: regular, variable, "
                      "logarithmic, integer, category, circular");
  }
  MAPFILE_RETURN_IF_ERROR(CheckCount(n, "edges", variable ? bins + 1 : 0,
                                     variable ? "edges" : "edges of this kind",
                                     false));
  MAPFILE_RETURN_IF_ERROR(CheckCount(n, "labels", category ? bins : 0,
                                     category ? "bins" : "labels of this kind",
                                     false));
  // An axis that isn't valid has nothing at all.
  const bool may_be_empty = category || kind.empty();
  if (bins == 0 && may_be_empty) return {};
  if (bins == 0 || kind.empty() || bins > (1u << 30)) {
    path_.push_back({"bins"});
    return Refuse(Member(n, "bins"), fmt::format("an axis of {} bins", bins));
  }
  if (category) return CheckLabels(Member(n, "labels"));
  MAPFILE_RETURN_IF_ERROR(CheckRange(n, kind, bins, low, high));
  return variable ? CheckEdges(Member(n, "edges"), low, high) : Status();
}

Status JsonReader::CheckRange(Node n, std::string_view kind, std::uint64_t bins,
                              double low, double high) {
  const auto count = static_cast<double>(bins);
  const bool rises = low < high && std::isfinite((high - low) * count) &&
                     (kind != "logarithmic" || low > 0);
  if (!rises) {
    return Refuse(n, fmt::format("an axis from {} to {}: it has to rise, and "
                                 "be finite",
                                 low, high));
  }
  if (kind == "integer" && (high - low != count || std::floor(low) != low)) {
    return Refuse(n, fmt::format("{} integers from {} to {}", bins, low, high));
  }
  return {};
}

// All labels differ.
Status JsonReader::CheckLabels(Node labels) {
  std::set<std::string_view> seen;
  std::size_t i = 0;
  for (Node label = labels + 1; label != Next(labels);
       label = Next(label), ++i) {
    // One that isn't UTF-8 is an object: Axis::Fault compares those.
    if (tree_[label].kind != JsonKind::kString) continue;
    if (seen.insert(tree_[label].text).second) continue;
    path_.push_back({"labels"});
    path_.push_back({{}, i});
    return Refuse(label,
                  "the label " + Quote(tree_[label].text) + " is there twice");
  }
  return {};
}

// Edges rise from `low` to `high`.
Status JsonReader::CheckEdges(Node edges, double low, double high) {
  double before = 0;
  std::size_t i = 0;
  for (Node edge = edges + 1; edge != Next(edges); edge = Next(edge), ++i) {
    const auto value = NumberOf<double>(Kind::kF64, tree_[edge].text);
    const bool first = i == 0;
    const bool last = i + 1 == tree_[edges].count;
    if ((first && value != low) || (last && value != high) ||
        (!first && !(before < value))) {
      path_.push_back({"edges"});
      path_.push_back({{}, i});
      return Refuse(edge, fmt::format("edges rise from low to high, {} to {}",
                                      low, high));
    }
    before = value;
  }
  return {};
}

Status JsonReader::CheckCells(Node n, bool has_weights) {
  std::uint64_t cells = 1;
  for (const char* name : {"x_axis", "y_axis", "z_axis"}) {
    const Node axis = Member(n, name);
    if (axis == kNoNode) break;
    const Node bins = Member(axis, "bins");
    if (bins == kNoNode) return {};
    // Inside of other objects it may be one that isn't set up yet.
    const Node kind = Member(axis, "kind");
    if (n == kDocument && kind != kNoNode && tree_[kind].text.empty()) {
      path_.push_back({name});
      path_.push_back({"kind"});
      return Refuse(kind, "an axis that isn't valid can't be stored");
    }
    // At most 2^32 bins, twice: it doesn't wrap; then it is larger than any
    // list can be.
    cells *= NumberOf<std::uint64_t>(Kind::kU64, tree_[bins].text) + 2;
    cells = std::min<std::uint64_t>(cells, std::uint64_t{1} << 31);
  }
  for (const char* name :
       {"contents", "weights", "sums", "sum_squares", "passed", "total"}) {
    MAPFILE_RETURN_IF_ERROR(CheckCount(n, name, cells, "cells", false));
  }
  return CheckCount(n, has_weights ? "weight_squares" : "squares", cells,
                    "cells", true);
}

Status JsonReader::CheckPoints(Node n) {
  const std::uint64_t points = tree_[Member(n, "x")].count;
  MAPFILE_RETURN_IF_ERROR(CheckCount(n, "y", points, "points", false));
  for (const char* name :
       {"x_errors_low", "x_errors_high", "y_errors_low", "y_errors_high"}) {
    MAPFILE_RETURN_IF_ERROR(CheckCount(n, name, points, "points", true));
  }
  return {};
}

Status JsonReader::CheckRing(Node n) {
  const auto number = [&](std::string_view name) {
    return NumberOf<std::uint64_t>(Kind::kU64, tree_[Member(n, name)].text);
  };
  const std::uint64_t kept = std::min(number("capacity"), number("samples"));
  MAPFILE_RETURN_IF_ERROR(
      CheckCount(n, "times_ns", kept, "samples kept", false));
  return CheckCount(n, "values", kept, "samples kept", false);
}

}  // namespace mapfile::text
