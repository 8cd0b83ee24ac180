// Against what CERN ROOT itself computed of the same contents and sums: see
// testdata/root.
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"

namespace mapfile {
namespace {

using Json = nlohmann::json;
using List = std::vector<double>;

Json Load(const std::string& name) {
  std::ifstream in("testdata/root/" + name + ".expected.json");
  REQUIRE(in);
  return Json::parse(in);
}

Json ObjectOf(const Json& file, const std::string& record) {
  for (const Json& entry : file["records"]) {
    if (entry["record"] == record) return entry["object"];
  }
  FAIL("no record " << record);
  return {};
}

Axis AxisOf(const Json& json) {
  const List edges = json["edges"];
  auto axis = edges.empty()
                  ? Axis::Regular(json["nbins"], json["xmin"], json["xmax"])
                  : Axis::Variable(edges);
  REQUIRE(axis);
  return *axis;
}

bool Near(double value, double expected, double tolerance = 1e-12) {
  CAPTURE(value);
  CAPTURE(expected);
  const bool near =
      std::abs(value - expected) <= tolerance * std::abs(expected);
  CHECK(near);
  return near;
}

void CheckHistogram(const Json& json) {
  Histogram1D h(json["name"], AxisOf(json["xaxis"]), json["title"]);
  REQUIRE(h.SetContents(json["contents"], json["sumw2"], json["entries"]));
  const List stats = json["stats"];
  const bool kept = json["fTsumw"] != 0;
  if (kept) {
    h.SetSums({.w = stats[0], .w2 = stats[1], .wx = stats[2], .wx2 = stats[3]});
  }
  CHECK(h.Fault() == "");
  const List contents = json["contents"];
  const List errors = json["errors"];
  for (std::size_t bin = 0; bin < contents.size(); ++bin) {
    CHECK(h.BinContent(bin) == contents[bin]);
    Near(h.BinError(bin), errors[bin]);
  }
  CHECK(h.underflow() == json["underflow"]);
  CHECK(h.overflow() == json["overflow"]);
  Near(h.sum_w(), stats[0]);
  Near(h.sum_w2(), stats[1]);
  Near(h.sum_wx(), stats[2]);
  Near(h.sum_wx2(), stats[3]);
  Near(h.Mean(), json["mean"][0]);
  Near(h.StdDev(), json["rms"][0]);
  Near(h.Integral(), json["integral"]);
  Near(h.EffectiveEntries(), json["effective_entries"]);
}

// TAxis::FindBin: 1 + int(bins * (x - low) / (high - low)), in that order.
// The numbers are those where another order gives the neighbour.
TEST_CASE("exact edges fall where TAxis has them") {
  struct Edge {
    Axis axis;
    double x;
    std::size_t bin;
  };
  const Axis wide = RegularAxis(50, 0, 20);
  const Axis middle = RegularAxis(60, -3, 3);
  const Axis narrow = RegularAxis(100, 0, 0.1);
  for (const Edge& edge :
       {Edge{wide, 2.8, 8}, Edge{wide, 5.6, 15}, Edge{wide, 11.2, 29},
        Edge{wide, 3.5999999999999996, 9}, Edge{middle, -2.1, 9},
        Edge{middle, -1.8, 13}, Edge{middle, -1.9000000000000001, 11},
        Edge{RegularAxis(12, 0, 1.2), 0.7, 7}, Edge{narrow, 0.003, 3},
        Edge{narrow, 0.007, 8}, Edge{narrow, 0.013, 14}}) {
    CAPTURE(edge.x);
    CHECK(edge.axis.FindBin(edge.x) == edge.bin);
  }
}

TEST_CASE("all edges of the axes that ROOT wrote") {
  const Json json = Load("hsimple");
  for (const char* name : {"hpx", "hprof", "hpxpy"}) {
    const Axis axis = AxisOf(ObjectOf(json, name)["xaxis"]);
    const double width = (axis.high() - axis.low()) / axis.bins();
    for (std::size_t i = 0; i < axis.bins(); ++i) {
      const double x = axis.low() + static_cast<double>(i) * width;
      const double place =
          axis.bins() * (x - axis.low()) / (axis.high() - axis.low());
      CHECK(axis.FindBin(x) == 1 + static_cast<std::size_t>(place));
    }
  }
  const Axis axis = AxisOf(ObjectOf(json, "hvar")["xaxis"]);
  for (std::size_t i = 0; i < axis.bins(); ++i) {
    const double x = axis.edges()[i];
    CHECK(axis.FindBin(x) == i + 1);
    CHECK(axis.FindBin(std::nextafter(x, -1.0)) == i);
  }
}

TEST_CASE("TH1F and TH1D") {
  for (const char* file : {"hsimple", "remove"}) {
    const Json json = Load(file);
    CheckHistogram(ObjectOf(json, "hpx"));
    CheckHistogram(ObjectOf(json, "hvar"));  // Variable bins, weights
  }
}

// No sums were kept: they are made from the bins.
TEST_CASE("TH1F whose contents were set by hand") {
  CheckHistogram(ObjectOf(Load("minimal"), "h10"));
}

TEST_CASE("TH2F") {
  for (const char* file : {"hsimple", "remove"}) {
    const Json json = ObjectOf(Load(file), "hpxpy");
    Histogram2D h(json["name"], AxisOf(json["xaxis"]), AxisOf(json["yaxis"]));
    REQUIRE(h.SetContents(json["contents"], json["sumw2"], json["entries"]));
    const List stats = json["stats"];
    h.SetSums({.w = stats[0],
               .w2 = stats[1],
               .wx = stats[2],
               .wx2 = stats[3],
               .wy = stats[4],
               .wy2 = stats[5],
               .wxy = stats[6]});
    const List contents = json["contents"];
    const List errors = json["errors"];
    for (std::size_t cell = 0; cell < contents.size(); ++cell) {
      CHECK(h.CellContent(cell) == contents[cell]);
      Near(h.CellError(cell), errors[cell]);
    }
    CHECK(h.BinContent(20, 20) == contents[20 + 42 * 20]);
    Near(h.MeanX(), json["mean"][0]);
    Near(h.MeanY(), json["mean"][1]);
    Near(h.StdDevX(), json["rms"][0]);
    Near(h.StdDevY(), json["rms"][1]);
    Near(h.Correlation(), json["correlation"]);
    Near(h.Integral(), json["integral"]);
    Near(h.EffectiveEntries(), json["effective_entries"]);
  }
}

TEST_CASE("TProfile") {
  const Json json = ObjectOf(Load("hsimple"), "hprof");
  Profile1D p(json["name"], AxisOf(json["xaxis"]), json["title"]);
  p.SetValueRange(json["ymin"], json["ymax"]);
  REQUIRE(p.SetCells(json["bin_entries"], json["raw_array"], json["sumw2"],
                     json["bin_sumw2"], json["entries"]));
  const List contents = json["contents"];
  const List errors = json["errors"];
  for (std::size_t bin = 0; bin < contents.size(); ++bin) {
    CHECK(p.BinMean(bin) == contents[bin]);
    Near(p.BinError(bin), errors[bin]);
  }
  CHECK(p.sum_w() == json["stats"][0]);
  Near(p.EffectiveEntries(), json["effective_entries"]);
  // Of y, these are the same sums; of x, the middles of bins stand in.
  Near(p.MeanValue(), json["stats"][4].get<double>() / p.sum_w());
  Near(p.StdDev(), json["rms"][0], 0.01);
  const List stats = json["stats"];
  p.SetSums({.w = stats[0],
             .w2 = stats[1],
             .wv = stats[4],
             .wv2 = stats[5],
             .wx = stats[2],
             .wx2 = stats[3]});
  Near(p.Mean(), json["mean"][0]);
  Near(p.StdDev(), json["rms"][0]);
}

TEST_CASE("TGraph") {
  const Json json = ObjectOf(Load("hsimple"), "gr");
  const List x = json["x"];
  const List y = json["y"];
  Graph g(json["name"], json["title"]);
  for (std::size_t i = 0; i < x.size(); ++i) g.Add(x[i], y[i]);
  Near(g.MeanX(), json["mean_x"]);
  Near(g.MeanY(), json["mean_y"]);
  Near(g.StdDevX(), json["rms_x"]);
  Near(g.StdDevY(), json["rms_y"]);
}

}  // namespace
}  // namespace mapfile
