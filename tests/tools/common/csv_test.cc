#include "tools/common/csv.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace mapfile::tools {
namespace {

std::string ErrorOf(std::string_view text) {
  const auto table = CsvTable::Parse(text);
  return table ? "" : table.error().message();
}

TEST_CASE("what is written is read") {
  constexpr double kMax = std::numeric_limits<double>::max();
  CsvWriter out;
  out.Text("a").Text("b,\"c\"\n").Text("d");
  out.EndLine();
  out.Number(0.1).Number(-kMax).Number(-INFINITY);
  out.EndLine();
  out.Integer(INT64_MIN).Count(UINT64_MAX).Text("");
  out.EndLine();
  const std::string text = std::move(out).Take();
  CHECK(text.starts_with("a,\"b,\"\"c\"\"\n\",d\n0.1,"));
  const auto table = CsvTable::Parse(text);
  REQUIRE(table);
  REQUIRE(table->rows() == 2);
  CHECK(table->Find("b,\"c\"\n") == 1);
  CHECK(table->Number(0, 0) == 0.1);
  CHECK(table->Number(0, 1) == -kMax);
  CHECK(table->Number(0, 2) == -INFINITY);
  CHECK(table->Integer(1, 0) == INT64_MIN);
  CHECK(table->Count(1, 1) == UINT64_MAX);
  CHECK(table->At(1, 2).empty());
  CHECK(table->line(0) == 3);
}

TEST_CASE("as other programs write it") {
  const auto table = CsvTable::Parse("x,y\r\n\r\n\"1\",2\r\n3,\"a\"\"b\"");
  REQUIRE(table);
  REQUIRE(table->rows() == 2);
  CHECK(table->Number(0, 0) == 1);
  CHECK(table->At(1, 1) == "a\"b");
  // Of one column an empty line is a field.
  CHECK(CsvTable::Parse("name\n\na\n")->rows() == 2);
  CHECK(CsvTable::Parse("a,b\n")->rows() == 0);
}

TEST_CASE("what is wrong is named with its line") {
  CHECK(ErrorOf("") == "line 1: there is no line of titles");
  CHECK(ErrorOf("a,b\n1,2\n3\n") == "line 3: 1 fields below 2 titles");
  CHECK(ErrorOf("a,a\n") == "line 1: column \"a\" is there twice");
  CHECK(ErrorOf("a,b\n\"1\n\n,2") == "line 2: a quote that isn't closed");
  CHECK(ErrorOf("a,b\n\"1\"x,2") == "line 2: text behind a closing quote");
  const auto table = CsvTable::Parse("a,b\n\"1\n\",x\n,2.5\n");
  REQUIRE(table);
  CHECK(table->Number(0, 1).error().message() ==
        "line 2, column b: \"x\" is no number");
  CHECK(table->Number(1, 0).error().message() ==
        "line 4, column a: \"\" is no number");
  CHECK(table->Count(1, 1).error().message().starts_with(
      "line 4, column b: \"2.5\" is no whole number"));
  CHECK(table->Need("c").error().message() ==
        "line 1: there is no column \"c\"");
  CHECK(table->CheckColumns({"a", "c"}).error().message() ==
        "line 1: column \"b\" is none of a, c");
}

}  // namespace
}  // namespace mapfile::tools
