#include "lib/text/draw/curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <variant>

#include "lib/text/draw/bins.h"
#include "lib/text/draw/moments.h"
#include "lib/text/draw/plot.h"
#include "lib/text/draw/ticks.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

// What is along the axis of x.
enum class Along { kNumbers, kDecades, kLabels, kTime };

constexpr std::string_view kWords[] = {"numbers", "numbers", "labels", "time"};

struct Reach {
  Along along = Along::kNumbers;
  double low = 0;
  double high = 0;
};

Reach ReachOf(const HistogramData& data, bool) {
  const Along along = !data.labels.empty() ? Along::kLabels
                      : data.logarithmic   ? Along::kDecades
                                           : Along::kNumbers;
  return {along, data.edges.front(), data.edges.back()};
}

Reach ReachOf(const GraphData& data, bool errors) {
  const Scale x = ScaleOfX(data, errors);
  const double shift =
      data.start_ns ? static_cast<double>(*data.start_ns) / 1e9 : 0;
  return {data.start_ns ? Along::kTime : Along::kNumbers, x.low() + shift,
          x.high() + shift};
}

Reach ReachOf(const Cells&, bool) { return {}; }

Reach ReachOf(const Picture& picture, bool errors) {
  return std::visit([&](const auto& data) { return ReachOf(data, errors); },
                    picture);
}

const std::vector<std::string>* LabelsOf(const Picture& picture) {
  const auto* data = std::get_if<HistogramData>(&picture);
  return data != nullptr ? &data->labels : nullptr;
}

// Why these two can't share an axis.
std::string Difference(const NamedPicture& a, const NamedPicture& b) {
  const std::string names = Quote(a.name) + " and " + Quote(b.name);
  const Reach x = ReachOf(a.picture, false);
  const Reach y = ReachOf(b.picture, false);
  const auto word = [](Along along) {
    return kWords[static_cast<std::size_t>(along)];
  };
  if (word(x.along) != word(y.along)) {
    return fmt::format("{} have no axis in common: one is over {}, one over {}",
                       names, word(x.along), word(y.along));
  }
  if (x.along == Along::kLabels &&
      *LabelsOf(a.picture) != *LabelsOf(b.picture)) {
    return names + " have different labels";
  }
  if (std::max(x.low, y.low) <= std::min(x.high, y.high)) return {};
  return fmt::format("{} have no part of an axis in common: {} to {}, {} to {}",
                     names, HumanNumber(x.low), HumanNumber(x.high),
                     HumanNumber(y.low), HumanNumber(y.high));
}

// How all of them are to be drawn.
struct Wish {
  int places;
  bool errors;
  bool alone;  // Spread as error bars would be too much for several
  bool all_statistics;
  std::int64_t start_ns;
};

Curve CurveOf(const HistogramData& data, const Wish& wish) {
  const Groups groups = Groups::Of(data.contents.size(), wish.places);
  const ErrorBars bars = wish.errors || wish.alone
                             ? ErrorBarsOf(data, wish.errors)
                             : ErrorBars::kNone;
  ValuesWithErrors shown = ValuesOf(data, groups, bars);
  Curve curve;
  curve.steps = true;
  for (std::size_t i = 0; i < groups.count(); ++i) {
    curve.x.push_back(data.edges[groups.begin(i)]);
  }
  curve.x.push_back(data.edges.back());
  curve.y = std::move(shown.values);
  curve.low = std::move(shown.low);
  curve.high = std::move(shown.high);
  curve.statistics = StatisticsOf(data, wish.all_statistics);
  return curve;
}

Curve CurveOf(const GraphData& data, const Wish& wish) {
  Curve curve;
  const double shift =
      data.start_ns ? static_cast<double>(*data.start_ns - wish.start_ns) / 1e9
                    : 0;
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    curve.x.push_back(data.x[i] + shift);
    if (!wish.errors) continue;
    const double x = curve.x[i];
    const double y = data.y[i];
    curve.left.push_back(x - ErrorOf(data.x_errors_low, data.x_errors_high, i));
    curve.right.push_back(x +
                          ErrorOf(data.x_errors_high, data.x_errors_low, i));
    curve.low.push_back(y - ErrorOf(data.y_errors_low, data.y_errors_high, i));
    curve.high.push_back(y + ErrorOf(data.y_errors_high, data.y_errors_low, i));
  }
  curve.y = data.y;
  curve.statistics = data.statistics;
  return curve;
}

Curve CurveOf(const Cells&, const Wish&) { return {}; }

// The first of the times that x counts from.
std::optional<std::int64_t> StartOf(std::span<const NamedPicture> pictures) {
  std::optional<std::int64_t> start;
  for (const NamedPicture& named : pictures) {
    const auto* graph = std::get_if<GraphData>(&named.picture);
    if (graph == nullptr || !graph->start_ns) continue;
    start = std::min(start.value_or(*graph->start_ns), *graph->start_ns);
  }
  return start;
}

