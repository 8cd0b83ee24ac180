#include "tools/common/portable.h"

#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

constexpr char kNode[] = "Node\nclass Node 1 { i32 v; Node* next; }";
constexpr char kCycle[] = "{\"$class\": \"Node\", \"v\": 1, \"next\": null}";

std::string Portable(const MapFile& file, std::string_view name) {
  const auto raw = file.GetRaw(name);
  REQUIRE(raw);
  const auto portable = ToPortable(file, *raw);
  REQUIRE(portable);
  return *portable;
}

TEST_CASE_FIXTURE(TestFile, "bytes and class, as documented") {
  Put("n", "u16", "258");
  CHECK(Portable(file, "n") ==
        std::string("mapfile-value 1 bytes 1 2\n3\nu16\x02\x01"));
}

TEST_CASE_FIXTURE(TestFile, "back into the same bytes") {
  Put("a", "map<string,vector<f64>>", "{\"x\": [1, 2]}");
  const auto value = FromPortable(file, Portable(file, "a"));
  REQUIRE(value);
  CHECK(value->type->name() == "map<string,vector<f64>>");
  CHECK(value->bytes == file.GetRaw("a")->bytes);
}

TEST_CASE_FIXTURE(TestFile, "pointers find their classes in another file") {
  Put("list",
      std::string("Holder\nclass Holder 1 { Node* first; }\n") + (kNode + 5),
      std::string("{\"first\": ") + kCycle + "}");
  const std::string portable = Portable(file, "list");
  CHECK(portable.starts_with("mapfile-value 1 json 2 "));
  TestFile other;
  other.Put("unrelated", "P\nclass P 1 { f64 x; }", "{\"x\": 1}");
  const auto value = FromPortable(other.file, portable);
  REQUIRE(value);
  REQUIRE(other.file.PutRaw("list", *value->type, value->bytes));
  CHECK(other.Json("list") == Json("list"));
}

TEST_CASE_FIXTURE(TestFile, "what isn't such a value") {
  Put("a", "vector<string>", "[\"x\", \"y\"]");
  const std::string good = Portable(file, "a");
  for (std::size_t size = 0; size < good.size(); ++size) {
    CHECK(FromPortable(file, good.substr(0, size)).error().code() ==
          Code::kInvalidArgument);
  }
  for (const char* bad : {"mapfile-value 2 bytes 1 2\n3\nu16xx",
                          "mapfile-value 1 zip 1 2\n3\n"
                          "u16xx",
                          "mapfile-value 1 bytes 0 2\nxx",
                          "mapfile-value 1 bytes 99999999999 2\nxx",
                          "mapfile-value 1 bytes 1 2\n999999\nu16xx",
                          "mapfile-value 1 bytes 1 2\n4\nu161xx"}) {
    CAPTURE(std::string(bad));
    CHECK(FromPortable(file, bad).error().code() == Code::kInvalidArgument);
  }
  // Bytes that don't make a value of their type.
  CHECK(
      FromPortable(file, "mapfile-value 1 bytes 1 1\n3\nu16x").error().code() ==
      Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::tools
