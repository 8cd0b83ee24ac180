#include "lib/text/draw/moments.h"

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>

#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kDigits = 5;
constexpr int kCountDigits = 8;

std::string Number(const std::optional<double>& value) {
  return value ? HumanNumber(*value, kDigits) : std::string("-");
}

// As histogram.h has skewness (power 3) and kurtosis (power 4): values are
// taken to lie in the middle of their bins.
std::optional<double> CentralMoment(const HistogramData& data, int power) {
  if (!data.mean || !data.std_dev || !(*data.std_dev > 0)) return std::nullopt;
  double sum = 0;
  double weight = 0;
  for (std::size_t i = 0; i < data.contents.size(); ++i) {
    const double middle = data.edges[i] / 2 + data.edges[i + 1] / 2;
    sum += data.contents[i] * std::pow(middle - *data.mean, power);
    weight += data.contents[i];
  }
  if (weight == 0) return std::nullopt;
  return sum / weight / std::pow(*data.std_dev, power);
}

void AddMore(const HistogramData& data, std::vector<Statistic>& rows) {
  double integral = 0;
  for (const double content : data.contents) integral += content;
  rows.emplace_back("Integral", HumanNumber(integral, kCountDigits));
  rows.emplace_back(
      "Effective",
      data.sum_w2 > 0
          ? HumanNumber(data.sum_w * data.sum_w / data.sum_w2, kCountDigits)
          : "-");
  rows.emplace_back("Skewness", Number(CentralMoment(data, 3)));
  auto kurtosis = CentralMoment(data, 4);
  if (kurtosis) *kurtosis -= 3;
  rows.emplace_back("Kurtosis", Number(kurtosis));
}

}  // namespace

std::vector<Statistic> StatisticsOf(const HistogramData& data, bool all) {
  if (!data.statistics.empty()) return data.statistics;
  std::vector<Statistic> rows;
  // Whether UTF-8 is understood isn't known here.
  if (!data.name.empty()) rows.emplace_back("Name", Escape(data.name, false));
  rows.emplace_back("Entries", HumanNumber(data.entries, 15));
  rows.emplace_back("Mean", Number(data.mean));
  rows.emplace_back("Std Dev", Number(data.std_dev));
  rows.emplace_back("Underflow", HumanNumber(data.underflow, kCountDigits));
  rows.emplace_back("Overflow", HumanNumber(data.overflow, kCountDigits));
  if (all) AddMore(data, rows);
  return rows;
}

}  // namespace mapfile::text