Scale CommonX(std::span<const NamedPicture> pictures, bool errors,
              std::optional<std::int64_t> start_ns) {
  Reach all = ReachOf(pictures[0].picture, errors);
  for (const NamedPicture& named : pictures) {
    const Reach reach = ReachOf(named.picture, errors);
    all.low = std::min(all.low, reach.low);
    all.high = std::max(all.high, reach.high);
    if (reach.along == Along::kNumbers) all.along = Along::kNumbers;
  }
  if (start_ns) {
    const double shift = static_cast<double>(*start_ns) / 1e9;
    return Scale::Time(all.low - shift, all.high - shift, *start_ns);
  }
  return all.along == Along::kDecades ? Scale::Logarithmic(all.low, all.high)
                                      : Scale::Linear(all.low, all.high);
}

Scale CommonY(const std::vector<Curve>& curves, bool log) {
  ValuesWithErrors all;
  bool from_zero = false;
  std::vector<double> finite;
  for (const Curve& curve : curves) {
    from_zero |= curve.steps;
    for (const auto* list : {&curve.y, &curve.low, &curve.high}) {
      all.values.insert(all.values.end(), list->begin(), list->end());
    }
  }
  if (log || from_zero) return ScaleOf(all, log);
  std::copy_if(all.values.begin(), all.values.end(), std::back_inserter(finite),
               [](double value) { return std::isfinite(value); });
  if (finite.empty()) return Scale::Linear(0, 1);
  const auto [low, high] = std::minmax_element(finite.begin(), finite.end());
  return Scale::Linear(*low, *high);
}

// The title of x, or of y, if all that have one have the same.
template <class TitleOf>
std::string CommonTitle(std::span<const NamedPicture> pictures,
                        const TitleOf& title_of) {
  std::string common;
  for (const NamedPicture& named : pictures) {
    const std::string title = title_of(named.picture);
    if (title.empty() || title == common) continue;
    if (!common.empty()) return {};
    common = title;
  }
  return common;
}

std::string XTitle(const Picture& picture) {
  const auto* data = std::get_if<HistogramData>(&picture);
  return data != nullptr ? data->axis_title
                         : TitleOfX(std::get<GraphData>(picture));
}

std::string YTitle(const Picture& picture) {
  const auto* data = std::get_if<HistogramData>(&picture);
  return data != nullptr ? data->value_title
                         : std::get<GraphData>(picture).y_title;
}

std::string NoteOf(std::span<const NamedPicture> pictures, int places,
                   bool log) {
  std::string note = log ? "(logarithmic)" : "";
  std::size_t most = 1;
  for (const NamedPicture& named : pictures) {
    const auto* data = std::get_if<HistogramData>(&named.picture);
    if (data == nullptr) continue;
    most = std::max(most, Groups::Of(data->contents.size(), places).size);
  }
  if (most == 1) return note;
  return note + (log ? "  " : "") + fmt::format("({} bins/column)", most);
}

}  // namespace

std::string OverlayFault(std::span<const NamedPicture> pictures) {
  if (pictures.empty()) return "there is nothing to draw";
  if (pictures.size() > kMostCurves) {
    return fmt::format("{} objects; at most {} can be told apart",
                       pictures.size(), kMostCurves);
  }
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const Picture& picture = pictures[i].picture;
    if (std::holds_alternative<Cells>(picture)) {
      return Quote(pictures[i].name) + " has more than one axis";
    }
    const auto* data = std::get_if<HistogramData>(&picture);
    if (data != nullptr && data->contents.empty()) {
      return Quote(pictures[i].name) + " has no bins";
    }
    for (std::size_t j = 0; j < i; ++j) {
      std::string difference = Difference(pictures[j], pictures[i]);
      if (!difference.empty()) return difference;
    }
  }
  return {};
}

Curves CurvesOf(std::span<const NamedPicture> pictures, int places,
                const PrintOptions& options) {
  const auto start_ns = StartOf(pictures);
  const Wish wish{places, options.errors, pictures.size() == 1,
                  options.all_statistics, start_ns.value_or(0)};
  std::vector<Curve> curves;
  for (const NamedPicture& named : pictures) {
    curves.push_back(std::visit(
        [&](const auto& data) { return CurveOf(data, wish); }, named.picture));
    curves.back().name = named.name;
  }
  const auto* labels = LabelsOf(pictures[0].picture);
  Axes axes{CommonX(pictures, options.errors, start_ns),
            CommonY(curves, options.log),
            CommonTitle(pictures, XTitle),
            CommonTitle(pictures, YTitle),
            labels != nullptr ? *labels : std::vector<std::string>(),
            NoteOf(pictures, places, options.log)};
  return {std::move(curves), std::move(axes)};
}

std::vector<Statistic> LegendOf(const Curve& curve, bool all) {
  std::vector<Statistic> legend = {{curve.name, ""}};
  for (const Statistic& row : curve.statistics) {
    if (row.first == "Name") continue;
    if (legend[0].second.empty()) {
      legend[0].second = row.second;
    } else if (all) {
      legend.emplace_back("  " + row.first, row.second);
    }
  }
  return legend;
}

std::string TitleOf(std::span<const NamedPicture> pictures) {
  const std::string title = CommonTitle(pictures, [](const Picture& picture) {
    return std::visit([](const auto& data) { return data.title; }, picture);
  });
  if (!title.empty()) return title;
  std::string names;
  for (const NamedPicture& named : pictures) {
    names += (names.empty() ? "" : ", ") + named.name;
  }
  return names;
}

}  // namespace mapfile::text
