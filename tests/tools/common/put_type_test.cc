#include "tools/common/put_type.h"

#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

TEST_CASE_FIXTURE(TestFile, "types that need no file") {
  CHECK((*ParsePutType(file, "u8"))->name() == "u8");
  CHECK((*ParsePutType(file, "vector<f64>"))->name() == "vector<f64>");
  CHECK((*ParsePutType(file, "P\nclass P 1 { f64 x; }"))->name() == "P");
}

TEST_CASE_FIXTURE(TestFile, "classes that the file describes") {
  Put("e", "vector<Event>\nclass Event 1 { Hit hit; }\nclass Hit 1 { f32 e; }",
      "[]");
  const auto event = ParsePutType(file, "Event");
  REQUIRE(event);
  CHECK((*event)->text() ==
        "Event\nclass Event 1 { Hit hit; }\nclass Hit 1 { f32 e; }");
  const auto both = ParsePutType(file, "map<string,Event>");
  REQUIRE(both);
  CHECK((*both)->classes().size() == 2);
  // The newest description of a name.
  Put("h", "Hit\nclass Hit 2 { f64 e; }", "{\"e\": 1}");
  CHECK((*ParsePutType(file, "Hit"))->text() == "Hit\nclass Hit 2 { f64 e; }");
}

TEST_CASE_FIXTURE(TestFile, "classes that nobody knows") {
  for (const char* text : {"Nothing", "vector<Nothing>", "", "vector<", "u7"}) {
    CAPTURE(std::string(text));
    const auto type = ParsePutType(file, text);
    REQUIRE_FALSE(type);
    CHECK(type.error().code() == Code::kInvalidArgument);
  }
}

}  // namespace
}  // namespace mapfile::tools
