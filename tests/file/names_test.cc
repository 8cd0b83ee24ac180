#include "lib/file/names.h"

#include <doctest/doctest.h>

#include <string>

namespace mapfile::file {
namespace {

std::string Name(std::string_view directory, std::string_view name) {
  std::string storage;
  const auto resolved = ResolveName(directory, name, storage);
  return resolved ? std::string(*resolved)
                  : "error: " + resolved.error().message();
}

Code CodeOf(std::string_view name) {
  std::string storage;
  const auto resolved = ResolveName("", name, storage);
  REQUIRE(!resolved);
  return resolved.error().code();
}

TEST_CASE("names count from the current directory") {
  CHECK(Name("", "energy") == "energy");
  CHECK(Name("ecal", "energy") == "ecal/energy");
  CHECK(Name("ecal/front", "../energy") == "ecal/energy");
  CHECK(Name("ecal", "./energy") == "ecal/energy");
  CHECK(Name("ecal", "/energy") == "energy");
  CHECK(Name("", "a b\tc") == "a b\tc");
}

TEST_CASE("what can't be a name is refused with the reason") {
  for (const char* name : {"", "/", "a/", "a//b", "..", "../a", ".", "a/.."}) {
    CAPTURE(name);
    CHECK(CodeOf(name) == Code::kInvalidArgument);
  }
  CHECK(CodeOf(std::string_view("a\0b", 3)) == Code::kInvalidArgument);
  CHECK(Name("", "a//b") == "error: an element of the path is empty");
}

TEST_CASE("a name has at most 255 bytes, its directory included") {
  const std::string longest(255, 'x');
  CHECK(Name("", longest) == longest);
  CHECK(CodeOf(longest + "y") == Code::kInvalidArgument);
  CHECK(Name("d", longest).find("257 bytes") != std::string::npos);
}

TEST_CASE("folders") {
  CHECK(ResolveFolder("ecal", "").value() == "ecal");
  CHECK(ResolveFolder("ecal", "/").value() == "");
  CHECK(ResolveFolder("ecal", "..").value() == "");
  CHECK(ResolveFolder("", "ecal/").value() == "ecal");
  CHECK(!ResolveFolder("", ".."));
}

TEST_CASE("what lies below a folder") {
  CHECK(Below("", "a/b") == "a/b");
  CHECK(Below("a", "a/b") == "b");
  CHECK(Below("a", "a") == "");
  CHECK(Below("a", "ab/c") == "");
  CHECK(Below("a/b", "a/b/c/d") == "c/d");
}

TEST_CASE("quoted names can't harm a terminal") {
  CHECK(Quoted("energy") == "\"energy\"");
  CHECK(Quoted("\x1b[2J\n").find('\x1b') == std::string::npos);
  CHECK(Quoted(std::string(300, 'x')).size() < 80);
}

}  // namespace
}  // namespace mapfile::file
