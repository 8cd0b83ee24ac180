// Graph: points (x, y), with or without errors.
//
// In a file it is the class
//
//     class Graph 1 { string name; string title; vector<f64> x;
//         vector<f64> y; vector<f64> x_errors_low; vector<f64> x_errors_high;
//         vector<f64> y_errors_low; vector<f64> y_errors_high;
//         string x_title; string x_unit; string y_title; string y_unit; }
//
// Each list of errors has as many elements as there are points, or none.
// Where high ones are missing they are the same as the low ones: errors are
// symmetric.
#ifndef MAPFILE_GRAPH_H_
#define MAPFILE_GRAPH_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/trackable.h"

namespace mapfile {

// For one thread at a time. One that was read from a file may contradict
// itself: that does no harm, and Fault() tells.
class Graph : public Trackable {
 public:
  struct Point {
    double x = 0;
    double y = 0;
    // Distances, not places.
    double x_error_low = 0;
    double x_error_high = 0;
    double y_error_low = 0;
    double y_error_high = 0;
  };

  Graph() = default;
  explicit Graph(std::string name, std::string title = {})
      : name_(std::move(name)), title_(std::move(title)) {}

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  void SetTitle(std::string title) { title_ = std::move(title); }
  void SetXTitle(std::string title, std::string unit = {});
  void SetYTitle(std::string title, std::string unit = {});
  const std::string& x_title() const { return x_title_; }
  const std::string& x_unit() const { return x_unit_; }
  const std::string& y_title() const { return y_title_; }
  const std::string& y_unit() const { return y_unit_; }

  // Points are kept in this order. NaN is a gap.
  void Add(double x, double y) { Add(Point{.x = x, .y = y}); }
  void Add(double x, double y, double y_error) {
    Add({.x = x, .y = y, .y_error_low = y_error, .y_error_high = y_error});
  }
  // Errors are kept from the first point on that has one; others have 0.
  void Add(const Point& point);
  void Clear();
  // Adds the points of `other` behind these. InvalidArgument: one of them
  // contradicts itself.
  [[nodiscard]] Status Merge(const Graph& other);
  std::string Fault() const;

  // Points: as many as there are both x and y.
  std::size_t size() const {
    return x_.size() < y_.size() ? x_.size() : y_.size();
  }
  // i < size().
  Point At(std::size_t i) const;
  const std::vector<double>& x() const { return x_; }
  const std::vector<double>& y() const { return y_; }

  // Of all points, without weights (as TGraph::GetMean, GetRMS); 0 where
  // there are none.
  double MeanX() const;
  double MeanY() const;
  double StdDevX() const;
  double StdDevY() const;

 private:
  MAPFILE_FRIEND(Graph);

  std::string name_;
  std::string title_;
  std::vector<double> x_;
  std::vector<double> y_;
  std::vector<double> x_errors_low_;
  std::vector<double> x_errors_high_;
  std::vector<double> y_errors_low_;
  std::vector<double> y_errors_high_;
  std::string x_title_;
  std::string x_unit_;
  std::string y_title_;
  std::string y_unit_;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Graph>) {
  using G = Graph;
  return internal::Describe(
      "Graph", 1, Bases<>{}, Field("name", &G::name_),
      Field("title", &G::title_), Field("x", &G::x_), Field("y", &G::y_),
      Field("x_errors_low", &G::x_errors_low_),
      Field("x_errors_high", &G::x_errors_high_),
      Field("y_errors_low", &G::y_errors_low_),
      Field("y_errors_high", &G::y_errors_high_),
      Field("x_title", &G::x_title_), Field("x_unit", &G::x_unit_),
      Field("y_title", &G::y_title_), Field("y_unit", &G::y_unit_));
}

}  // namespace mapfile

#endif  // MAPFILE_GRAPH_H_
