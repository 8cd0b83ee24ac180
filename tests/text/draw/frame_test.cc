#include "lib/text/draw/frame.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

PrintOptions Ascii(int columns, int lines) {
  PrintOptions options;
  options.width = columns;
  options.height = lines;
  options.unicode = false;
  return options;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') lines.emplace_back();
    if (c != '\n') lines.back() += c;
  }
  return lines;
}

TEST_CASE("numbers have their places inside the canvas, or none") {
  const Axes axes{Scale::Linear(0, 10), Scale::Linear(-1, 1), {}, {}, {}, {}};
  Sheet sheet("", {}, Ascii(60, 20));
  Frame frame(axes, sheet);
  CHECK(frame.Column(0) == 0);
  CHECK(frame.Column(10) == frame.canvas().columns() - 1);
  CHECK(frame.Column(1e300) == frame.canvas().columns() - 1);
  CHECK(frame.Row(-5) == 0);
  CHECK(frame.Row(1) == frame.canvas().rows() - 1);
  CHECK(frame.DotX(10) == frame.canvas().dots_wide() - 1);
  CHECK(frame.DotY(kNan) == -1);
}

TEST_CASE("axes, titles and a note stand around the canvas, in its lines") {
  Axes axes{
      Scale::Linear(0, 10), Scale::Linear(0, 1), "time [s]", "a\x1b[1m", {},
      "(2 bins/column)"};
  Sheet sheet("run", {}, Ascii(60, 20));
  Frame frame(axes, sheet);
  frame.Add();
  const std::string text = sheet.Take();
  CAPTURE(text);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("time [s]  (2 bins/column)") != std::string::npos);
  for (const std::string& line : Lines(text)) CHECK(DisplayWidth(line) <= 60);
  CHECK(Lines(text).size() <= 21);  // What follows the last newline, too
}

TEST_CASE("labels stand where numbers would") {
  const Axes axes{Scale::Linear(0, 2),
                  Scale::Linear(0, 1),
                  {},
                  {},
                  {"muon", "electron"},
                  {}};
  Sheet sheet("", {}, Ascii(60, 20));
  Frame frame(axes, sheet);
  frame.Add();
  const std::string text = sheet.Take();
  CHECK(text.find("muon") != std::string::npos);
  CHECK(text.find("electron") != std::string::npos);
}

TEST_CASE("a sheet without room still gets a canvas of four rows") {
  const Axes axes{Scale::Linear(0, 1), Scale::Linear(0, 1), {}, {}, {}, {}};
  Sheet sheet("title", {}, Ascii(40, 1));
  CHECK(Frame(axes, sheet).canvas().rows() == 4);
}

}  // namespace
}  // namespace mapfile::text
