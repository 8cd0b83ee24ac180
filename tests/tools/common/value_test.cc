#include "tools/common/value.h"

#include <doctest/doctest.h>

namespace mapfile::tools {
namespace {

std::string Json(const Value& value) {
  std::string out;
  value.AppendJson(out);
  return out;
}

TEST_CASE("people and machines see the same value differently") {
  CHECK(Value::Size(1536).ForTable() == "1.5 KiB");
  CHECK(Value::Size(1536).ForCsv() == "1536");
  CHECK(Json(Value::Size(1536)) == "1536");
  CHECK(Value::Age(2'500'000'000).ForTable() == "2 s");
  CHECK(Json(Value::Age(2'500'000'000)) == "2500000000");
  CHECK(Value::Null().ForTable() == "-");
  CHECK(Value::Null().ForCsv().empty());
  CHECK(Json(Value::Null()) == "null");
  CHECK(Value::Bool(true).ForTable() == "yes");
  CHECK(Json(Value::Bool(true)) == "true");
  CHECK(Json(Value::Bool(false)) == "false");
  CHECK(Json(Value::Count(18446744073709551615u)) == "18446744073709551615");
}

TEST_CASE("text is quoted in JSON, and any bytes survive") {
  CHECK(Json(Value::Text("a\"b\n")) == "\"a\\\"b\\n\"");
  CHECK(Json(Value::Text("\xff")) == "{\"$bytes\": \"/w==\"}");
  CHECK(Value::Text("a\"b").ForCsv() == "a\"b");
}

TEST_CASE("a JSON value is embedded as it is") {
  const Value value = Value::Json("[1, 2]", "two numbers");
  CHECK(Json(value) == "[1, 2]");
  CHECK(value.ForCsv() == "[1, 2]");
  CHECK(value.ForTable() == "two numbers");
}

TEST_CASE("no JSON is null, but nothing in CSV") {
  const Value value = Value::Json("", "(removed)");
  CHECK(Json(value) == "null");
  CHECK(value.ForCsv().empty());
  CHECK(value.ForTable() == "(removed)");
}

TEST_CASE("times") {
  // 2026-11-23 16:46:50.123 UTC.
  const std::uint64_t wall_ns = 1795452410'123456789;
  CHECK(Json(Value::Time(wall_ns)) == "\"2026-11-23T16:46:50.123Z\"");
  const std::string shown = Value::Time(wall_ns).ForTable();
  CHECK(shown.size() == 12);
  CHECK(shown.ends_with(":50.123"));
}

}  // namespace
}  // namespace mapfile::tools
