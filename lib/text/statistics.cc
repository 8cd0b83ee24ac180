#include "lib/text/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "lib/base/try.h"
#include "lib/text/axis_data.h"
#include "lib/text/human.h"
#include "lib/text/object_fields.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kDigits = 5;
constexpr int kCountDigits = 8;
constexpr std::size_t kMostCounters = 1000;

using List = std::vector<double>;

std::string Count(double value) { return HumanNumber(value, 15); }

struct Moments {
  double weight = 0;
  double sum = 0;
  double squares = 0;
};

Moments MomentsOf(const List& values) {
  Moments moments;
  for (const double value : values) {
    if (std::isnan(value)) continue;  // A gap
    moments.weight += 1;
    moments.sum += value;
    moments.squares += value * value;
  }
  return moments;
}

// Puts the rows of one object together.
class Reader {
 public:
  Reader(const ObjectFields& fields, const PrintOptions& options)
      : fields_(fields), options_(options) {}

  Result<std::optional<Statistics>> Histogram(int dimensions);
  Result<std::optional<Statistics>> Profile(int dimensions);
  Result<std::optional<Statistics>> Efficiency();
  Result<std::optional<Statistics>> Graph();
  Result<std::optional<Statistics>> TimeSeries();
  Result<std::optional<Statistics>> CounterSet();

 private:
  double Number(std::string_view name) const {
    return fields_.Number(name).value_or(0);
  }
  void Add(std::string name, std::string value) {
    out_.rows.emplace_back(std::move(name), std::move(value));
  }
  void AddMoments(std::string_view axis, const Moments& moments);
  void AddCorrelation();
  // Sum of weights, squared, over the sum of their squares.
  void AddEffective();
  void AddUnless0(std::string name, std::string_view field) {
    if (Number(field) != 0) Add(std::move(name), Count(Number(field)));
  }
  Result<bool> AddAxes(int dimensions, std::size_t cells);

  const ObjectFields& fields_;
  const PrintOptions& options_;
  Statistics out_;
};

void Reader::AddMoments(std::string_view axis, const Moments& moments) {
  const std::string of = axis.empty() ? "" : " " + std::string(axis);
  if (moments.weight == 0) {
    Add("Mean" + of, "-");
    Add("Std Dev" + of, "-");
    return;
  }
  const double mean = moments.sum / moments.weight;
  // Rounding can make a tiny variance negative.
  const double variance =
      std::max(0.0, moments.squares / moments.weight - mean * mean);
  Add("Mean" + of, HumanNumber(mean, kDigits));
  Add("Std Dev" + of, HumanNumber(std::sqrt(variance), kDigits));
}

// As histogram.h has it: covariance over both deviations.
void Reader::AddCorrelation() {
  const double sum = Number("sum_w");
  if (!options_.all_statistics || sum == 0) return;
  const double x = Number("sum_wx") / sum;
  const double y = Number("sum_wy") / sum;
  const double deviations =
      std::sqrt(std::max(0.0, Number("sum_wx2") / sum - x * x)) *
      std::sqrt(std::max(0.0, Number("sum_wy2") / sum - y * y));
  const double covariance = Number("sum_wxy") / sum - x * y;
  Add("Correlation",
      HumanNumber(deviations > 0 ? covariance / deviations : 0, kDigits));
}

void Reader::AddEffective() {
  if (!options_.all_statistics) return;
  const double sum = Number("sum_w");
  const double squares = Number("sum_w2");
  Add("Effective",
      squares > 0 ? HumanNumber(sum * sum / squares, kCountDigits) : "-");
}

