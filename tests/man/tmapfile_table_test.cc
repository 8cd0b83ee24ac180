// Each row of "COMING FROM TMAPFILE" in man/mapfile.3 has its test, and each
// test its row.
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <string>

namespace mapfile {
namespace {

using Names = std::set<std::string>;

// .It TMapFile::Add Ta ...
Names NamesInPage() {
  std::ifstream page("man/mapfile.3");
  REQUIRE(page);
  Names names;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(".Sh ")) inside = line == ".Sh COMING FROM TMAPFILE";
    if (!inside || !line.starts_with(".It TMap")) continue;
    const std::size_t end = line.find(" Ta ");
    REQUIRE(end != std::string::npos);
    CHECK(names.insert(line.substr(4, end - 4)).second);
  }
  return names;
}

// TEST_CASE("TMapFile::Add") {
Names NamesInTests() {
  Names names;
  for (const char* path : {"tests/file/coming_from_tmapfile_objects_test.cc",
                           "tests/file/coming_from_tmapfile_mapping_test.cc",
                           "tests/file/coming_from_tmaprec_test.cc"}) {
    std::ifstream source(path);
    REQUIRE(source);
    for (std::string line; std::getline(source, line);) {
      if (!line.starts_with("TEST_CASE(\"")) continue;
      std::string name = line.substr(11, line.rfind('"') - 11);
      std::erase(name, '\\');
      CHECK(names.insert(name).second);
    }
  }
  return names;
}

TEST_CASE("the page and the tests have the same rows") {
  const Names page = NamesInPage();
  const Names tests = NamesInTests();
  CHECK(page.size() > 45);
  for (const std::string& name : page) {
    CAPTURE(name);
    CHECK(tests.count(name) == 1);
  }
  for (const std::string& name : tests) {
    CAPTURE(name);
    CHECK(page.count(name) == 1);
  }
}

}  // namespace
}  // namespace mapfile
