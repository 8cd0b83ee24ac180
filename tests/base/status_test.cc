#include "mapfile/status.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace mapfile {
namespace {

TEST_CASE("each code has words of its own") {
  std::set<std::string_view> words;
  int code = 1;
  for (; CodeName(static_cast<Code>(code)) != "unknown error"; ++code) {
    words.insert(CodeName(static_cast<Code>(code)));
  }
  CHECK(code - 1 == static_cast<int>(Code::kClosed));
  CHECK(static_cast<int>(words.size()) == code - 1);
  CHECK(CodeName(Code{}) == "unknown error");
  CHECK(CodeName(static_cast<Code>(255)) == "unknown error");
  CHECK(CodeName(Code::kNoSpace) == "no space");
}

TEST_CASE("an error is told where it happened, and stays as it was") {
  const Error error(Code::kBusy, "a living process holds it");
  const Error outer = error.In("energy").In("run.map");
  CHECK(outer.message() == "run.map: energy: a living process holds it");
  CHECK(outer.code() == Code::kBusy);
  CHECK(error.message() == "a living process holds it");
}

TEST_CASE("a copy of an error is its own, and one that was moved is empty") {
  Error first(Code::kBusy, "held");
  const Error copy = first;
  Error moved = std::move(first);
  // NOLINTNEXTLINE: what it is then is documented.
  CHECK(first.message().empty());
  CHECK(copy.message() == "held");
  CHECK(moved.message() == "held");
  first = copy;
  CHECK(first.message() == "held");
  first = Error(Code::kIo, "read");
  CHECK(first.code() == Code::kIo);
  CHECK(copy.code() == Code::kBusy);
  CHECK(Error(std::move(moved)).code() == Code::kBusy);
}

TEST_CASE("a failure goes through results of any type") {
  const auto inner = []() -> Result<int> {
    return Fail(Code::kNotFound, "no record");
  };
  const auto outer = [&]() -> Result<std::string> {
    auto number = inner();
    if (!number) return Fail(std::move(number).error());
    return std::to_string(*number);
  };
  const auto text = outer();
  REQUIRE(!text);
  CHECK(text.error().code() == Code::kNotFound);
  CHECK(text.error().message() == "no record");
}

}  // namespace
}  // namespace mapfile
