#include "tests/pictures/family.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "lib/base/try.h"
#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"

namespace mapfile::pictures {
namespace {

// Numbers from 0 to 1, the same with every library (a linear congruential
// generator, with the constants of MMIX).
class Numbers {
 public:
  double Next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  // About normal: a sum of twelve.
  double Normal(double mean, double deviation) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += Next();
    return mean + deviation * sum;
  }

 private:
  std::uint64_t state_ = 42;
};

template <class T>
Status Keep(MapFile& file, const T& object) {
  const auto put = file.Put(object.name(), object);
  return put ? Status() : Fail(put.error());
}

Status Histograms1D(MapFile& file, Numbers& numbers) {
  Histogram1D energy("energy", RegularAxis(100, 0, 100, "E", "keV"),
                     "Energy in ECAL");
  Histogram1D shifted("shifted", RegularAxis(100, 0, 100, "E", "keV"),
                      "Energy in HCAL");
  Histogram1D variable("variable",
                       VariableAxis({0, 1, 2, 5, 10, 20, 50, 100}, "E", "keV"),
                       "Bins of different widths");
  Histogram1D decades("decades", LogarithmicAxis(24, 1, 1e6, "t", "us"),
                      "Bins of one ratio");
  Histogram1D charge("charge", RegularAxis(16, -4, 4, "q"),
                     "Weights of either sign");
  Histogram1D label("label", CategoryAxis({"e", "mu", "tau", "jet"}),
                    "Particles");
  for (int i = 0; i < 5000; ++i) {
    const double e = numbers.Normal(40, 14);
    energy.Fill(i % 3 == 0 ? numbers.Normal(75, 4) : e);
    shifted.Fill(numbers.Normal(55, 12));
    variable.Fill(e < 0 ? -e : e);
    decades.Fill(std::pow(10, numbers.Normal(3, 1)));
    const double q = numbers.Normal(0, 1.5);
    charge.Fill(q, q > 0 ? 1 : -0.6);
  }
  for (int i = 0; i < 100; ++i) {
    label.Fill(i % 2 == 0 ? "jet" : i % 3 == 0 ? "mu" : "e");
  }
  MAPFILE_RETURN_IF_ERROR(Keep(file, energy));
  MAPFILE_RETURN_IF_ERROR(Keep(file, shifted));
  MAPFILE_RETURN_IF_ERROR(Keep(file, variable));
  MAPFILE_RETURN_IF_ERROR(Keep(file, decades));
  MAPFILE_RETURN_IF_ERROR(Keep(file, charge));
  return Keep(file, label);
}

Status Planes(MapFile& file, Numbers& numbers) {
  Histogram2D plane("plane", RegularAxis(40, -4, 4, "x", "mm"),
                    RegularAxis(20, -4, 4, "y", "mm"), "Beam spot");
  Histogram2D uneven("uneven", VariableAxis({0, 1, 2, 4, 8, 16}, "p", "GeV"),
                     VariableAxis({0, 10, 20, 90}, "angle", "deg"),
                     "Bins of different widths");
  Histogram3D cube("cube", RegularAxis(10, -3, 3, "x"),
                   RegularAxis(10, -3, 3, "y"), RegularAxis(10, -3, 3, "z"),
                   "Vertices");
  Profile2D surface("surface", RegularAxis(20, -3, 3, "x"),
                    RegularAxis(10, -3, 3, "y"), "Height");
  for (int i = 0; i < 8000; ++i) {
    const double x = numbers.Normal(0, 1);
    const double y = numbers.Normal(0, 1);
    plane.Fill(x + y / 2, y);
    const double angle = 90 * numbers.Next();
    uneven.Fill(16 * numbers.Next() * numbers.Next(), angle);
    cube.Fill(x, y, numbers.Normal(0, 1));
    surface.Fill(x, y, 10 - x * x - y * y);
  }
  MAPFILE_RETURN_IF_ERROR(Keep(file, plane));
  MAPFILE_RETURN_IF_ERROR(Keep(file, uneven));
  MAPFILE_RETURN_IF_ERROR(Keep(file, cube));
  return Keep(file, surface);
}

Status Ratios(MapFile& file, Numbers& numbers) {
  Profile1D profile("profile", RegularAxis(20, -3, 3, "x", "mm"), "Drift time");
  profile.SetValueTitle("t", "ns");
  Efficiency trigger("trigger", RegularAxis(20, 0, 40, "pT", "GeV"), "Trigger");
  for (int i = 0; i < 3000; ++i) {
    const double x = numbers.Normal(0, 1);
    profile.Fill(x, 20 + x * x * 5 + numbers.Normal(0, 2));
    const double p = 40 * numbers.Next();
    trigger.Fill(numbers.Next() < 1 / (1 + std::exp((15 - p) / 3)), p);
  }
  MAPFILE_RETURN_IF_ERROR(Keep(file, profile));
  return Keep(file, trigger);
}

Status Lines(MapFile& file, Numbers& numbers) {
  Graph wave("wave", "Damped wave");
  wave.SetXTitle("t", "s");
  wave.SetYTitle("U", "V");
  for (int i = 0; i <= 200; ++i) {
    const double t = i * 0.05;
    wave.Add(t, std::exp(-t / 4) * std::cos(3 * t));
  }
  Graph fit("fit", "Calibration");
  fit.SetXTitle("channel");
  fit.SetYTitle("E", "keV");
  for (int i = 1; i <= 10; ++i) {
    fit.Add({.x = i * 100.,
             .y = i * 31. + numbers.Normal(0, 10),
             .y_error_low = 8. + i * 2,
             .y_error_high = 12. + i * 3});
  }
  TimeSeries rate("rate", 300, "Trigger rate", "Hz");
  for (int i = 0; i < 400; ++i) {
    // From 2026-11-25 12:00 on, one each two seconds.
    const std::int64_t time_ns = (1795608000 + 2 * i) * 1'000'000'000LL;
    const double gap = std::numeric_limits<double>::quiet_NaN();
    rate.Add(time_ns, i > 250 && i < 280 ? gap
                                         : 1000 + 200 * std::sin(i / 20.) +
                                               numbers.Normal(0, 20));
  }
  MAPFILE_RETURN_IF_ERROR(Keep(file, wave));
  MAPFILE_RETURN_IF_ERROR(Keep(file, fit));
  return Keep(file, rate);
}

}  // namespace

Status MakeFamily(const std::string& path) {
  MAPFILE_ASSIGN_OR_RETURN(MapFile file,
                           MapFile::Open(path, {.mode = Mode::kCreate}));
  Numbers numbers;
  MAPFILE_RETURN_IF_ERROR(Histograms1D(file, numbers));
  MAPFILE_RETURN_IF_ERROR(Planes(file, numbers));
  MAPFILE_RETURN_IF_ERROR(Ratios(file, numbers));
  MAPFILE_RETURN_IF_ERROR(Lines(file, numbers));
  CounterSet counters("counters", {"events", "errors"});
  counters.Add(0, 123456);
  MAPFILE_RETURN_IF_ERROR(Keep(file, counters));
  return file.Close();
}

}  // namespace mapfile::pictures
