#include "lib/text/print.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "lib/text/utf8.h"
#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

std::string Printed(Sample sample, const PrintOptions& options = {}) {
  auto text = Print(*sample.type, sample.bytes, sample.types, options);
  return text ? "\n" + *text : "error: " + text.error().message();
}

std::string Line(Sample sample, const PrintOptions& options = {}) {
  auto text = Summary(*sample.type, sample.bytes, sample.types, options);
  return text ? *text : "error: " + text.error().message();
}

Sample Run() {
  return Sample(kRunType,
                R"({"run": 42, "rate_hz": 3.25, "on": true,
                    "note": "calm\u001b[2J \"x\" é日本",
                    "hits": [0.1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]})");
}

Sample Graph() {
  return Sample(
      kGraphType,
      R"({"n": 1, "next": {"$class": "Node", "$id": 1, "n": 2, "next":
          {"$class": "Node", "n": 3, "next": {"$ref": 1}, "others": []},
          "others": [{"$ref": 1}, null]}, "others": [{"$ref": 1}]})");
}

constexpr std::string_view kPartsType =
    "Parts\nclass Parts 1 { map<string,Inner> parts; vector<string> names; "
    "variant<u8,string> v; bytes raw; }\n"
    "class Inner 1 { f64 x; string note; }";

Sample Parts() {
  return Sample(kPartsType,
                R"({"parts": {"left": {"x": 1.5, "note": "short"},
                     "right": {"x": 2, "note": "long enough for two lines"}},
                    "names": ["a long name", "b", "c", "d", "e", "f", "g", "h",
                     "i", "j", "k"], "raw": "AAEC/w==",
                    "v": {"index": 1, "value": "x"}})");
}

TEST_CASE("an object field by field") {
  CHECK(Printed(Run(), {.width = 60}) == R"(
run      42
rate_hz  3.25
note     "calm\x1b[2J \"x\" é日本"
hits     [0.1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 16 numbers]
on       true
shift    none
)");
  CHECK(Printed(Run(), {.width = 24, .unicode = false}) == R"(
run      42
rate_hz  3.25
note     "calm\x1b[2J "
         "\"x\" "
         "\xc3\xa9"
         "\xe6\x97\xa5"
         "\xe6\x9c\xac"
hits     [...]
on       true
shift    none
)");
}

TEST_CASE("containers and objects inside, indented and shortened") {
  CHECK(Printed(Parts(), {.width = 36}) == R"(
parts  2 entries
  "left"   {x: 1.5, note: "short"}
  "right"  Inner
    x     2
    note  "long enough for two line"
          "s"
names  11 items
  [0]  "a long name"
  [1]  "b"
  [2]  "c"
  [3]  "d"
  [4]  "e"
  [5]  "f"
  [6]  "g"
  [7]  "h"
  [8]  "i"
  [9]  "j"
  … 1 more
v      "x"
raw    b"\x00\x01\x02\xff"
)");
  CHECK(Printed(Parts(), {.width = 36, .max_elements = 1})
            .find("  [0]  \"a long name\"\n  … 10 more\n") !=
        std::string::npos);
}

TEST_CASE("each object once, others point to it") {
  CHECK(Printed(Graph()) == R"(
n       1
next    Node #1
  n       2
  next    Node
    n       3
    next    -> #1
    others  []
  others  2 items
    [0]  -> #1
    [1]  null
others  1 item
  [0]  -> #1
)");
}

TEST_CASE("values that are no objects") {
  CHECK(Printed({"i64", "-5"}) == "\n-5\n");
  CHECK(Printed({"f32", "0.1"}) == "\n0.1\n");
  CHECK(Printed({"string", "\"two\\nlines\""}) == "\n\"two\\nlines\"\n");
  CHECK(Printed({"vector<u8>", "[]"}) == "\n[]\n");
  CHECK(Printed({"optional<u8>", "null"}) == "\nnone\n");
  CHECK(Printed({"E\nclass E 1 { }", "{}"}) == "\n{}\n");
  CHECK(Printed({"A*\nclass A 1 { u8 x; }", "null"}) == "\nnull\n");
  CHECK(Printed({"A*\nclass A 1 { u8 x; }", R"({"x": 1})"}) ==
        "\nA\n  x  1\n");
}

