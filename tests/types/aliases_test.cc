// Fields that were renamed since a value was stored.
#include "mapfile/alias.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/types/hostile_bytes.h"
#include "tests/types/read_as.h"

namespace mapfile::zoo {
namespace {

// A class that was renamed in, and the one of before, which was told.
struct Newer {
  std::int64_t run = 1;
  double rate_hz = 2;
  std::string note = "none";
};
struct Older {
  std::int32_t run = 3;
  float rate = 4;
};
MAPFILE_DESCRIBE_AS(Newer, "Run", 2, (), run, rate_hz, note)
MAPFILE_ALIAS(Newer, rate_hz, "frequency")
MAPFILE_ALIAS(Newer, rate_hz, "rate")
MAPFILE_ALIAS(Newer, note, "run")
MAPFILE_DESCRIBE_AS(Older, "Run", 1, (), run, rate)
MAPFILE_ALIAS(Older, rate, "rate_hz")

TEST_CASE("a field that was renamed is found by its former name") {
  Older older;
  older.run = 7;
  older.rate = 1.5F;
  Newer newer;
  REQUIRE(Become(older, &newer));
  CHECK(newer.run == 7);
  CHECK(newer.rate_hz == 1.5);  // Wider, too
  CHECK(newer.note == "none");  // "run" is another field's name
  REQUIRE(ReadAs("Run\nclass Run 1 { f64 frequency; }", R"({"frequency": 5})",
                 &newer));
  CHECK(newer.rate_hz == 5);
}

TEST_CASE("the name of before reads the new one, if it is told") {
  Older older;
  REQUIRE(ReadAs("Run\nclass Run 2 { f32 rate_hz; i32 run; string note; }",
                 R"({"rate_hz": 2.5, "run": 8, "note": "x"})", &older));
  CHECK(older.run == 8);
  CHECK(older.rate == 2.5F);
  // Narrower is as wrong under another name.
  const Status narrow = Become(Newer(), &older);
  REQUIRE(!narrow);
  CHECK(narrow.error().code() == Code::kTypeMismatch);
  CHECK(
      Has(narrow.error().message(), "run is stored as i64 and wanted as i32:"));
}

TEST_CASE("its own name goes before the others, in their order") {
  Newer newer;
  REQUIRE(ReadAs("Run\nclass Run 3 { f64 rate; f64 rate_hz; f64 frequency; }",
                 R"({"rate": 1, "rate_hz": 2, "frequency": 3})", &newer));
  CHECK(newer.rate_hz == 2);
  REQUIRE(ReadAs("Run\nclass Run 4 { f64 rate; f64 frequency; }",
                 R"({"rate": 1, "frequency": 3})", &newer));
  CHECK(newer.rate_hz == 3);
  const Status kind =
      ReadAs("Run\nclass Run 5 { string rate; }", R"({"rate": "x"})", &newer);
  REQUIRE(!kind);
  CHECK(Has(kind.error().message(),
            "rate_hz is stored as string and wanted as f64:"));
}

}  // namespace
}  // namespace mapfile::zoo
