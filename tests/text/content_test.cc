#include "lib/text/content.h"

#include <doctest/doctest.h>

#include "lib/text/human.h"
#include "lib/text/print.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"
#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

template <class T>
std::string Shown(const T& object, PrintOptions options = {}) {
  ListTypes types;
  internal::ValueEncoder<T> encoder(object);
  std::vector<std::byte> bytes(encoder.Size(types).value());
  REQUIRE(encoder.Encode(bytes, types));
  return "\n" + Print(TypeOf<T>(), bytes, types, options).value();
}

void CheckHas(const std::string& text, std::string_view part) {
  CAPTURE(text);
  CAPTURE(part);
  CHECK(text.find(part) != text.npos);
}

TEST_CASE("a profile's means are bars beside its statistics") {
  Profile1D p("p", RegularAxis(4, 0, 4, "x", "mm"), "Profile");
  p.Fill(0.5, 2);
  p.Fill(0.5, 4);
  p.Fill(2.5, 1);
  const std::string text = Shown(p, {.width = 80, .unicode = false});
  CheckHas(text, "Profile\n");
  CheckHas(text, "| Mean y");
  CheckHas(text, "x [mm]");
  // The mean, not the sum, with the spread of what it is of.
  CheckHas(text, "| 3 +- 1 ");
  CheckHas(text, "(error bars: spread)");
  CheckHas(Shown(p, {.errors = true}), "┤ 3 ± 0.707 ");
  CheckHas(Shown(p, {.unicode = false, .vertical = true}), "\n4 +      |  ");
}

TEST_CASE("shares are bars, labels stand below them") {
  Efficiency e("e", CategoryAxis({"low", "high"}), "Trigger");
  e.Fill(true, "low");
  e.Fill(true, "high");
  e.Fill(false, "high");
  const std::string text = Shown(e, {.width = 70, .unicode = false});
  CheckHas(text, "| Passed");
  CheckHas(text, "\n low |#####");
  CheckHas(text, "\nhigh |#####");
  // Wilson's interval of one of two.
  CheckHas(Shown(e, {.errors = true}), "┤ 0.5 ± 0.289 ");
  CheckHas(Shown(e, {.vertical = true}), "\n  1 ┤████");
}

TEST_CASE("cells of two axes are shaded below the statistics") {
  Histogram2D h("h", RegularAxis(2, 0, 4), CategoryAxis({"a", "b"}));
  h.Fill(1, "a");
  h.Fill(3, "b");
  h.Fill(3, "b");
  h.Fill(99, "b");  // Overflow is not shown
  CheckHas(Shown(h), "│            ████████████│");
  Profile2D p("p", RegularAxis(1, 0, 1), RegularAxis(2, 0, 2));
  p.Fill(0.5, 0.5, 3);
  p.Fill(0.5, 0.5, 5);
  // The mean, not the sum.
  CheckHas(Shown(p), "   0 [ ░▒▓█] 4\n");
}

TEST_CASE("over a third axis cells are added up") {
  Histogram3D h("h", RegularAxis(2, 0, 2), RegularAxis(1, 0, 1),
                RegularAxis(2, 0, 2));
  h.Fill(0.5, 0.5, 0.5);
  h.Fill(0.5, 0.5, 1.5);
  h.Fill(1.5, 0.5, 9);  // Outside of z
  CheckHas(Shown(h), "│████████████            │");
  CheckHas(Shown(h), "   0 [ ░▒▓█] 2");
}

TEST_CASE("points are listed with their errors, as many as asked for") {
  Graph g("g", "Curve");
  for (int i = 0; i < 12; ++i) g.Add(i, i * i, 0.5);
  const std::string text = Shown(g, {.max_elements = 10});
  CheckHas(text, "x   y  y error\n0   0      0.5\n");
  CheckHas(text, "\n9  81      0.5\n… 2 more\n");
  CheckHas(Shown(g, {.unicode = false, .max_elements = 1}),
           "x  y  y error\n0  0      0.5\n... 11 more\n");
  CHECK(Shown(g).find("y error") == std::string::npos);
}

TEST_CASE("the last samples are listed with their times, oldest first") {
  TimeSeries s("s", 3, "Rate", "Hz");
  for (int i = 0; i < 5; ++i) s.Add(i * 1'000'000'000LL, i);
  CheckHas(Shown(s, {.max_elements = 3}), R"(
time                      value
1970-01-01T00:00:02.000Z      2
1970-01-01T00:00:03.000Z      3
1970-01-01T00:00:04.000Z      4
)");
  CheckHas(Shown(s, {.max_elements = 1}), "… 2 earlier\ntime");
  TimeSeries before("s", 1);
  before.Add(-5, 1);
  CheckHas(Shown(before, {.max_elements = 1}), "-5 ns      1\n");
}

TEST_CASE("a graph and a time series are lines between axes") {
  Graph g("g", "Curve");
  g.SetXTitle("t", "s");
  g.SetYTitle("U", "V");
  for (int i = 0; i < 100; ++i) g.Add(i, i);
  const std::string text = Shown(g);
  CheckHas(text, "Curve\nU [V] ");
  CheckHas(text, "│ Points        100 │");
  CheckHas(text, "⣀⠔⠊");
  CheckHas(text, " t [s]\n");
  TimeSeries s("s", 3, "Rate", "Hz");
  // The ring begins in its middle: the line is in the order of time.
  for (int i = 0; i < 5; ++i) s.Add(i * 60'000'000'000LL, i);
  const std::string series = Shown(s, {.unicode = false});
  CheckHas(series, "[Hz] ");
  CheckHas(series, "00:02:00");
  CheckHas(series, "1970-01-01, UTC");
  CheckHas(series, "| Samples       5 |");
}

TEST_CASE("more statistics when asked for") {
  Histogram1D h("h", RegularAxis(4, 0, 4));
  for (const double x : {0.5, 0.5, 0.5, 1.5, 3.5}) h.Fill(x, 2);
  const auto with = [&](bool all) { return Shown(h, {.all_statistics = all}); };
  CHECK(with(false).find("Skewness") == std::string::npos);
  CheckHas(with(true), "│ Integral        10 │");
  CheckHas(with(true), "│ Effective        5 │");
  CheckHas(with(true), "│ Skewness      " + HumanNumber(h.Skewness(), 5));
  CheckHas(with(true), "│ Kurtosis  " + HumanNumber(h.Kurtosis(), 5));
  Histogram2D p("p", RegularAxis(2, 0, 2), RegularAxis(2, 0, 2));
  p.Fill(0.5, 0.5);
  p.Fill(1.5, 1.5);
  CheckHas(Shown(p, {.all_statistics = true}), "Correlation  1");
  CheckHas(Shown(p, {.all_statistics = true}), "Effective    2");
}

}  // namespace
}  // namespace mapfile::text
