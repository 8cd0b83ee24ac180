#include "lib/text/draw/canvas.h"

#include <doctest/doctest.h>

namespace mapfile::text {
namespace {

TEST_CASE("dots of braille, two by four in a cell") {
  Canvas canvas(3, 2, true);
  canvas.Dot(0, 0);
  canvas.Dot(1, 7);
  canvas.Dot(2, 0);
  canvas.Dot(9, 9);  // Outside
  canvas.Dot(-1, 0);
  CHECK(canvas.Row(1) == "⠈");
  CHECK(canvas.Row(0) == "⡀⡀");
  for (int y = 0; y < 8; ++y) canvas.Line(0, y, 1, y);
  CHECK(canvas.Row(1) == "⣿");
}

TEST_CASE("dots of ASCII, two in a cell") {
  Canvas canvas(4, 1, false);
  canvas.Dot(0, 0);
  canvas.Dot(1, 1);
  canvas.Line(2, 0, 2, 1);
  CHECK(canvas.Row(0) == ".':");
}

TEST_CASE("marks hide dots") {
  Canvas canvas(2, 1, true);
  canvas.Line(0, 0, 3, 3);
  canvas.Mark(1, 0, "o");
  canvas.Mark(7, 0, "x");
  CHECK(canvas.Row(0) == "⡠o");
  CHECK(canvas.IsMarked(1, 0));
  CHECK_FALSE(canvas.IsMarked(0, 0));
}

}  // namespace
}  // namespace mapfile::text
