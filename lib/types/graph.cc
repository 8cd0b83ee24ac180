#include "mapfile/graph.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "lib/types/cells.h"

namespace mapfile {
namespace {

// Of a list of errors that may be missing.
double ErrorAt(const std::vector<double>& errors, std::size_t i) {
  return i < errors.size() ? errors[i] : 0;
}

// Adds errors of point `i`. The list of high ones begins with the first that
// differs from its low one.
void AddErrors(std::size_t i, double low, double high,
               std::vector<double>& lows, std::vector<double>& highs) {
  if (low == 0 && high == 0 && lows.empty() && highs.empty()) return;
  if (highs.empty() && low != high) {
    highs = lows;
    highs.resize(i);
  }
  if (!highs.empty() || low != high) {
    highs.resize(i);
    highs.push_back(high);
  }
  lows.resize(i);
  lows.push_back(low);
}

struct Moments {
  double count = 0;
  double sum = 0;
  double squares = 0;
};

Moments MomentsOf(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) {
    moments.count += 1;
    moments.sum += value;
    moments.squares += value * value;
  }
  return moments;
}

double Mean(const std::vector<double>& values) {
  const Moments moments = MomentsOf(values);
  return internal::MeanOf(moments.count, moments.sum);
}

double StdDev(const std::vector<double>& values) {
  const Moments moments = MomentsOf(values);
  return internal::StdDevOf(moments.count, moments.sum, moments.squares);
}

}  // namespace

void Graph::SetXTitle(std::string title, std::string unit) {
  x_title_ = std::move(title);
  x_unit_ = std::move(unit);
}

void Graph::SetYTitle(std::string title, std::string unit) {
  y_title_ = std::move(title);
  y_unit_ = std::move(unit);
}

void Graph::Add(const Point& point) {
  const std::size_t i = size();
  x_.resize(i);
  y_.resize(i);
  x_.push_back(point.x);
  y_.push_back(point.y);
  AddErrors(i, point.x_error_low, point.x_error_high, x_errors_low_,
            x_errors_high_);
  AddErrors(i, point.y_error_low, point.y_error_high, y_errors_low_,
            y_errors_high_);
}

void Graph::Clear() {
  for (auto* list : {&x_, &y_, &x_errors_low_, &x_errors_high_, &y_errors_low_,
                     &y_errors_high_}) {
    list->clear();
  }
}

Status Graph::Merge(const Graph& other) {
  for (const Graph* graph : {static_cast<const Graph*>(this), &other}) {
    const std::string fault = graph->Fault();
    if (fault.empty()) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("graph {} has {}", graph->name_, fault));
  }
  const std::size_t count = other.size();  // `other` may be this one
  for (std::size_t i = 0; i < count; ++i) Add(other.At(i));
  return {};
}

std::string Graph::Fault() const {
  if (x_.size() != y_.size()) {
    return fmt::format("{} x and {} y", x_.size(), y_.size());
  }
  const std::pair<const char*, const std::vector<double>*> lists[] = {
      {"x_errors_low", &x_errors_low_},
      {"x_errors_high", &x_errors_high_},
      {"y_errors_low", &y_errors_low_},
      {"y_errors_high", &y_errors_high_}};
  for (const auto& [name, list] : lists) {
    if (list->empty() || list->size() == x_.size()) continue;
    return fmt::format("{} {} for {} points", list->size(), name, x_.size());
  }
  return {};
}

Graph::Point Graph::At(std::size_t i) const {
  Point point;
  if (i >= size()) return point;
  point.x = x_[i];
  point.y = y_[i];
  point.x_error_low = ErrorAt(x_errors_low_, i);
  point.x_error_high =
      ErrorAt(x_errors_high_.empty() ? x_errors_low_ : x_errors_high_, i);
  point.y_error_low = ErrorAt(y_errors_low_, i);
  point.y_error_high =
      ErrorAt(y_errors_high_.empty() ? y_errors_low_ : y_errors_high_, i);
  return point;
}

double Graph::MeanX() const { return Mean(x_); }
double Graph::MeanY() const { return Mean(y_); }
double Graph::StdDevX() const { return StdDev(x_); }
double Graph::StdDevY() const { return StdDev(y_); }

}  // namespace mapfile