// A row for each axis; false: they make no sense, or don't have `cells`.
Result<bool> Reader::AddAxes(int dimensions, std::size_t cells) {
  std::size_t product = 1;
  for (const char axis : std::string_view("xyz").substr(
           0, static_cast<std::size_t>(dimensions))) {
    const std::string field = std::string(1, axis) + "_axis";
    MAPFILE_ASSIGN_OR_RETURN(const auto object, fields_.Object(field, "Axis"));
    const double bins = object ? object->Number("bins").value_or(-1) : -1;
    // Of each axis no more than all: the product can't wrap, and no axis
    // takes more memory than the contents.
    if (!(bins >= 0) || bins > static_cast<double>(cells)) return false;
    const auto count = static_cast<std::size_t>(bins);
    MAPFILE_ASSIGN_OR_RETURN(const auto data, ReadAxis(fields_, field, count));
    if (!data) return false;
    if (__builtin_mul_overflow(product, count + 2, &product)) return false;
    std::string text = fmt::format("{} bin{}", count, count == 1 ? "" : "s");
    if (data->labels.empty()) {
      text += fmt::format(", {} to {}", HumanNumber(data->edges.front()),
                          HumanNumber(data->edges.back()));
    }
    if (!data->title.empty()) {
      text += ", " + Escape(data->title, options_.unicode);
    }
    Add(dimensions == 1 ? "Axis" : fmt::format("Axis {}", axis),
        std::move(text));
  }
  return product == cells;
}

Result<std::optional<Statistics>> Reader::Histogram(int dimensions) {
  MAPFILE_ASSIGN_OR_RETURN(const List contents, fields_.Numbers("contents"));
  Add("Entries", Count(Number("entries")));
  for (const char axis : std::string_view("xyz").substr(
           0, static_cast<std::size_t>(dimensions))) {
    const std::string sum = fmt::format("sum_w{}", axis);
    AddMoments(std::string(1, axis),
               {Number("sum_w"), Number(sum), Number(sum + "2")});
  }
  Add("Inside", Count(Number("sum_w")));
  if (dimensions == 2) AddCorrelation();
  AddEffective();
  AddUnless0("NaN", "nans");
  MAPFILE_ASSIGN_OR_RETURN(const bool sound,
                           AddAxes(dimensions, contents.size()));
  if (!sound) return std::nullopt;
  return std::move(out_);
}

Result<std::optional<Statistics>> Reader::Profile(int dimensions) {
  MAPFILE_ASSIGN_OR_RETURN(const List weights, fields_.Numbers("weights"));
  MAPFILE_ASSIGN_OR_RETURN(const List sums, fields_.Numbers("sums"));
  if (sums.size() != weights.size()) return std::nullopt;
  Add("Entries", Count(Number("entries")));
  AddMoments(dimensions == 1 ? "y" : "z",
             {Number("sum_w"), Number("sum_wv"), Number("sum_wv2")});
  for (const char axis :
       std::string_view("xy").substr(0, static_cast<std::size_t>(dimensions))) {
    const std::string sum = fmt::format("sum_w{}", axis);
    AddMoments(std::string(1, axis),
               {Number("sum_w"), Number(sum), Number(sum + "2")});
  }
  AddUnless0("NaN", "nans");
  AddUnless0("Cut", "cut");
  AddEffective();
  MAPFILE_ASSIGN_OR_RETURN(const bool sound,
                           AddAxes(dimensions, weights.size()));
  if (!sound) return std::nullopt;
  for (std::size_t i = 1; dimensions == 1 && i + 1 < sums.size(); ++i) {
    out_.line.push_back(weights[i] == 0 ? 0 : sums[i] / weights[i]);
  }
  return std::move(out_);
}

Result<std::optional<Statistics>> Reader::Efficiency() {
  MAPFILE_ASSIGN_OR_RETURN(const List passed, fields_.Numbers("passed"));
  MAPFILE_ASSIGN_OR_RETURN(const List total, fields_.Numbers("total"));
  if (passed.size() != total.size()) return std::nullopt;
  double all_passed = 0;
  double all = 0;
  for (std::size_t i = 1; i + 1 < total.size(); ++i) {
    all_passed += passed[i];
    all += total[i];
    out_.line.push_back(total[i] > 0 ? passed[i] / total[i] : 0);
  }
  Add("Efficiency", all > 0 ? HumanNumber(all_passed / all, kDigits) : "-");
  Add("Passed", Count(all_passed));
  Add("Total", Count(all));
  Add("Entries", Count(Number("entries")));
  AddUnless0("NaN", "nans");
  MAPFILE_ASSIGN_OR_RETURN(const bool sound, AddAxes(1, total.size()));
  if (!sound) return std::nullopt;
  return std::move(out_);
}