TEST_CASE("histograms are drawn, many in a container have a line each") {
  constexpr std::string_view kJson =
      R"({"name": "h", "title": "T", "x_axis": {"kind": "regular",
          "bins": 2, "low": 1, "high": 5, "edges": [], "labels": [],
          "grows": false, "title": "", "unit": ""},
          "contents": [3, 4, 6, 2],
          "entries": 15, "sum_w": 10, "sum_wx": 20, "sum_wx2": 50})";
  const std::string drawn = Printed({kHistogramType, kJson});
  CHECK(drawn.starts_with("\nT\n"));
  CHECK(drawn.find("│ Entries   15 │") != drawn.npos);
  const std::string class_text(
      kHistogramType.substr(kHistogramType.find('\n')));
  const std::string field =
      Printed({"Run\nclass Run 1 { Histogram1D h; }" + class_text,
               R"({"h": )" + std::string(kJson) + "}"});
  CHECK(field.starts_with("\nh  Histogram1D\n  T\n  "));
  CHECK(field.find("│ Entries   15 │") != field.npos);
  CHECK(Printed({"vector<Histogram1D>" + class_text,
                 "[" + std::string(kJson) + "]"}) ==
        "\n[15 entries, mean 2, σ 1 ▆█]\n");
  CHECK(Line({kHistogramType, kJson}) == "15 entries, mean 2, σ 1 ▆█");
}

TEST_CASE("colour only when asked") {
  CHECK(Printed(Run()).find('\x1b') == std::string::npos);
  CHECK(Printed(Run(), {.color = true}).starts_with("\n\x1b[36mrun\x1b[0m "));
}

TEST_CASE("in one line") {
  CHECK(Line(Run(), {.width = 50}) ==
        "{run: 42, rate_hz: 3.25, note: \"calm\\x1b[2J …\", …}");
  CHECK(Line({"bool", "true"}, {.width = 2}) == "…");
}

TEST_CASE("no line is wider than asked") {
  for (int width = 20; width < 100; ++width) {
    for (const bool unicode : {true, false}) {
      for (const Sample& sample : {Run(), Graph(), Parts()}) {
        const PrintOptions options{.width = width, .unicode = unicode};
        CHECK(DisplayWidth(Line(sample, options)) <= width);
        std::string_view lines;
        const std::string text = Printed(sample, options);
        for (lines = text; !lines.empty();) {
          const std::size_t end = lines.find('\n');
          CHECK(DisplayWidth(lines.substr(0, end)) <= width);
          lines.remove_prefix(end + 1);
        }
      }
    }
  }
}

TEST_CASE("a long chain of objects ends somewhere") {
  std::string json;
  for (int i = 0; i < 200; ++i) json += R"({"n": 0, "others": [], "next": )";
  Sample chain(kGraphType, json + "null" + std::string(200, '}'));
  const std::string text = Printed(chain);
  CHECK(text.starts_with("\nn       0\n"));
  CHECK(std::count(text.begin(), text.end(), '\n') < 200);
}

// All ways to look at a value whose bytes are someone's invention.
void LookAt(Sample sample) {
  for (const int width : {20, 80}) {
    const std::string text = Printed(sample, {.width = width});
    const std::string line = Line(sample, {.width = width});
    CHECK(text.find('\x1b') == text.npos);
    CHECK(IsUtf8(text));
    CHECK(DisplayWidth(line) <= std::max(width, 200));
  }
  const std::string json = sample.Json();
  CHECK(IsUtf8(json));
}

TEST_CASE("damaged bytes are an error or another value, never a crash") {
  std::mt19937 random(11);
  constexpr std::uint8_t kOdd[] = {0, 1, 8, 0x10, 0x7f, 0x80, 0xff};
  for (const Sample& sample : {Run(), Graph(), Parts()}) {
    for (std::size_t i = 0; i < sample.bytes.size(); ++i) {
      Sample bad = sample;
      bad.bytes[i] = std::byte{kOdd[random() % std::size(kOdd)]};
      LookAt(bad);
      for (int n = 0; n < 3; ++n) {
        bad.bytes[random() % bad.bytes.size()] = std::byte(random());
      }
      LookAt(bad);
    }
    for (std::size_t size = 0; size < sample.bytes.size(); size += 7) {
      Sample bad = sample;
      bad.bytes.resize(size);
      LookAt(bad);
    }
  }
}

TEST_CASE("parts that overlap can't make endless text") {
  // A vector of vectors of vectors that all begin at byte 0: itself.
  std::string type = "vector<u8>";
  for (int i = 0; i < 20; ++i) type = "vector<" + type + ">";
  Sample sample(type, "[]");
  sample.bytes.resize(16 * 16);
  for (std::size_t i = 0; i < 16; ++i) {
    sample.bytes[16 * i] = std::byte{0};
    sample.bytes[16 * i + 8] = std::byte{16};
  }
  CHECK(Printed(sample, {.max_elements = 100}) ==
        "error: parts of the value overlap");
  CHECK(sample.Json() == "error: parts of the value overlap");
  CHECK(DisplayWidth(Line(sample)) <= 80);
}

}  // namespace
}  // namespace mapfile::text
