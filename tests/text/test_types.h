// What the tests of lib/text share: types from text, a type table in memory,
// values from JSON.
#ifndef MAPFILE_TESTS_TEXT_TEST_TYPES_H_
#define MAPFILE_TESTS_TEXT_TEST_TYPES_H_

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/text/json.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// Ids count from 1, as in a map file.
class ListTypes : public TypeTable {
 public:
  [[nodiscard]] Result<std::uint32_t> IdOf(const Type& type) override {
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (types_[i]->text() == type.text()) return std::uint32_t(i + 1);
    }
    auto copy = Type::Parse(type.text());
    if (!copy) return Fail(copy.error());
    types_.push_back(*std::move(copy));
    return std::uint32_t(types_.size());
  }
  [[nodiscard]] Result<std::shared_ptr<const Type>> TypeOf(
      std::uint32_t id) override {
    if (id == 0 || id > types_.size()) {
      return Fail(Code::kCorrupt, "no such type");
    }
    return types_[id - 1];
  }

 private:
  std::vector<std::shared_ptr<const Type>> types_;
};

inline std::shared_ptr<const Type> ParseType(std::string_view text) {
  auto type = Type::Parse(text);
  INFO(text);
  REQUIRE_MESSAGE(type.has_value(),
                  (type ? std::string() : type.error().message()));
  return *type;
}

// A stored value with its type and the table of its pointers.
struct Sample {
  Sample(std::string_view type_text, std::string_view json)
      : type(ParseType(type_text)) {
    auto read = FromJson(*type, json, types);
    REQUIRE_MESSAGE(read.has_value(),
                    (read ? std::string() : read.error().message()));
    bytes = *std::move(read);
  }
  std::string Json(int indent = 0) {
    auto json = ToJson(*type, bytes, types, {.indent = indent});
    return json ? *std::move(json) : "error: " + json.error().message();
  }

  std::shared_ptr<const Type> type;
  ListTypes types;
  std::vector<std::byte> bytes;
};

// JSON -> bytes -> JSON -> the same bytes; or the error.
inline std::string Through(std::string_view type_text, std::string_view json,
                           int indent = 0) {
  const auto type = ParseType(type_text);
  ListTypes types;
  auto bytes = FromJson(*type, json, types);
  if (!bytes) return "error: " + bytes.error().message();
  auto again = ToJson(*type, *bytes, types, {.indent = indent});
  if (!again) return "on the way back: " + again.error().message();
  auto bytes2 = FromJson(*type, *again, types);
  if (!bytes2) return "once more: " + bytes2.error().message();
  CHECK(*bytes == *bytes2);
  return *again;
}

inline void CheckSame(std::string_view type, std::string_view json) {
  CHECK(Through(type, json) == json);
}

// Classes that several tests use.
inline constexpr std::string_view kRunType =
    "Run\nclass Run 1 { i64 run; f64 rate_hz; string note; vector<f32> hits; "
    "bool on; optional<i32> shift; }";
inline constexpr std::string_view kGraphType =
    "Node\nclass Node 1 { i32 n; Node* next; vector<Node*> others; }";
inline constexpr std::string_view kHistogramType =
    "Histogram1D\n"
    "class Histogram1D 1 : Histogram { Axis x_axis; f64 sum_wx; f64 sum_wx2; "
    "}\n"
    "class Histogram 1 { string name; string title; vector<f64> contents; "
    "f64 entries; f64 sum_w; }\n"
    "class Axis 1 { string kind; u32 bins; f64 low; f64 high; "
    "vector<f64> edges; vector<string> labels; bool grows; string title; "
    "string unit; }";

}  // namespace mapfile::text

#endif  // MAPFILE_TESTS_TEXT_TEST_TYPES_H_
