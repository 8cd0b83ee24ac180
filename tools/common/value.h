// Value: one cell of a tool's output, typed, so that each format can show it
// in its own way: "1.2 KiB" in a table, 1228 in JSON and CSV.
#ifndef MAPFILE_TOOLS_COMMON_VALUE_H_
#define MAPFILE_TOOLS_COMMON_VALUE_H_

#include <cstdint>
#include <string>

#include "lib/text/table.h"

namespace mapfile::tools {

class Value {
 public:
  static Value Null() { return Value(Kind::kNull); }
  static Value Bool(bool value) { return Value(Kind::kBool, value ? 1 : 0); }
  static Value Count(std::uint64_t count) { return Value(Kind::kCount, count); }
  static Value Size(std::uint64_t bytes) { return Value(Kind::kSize, bytes); }
  static Value Age(std::uint64_t ns) { return Value(Kind::kAge, ns); }
  // CLOCK_REALTIME: a time of this day in tables, ISO 8601 elsewhere.
  static Value Time(std::uint64_t wall_ns) {
    return Value(Kind::kTime, wall_ns);
  }
  // Any bytes.
  static Value Text(std::string text) {
    return Value(Kind::kText, 0, std::move(text));
  }
  // A JSON document, shown as `shown` in tables; an empty one is null, and
  // nothing in CSV.
  static Value Json(std::string json, std::string shown) {
    Value value(Kind::kJson, 0, std::move(json));
    value.shown_ = std::move(shown);
    return value;
  }

  // The same, in a colour where there are colours.
  Value&& In(text::Style style) && {
    style_ = style;
    return std::move(*this);
  }
  text::Style style() const { return style_; }

  // The same, where what tables show of it has been escaped.
  Value&& WithEscapes() && {
    has_escapes_ = true;
    return std::move(*this);
  }
  bool has_escapes() const { return has_escapes_; }

  // For people; any bytes.
  std::string ForTable() const;
  // For CSV and TSV, before quoting: exact.
  std::string ForCsv() const;
  void AppendJson(std::string& out) const;

 private:
  enum class Kind { kNull, kBool, kCount, kSize, kAge, kTime, kText, kJson };
  explicit Value(Kind kind, std::uint64_t number = 0, std::string text = {})
      : kind_(kind), number_(number), text_(std::move(text)) {}

  Kind kind_;
  text::Style style_ = text::Style::kPlain;
  bool has_escapes_ = false;
  std::uint64_t number_ = 0;
  std::string text_;
  std::string shown_;
};

// The time of day of `wall_ns` where this process is: "16:46:50.123".
std::string LocalTime(std::uint64_t wall_ns);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_VALUE_H_
