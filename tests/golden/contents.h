// What the golden files hold: written by make.cc, read back by golden_test.cc.
#ifndef MAPFILE_TESTS_GOLDEN_CONTENTS_H_
#define MAPFILE_TESTS_GOLDEN_CONTENTS_H_

#include <cstdint>
#include <limits>

#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "tests/types/test_classes.h"

namespace mapfile::golden {

inline zoo::Everything MakeEverything() {
  zoo::Everything e;
  e.flag = true;
  e.i8 = -128;
  e.u16 = 65535;
  e.f32 = 0.1F;
  e.f64 = -std::numeric_limits<double>::infinity();
  e.color = zoo::Color::kGreen;
  e.text = "gr\xc3\xbc\xc3\x9f Gott";
  e.bytes = {std::byte{0}, std::byte{0xff}};
  e.three = {std::numeric_limits<std::int64_t>::min(), 0,
             std::numeric_limits<std::int64_t>::max()};
  e.plain[1] = 7;
  e.numbers = {1, 2.5, 1e300};
  e.bits = {true, false, true};
  e.words = {"", "one"};
  e.points = {{1, 2}, {3, 4}};
  e.nested = {{}, {1, 2, 3}};
  e.by_name = {{"origin", {0, 0}}, {"tip", {5, -5}}};
  e.by_number = {{-1, {0.5F}}, {9, {}}};
  e.maybe = "there";
  e.any = zoo::Point{8, 9};
  e.point = {10, 11};
  e.children.resize(1);
  return e;
}

inline Histogram1D MakeHistogram() {
  Histogram1D h("energy", RegularAxis(10, 0, 5, "E [keV]"), "of the tube");
  h.KeepSquares();
  for (int i = 0; i < 100; ++i) h.Fill(i * 0.07 - 0.5, 0.5 + i % 3);
  h.Fill(std::numeric_limits<double>::quiet_NaN());
  return h;
}

inline zoo::Node MakeCycle() {
  zoo::Node node;
  node.n = 1;
  node.next = std::make_unique<zoo::Node>();
  node.next->n = 2;
  node.next->back = &node;
  return node;
}

inline constexpr std::uint64_t kCount = 0x0123456789abcdef;

}  // namespace mapfile::golden

#endif  // MAPFILE_TESTS_GOLDEN_CONTENTS_H_