Result<std::optional<Statistics>> Reader::Graph() {
  MAPFILE_ASSIGN_OR_RETURN(const List x, fields_.Numbers("x"));
  MAPFILE_ASSIGN_OR_RETURN(const List y, fields_.Numbers("y"));
  if (x.size() != y.size()) return std::nullopt;
  Add("Points", Count(static_cast<double>(x.size())));
  AddMoments("x", MomentsOf(x));
  AddMoments("y", MomentsOf(y));
  out_.line = y;
  return std::move(out_);
}

Result<std::optional<Statistics>> Reader::TimeSeries() {
  MAPFILE_ASSIGN_OR_RETURN(const List times, fields_.Numbers("times_ns"));
  MAPFILE_ASSIGN_OR_RETURN(List values, fields_.Numbers("values"));
  MAPFILE_ASSIGN_OR_RETURN(const std::string unit, fields_.Text("unit"));
  if (times.size() != values.size()) return std::nullopt;
  const double samples = Number("samples");
  if (!values.empty() && samples >= static_cast<double>(values.size())) {
    // A ring: the oldest comes first.
    const auto first = static_cast<std::ptrdiff_t>(
        std::fmod(samples, static_cast<double>(values.size())));
    std::rotate(values.begin(), values.begin() + first, values.end());
  }
  std::string last = values.empty() ? "-" : HumanNumber(values.back());
  if (!unit.empty()) last += " " + Escape(unit, options_.unicode);
  Add("Last", std::move(last));
  AddMoments("", MomentsOf(values));
  if (!values.empty()) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    Add("Minimum", HumanNumber(*low));
    Add("Maximum", HumanNumber(*high));
  }
  Add("Samples", Count(samples));
  Add("Kept", Count(static_cast<double>(values.size())));
  out_.line = std::move(values);
  return std::move(out_);
}

Result<std::optional<Statistics>> Reader::CounterSet() {
  MAPFILE_ASSIGN_OR_RETURN(const auto names, fields_.Texts("names"));
  const auto counts = fields_.Find("counts");
  if (!counts || counts->kind() != Kind::kVector ||
      counts->type().children[0].kind != Kind::kU64) {
    return std::nullopt;
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, fields_.Elements(*counts));
  if (elements.count != names.size()) return std::nullopt;
  for (std::size_t i = 0; i < std::min(names.size(), kMostCounters); ++i) {
    Add(Escape(names[i], options_.unicode),
        fmt::format("{}", elements[i].Load<std::uint64_t>()));
  }
  if (names.size() > kMostCounters) {
    Add("more", fmt::format("{}", names.size() - kMostCounters));
  }
  return std::move(out_);
}

Result<std::optional<Statistics>> ReadRows(std::string_view cls,
                                           Reader& reader) {
  if (cls == "Histogram2D") return reader.Histogram(2);
  if (cls == "Histogram3D") return reader.Histogram(3);
  if (cls == "Profile1D") return reader.Profile(1);
  if (cls == "Profile2D") return reader.Profile(2);
  if (cls == "Efficiency") return reader.Efficiency();
  if (cls == "Graph") return reader.Graph();
  if (cls == "TimeSeries") return reader.TimeSeries();
  return reader.CounterSet();
}

}  // namespace

Result<std::optional<Statistics>> ReadStatistics(const ValueView& view,
                                                 ValueReader& reader,
                                                 const PrintOptions& options) {
  if (view.kind() != Kind::kClass) return std::nullopt;
  for (const std::string_view cls :
       {"Histogram2D", "Histogram3D", "Profile1D", "Profile2D", "Efficiency",
        "Graph", "TimeSeries", "CounterSet"}) {
    if (!IsA(*view.type().cls, cls)) continue;
    MAPFILE_ASSIGN_OR_RETURN(const auto fields, ObjectFields::Of(view, reader));
    Reader rows(fields, options);
    MAPFILE_ASSIGN_OR_RETURN(auto statistics, ReadRows(cls, rows));
    if (!statistics) return std::nullopt;
    MAPFILE_ASSIGN_OR_RETURN(statistics->name, fields.Text("name"));
    MAPFILE_ASSIGN_OR_RETURN(statistics->title, fields.Text("title"));
    return statistics;
  }
  return std::nullopt;
}

}  // namespace mapfile::text
