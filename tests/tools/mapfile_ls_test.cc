#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

// A file with four records, the names of which are easily confused.
class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file}).status == 0);
    Put("b", "i64", "1");
    Put("det/ecal/energy", "string", std::string(2000, 'x'));
    Put("det/hcal", "f64", "2.5");
    Put("a[1]", "u8", "3");
    REQUIRE(Run({"put", file, "b", "2"}).status == 0);
  }

  std::vector<std::string> Names(std::vector<std::string> words) const {
    words.insert(words.begin(), {"ls", file});
    words.insert(words.end(), {"--fields", "name", "--no-header"});
    return LinesOf(Run(words).out);
  }

  const TempDir dir;
  const std::string file;

 private:
  void Put(const std::string& name, const std::string& type,
           const std::string& value) const {
    REQUIRE(Run({"put", file, name, value, "--type", type}).status == 0);
  }
};

using Lines = std::vector<std::string>;

TEST_CASE_FIXTURE(Fixture, "name, class and size in order of insertion") {
  const Outcome ls = Run({"ls", file});
  CHECK(ls.status == 0);
  CHECK(ls.err.empty());
  CHECK(ls.out ==
        "NAME             CLASS       SIZE\n"
        "b                i64          8 B\n"
        "det/ecal/energy  string  1.97 KiB\n"
        "det/hcal         f64          8 B\n"
        "a[1]             u8           1 B\n");
  CHECK(Run({"ls", file, "-v"}).err == "mapfile-ls: " + file + ": 4 records\n");
}

TEST_CASE_FIXTURE(Fixture, "an empty file") {
  REQUIRE(Run({"create", dir / "empty.map"}).status == 0);
  CHECK(Run({"ls", dir / "empty.map"}).out == "NAME  CLASS  SIZE\n");
  CHECK(Run({"ls", dir / "empty.map", "--json"}).out == "[]\n");
  CHECK(Run({"ls", dir / "empty.map", "--format", "ndjson"}).out.empty());
  CHECK(Run({"ls", dir / "empty.map", "--no-header"}).out.empty());
}

TEST_CASE_FIXTURE(Fixture, "-l adds generation, age, updates, producer") {
  const Lines lines = LinesOf(Run({"ls", file, "-l"}).out);
  REQUIRE(lines.size() == 5);
  for (const char* title : {"NAME", "CLASS", "SIZE", "GEN", "AGE", "UPDATES",
                            "PRODUCER", "BUFFER", "SHAPE"}) {
    CHECK(lines[0].find(title) != std::string::npos);
  }
  CHECK(lines[1].find("closed") != std::string::npos);
  CHECK(Run({"ls", file, "--long"}).status == 0);
}

TEST_CASE_FIXTURE(Fixture, "-l draws the shape of histograms") {
  RunOptions numbers;
  numbers.in = "0.5 1.5 1.5 2.5\n";
  REQUIRE(Run({"put", file, "h", "--histogram", "3,0,3"}, numbers).status == 0);
  CHECK(LinesOf(Run({"ls", file, "h", "-l"}).out).at(1).ends_with("  ▅█▅"));
  CHECK(LinesOf(Run({"ls", file, "h", "-l", "--ascii"}).out)
            .at(1)
            .ends_with("  =#="));
  CHECK(Run({"ls", file, "h", "b", "--fields", "shape", "--no-header"}).out ==
        "▅█▅\n\n");
  CHECK(Run({"ls", file, "h"}).out.find("▅") == std::string::npos);
  RunOptions narrow;
  narrow.environment["COLUMNS"] = "60";
  CHECK(Run({"ls", file, "h", "-l"}, narrow).out.find("SHAPE") ==
        std::string::npos);
  CHECK(Run({"ls", file, "h", "--json"}).out.find("shape") ==
        std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "names, folders and globs") {
  CHECK(Names({}) == Lines{"b", "det/ecal/energy", "det/hcal", "a[1]"});
  CHECK(Names({"b"}) == Lines{"b"});
  CHECK(Names({"/b"}) == Lines{"b"});
  CHECK(Names({"det/hcal", "b"}) == Lines{"det/hcal", "b"});
  CHECK(Names({"det"}) == Lines{"det/ecal/energy", "det/hcal"});
  CHECK(Names({"det/"}) == Lines{"det/ecal/energy", "det/hcal"});
  CHECK(Names({"det/*"}) == Lines{"det/hcal"});
  CHECK(Names({"det/**"}) == Lines{"det/ecal/energy", "det/hcal"});
  CHECK(Names({"?"}) == Lines{"b"});
  CHECK(Names({"a\\[1\\]"}) == Lines{"a[1]"});
  CHECK(Names({"b", "*", "b"}) == Lines{"b", "a[1]"});
}

TEST_CASE_FIXTURE(Fixture, "what means no record is named, the rest shown") {
  const Outcome ls = Run({"ls", file, "none", "b", "x*"});
  CHECK(ls.status == 1);
  CHECK(ls.err == "mapfile-ls: " + file + ": there is no record \"none\"\n" +
                      "mapfile-ls: " + file + ": no record matches \"x*\"\n");
  CHECK(LinesOf(ls.out).size() == 2);
  const Outcome quiet = Run({"ls", file, "none", "-q"});
  CHECK(quiet.status == 1);
  CHECK(quiet.err.empty());
  CHECK(quiet.out.empty());
  CHECK(Run({"ls", file, "[a"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "--sort and -r") {
  CHECK(Names({"--sort", "name"}) ==
        Lines{"a[1]", "b", "det/ecal/energy", "det/hcal"});
  CHECK(Names({"--sort", "size"}).front() == "det/ecal/energy");
  CHECK(Names({"--sort", "size"}).back() == "a[1]");
  CHECK(Names({"--sort", "updates"}).front() == "b");
  CHECK(Names({"--sort", "generation"}).front() == "b");
  CHECK(Names({"--sort", "age"}).size() == 4);
  CHECK(Names({"-r"}) == Lines{"a[1]", "det/hcal", "det/ecal/energy", "b"});
  CHECK(Names({"--reverse", "--sort", "name"}).front() == "det/hcal");
}

TEST_CASE_FIXTURE(Fixture, "JSON has typed values and stable keys") {
  const json all = json::parse(Run({"ls", file, "--json"}).out);
  REQUIRE(all.size() == 4);
  const json& b = all[0];
  CHECK(b["name"] == "b");
  CHECK(b["class"] == "i64");
  CHECK(b["size_bytes"] == 8);
  CHECK(b["generation"].is_number_unsigned());
  CHECK(b["updates"] == 2);
  CHECK(b["producer"] == "closed");
  CHECK(b["age_ns"].is_number_unsigned());
  CHECK(b["title"].is_null());
  CHECK(b["damaged"] == false);
  CHECK(b["slots"] == 3);
  CHECK(b.size() == 19);
  CHECK(all[1]["size_bytes"].get<int>() > 2000);
  // The same with the other words for it.
  CHECK(json::parse(Run({"ls", file, "--format", "json"}).out).size() == 4);
  for (const std::string& line :
       LinesOf(Run({"ls", file, "--format", "ndjson"}).out)) {
    CHECK(json::parse(line).contains("name"));
  }
}

TEST_CASE_FIXTURE(Fixture, "CSV, TSV and --fields") {
  CHECK(
      Run({"ls", file, "--format", "csv", "--fields", "name,size_bytes"}).out ==
      "name,size_bytes\nb,8\ndet/ecal/energy,2016\n"
      "det/hcal,8\na[1],1\n");
  CHECK(Run({"ls", file, "b", "--format", "tsv", "--fields", "class,name",
             "--no-header"})
            .out == "i64\tb\n");
  CHECK(Run({"ls", file, "b", "--fields", "size_bytes,name"}).out ==
        "SIZE  NAME\n 8 B  b\n");
}

TEST_CASE_FIXTURE(Fixture, "width, colour, ASCII") {
  RunOptions narrow;
  narrow.environment["COLUMNS"] = "24";
  for (const std::string& line : LinesOf(Run({"ls", file, "-l"}, narrow).out)) {
    // Characters, not bytes: an ellipsis has three.
    CHECK(std::count_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
          }) <= 24);
  }
  narrow.environment["LC_ALL"] = "C";
  for (const std::string& line : LinesOf(Run({"ls", file}, narrow).out)) {
    CHECK(line.size() <= 24);
  }
  CHECK(Run({"ls", file, "--color", "always"}).out.find("\x1b[") !=
        std::string::npos);
  CHECK(Run({"ls", file}).out.find("\x1b[") == std::string::npos);
  CHECK(Run({"ls", file, "--color=never"}).out == Run({"ls", file}).out);
  REQUIRE(Run({"put", file, "\xc3\xa4", "x"}).status == 0);
  CHECK(Run({"ls", file, "--fields", "name"}).out.find("\xc3\xa4") !=
        std::string::npos);
  CHECK(
      Run({"ls", file, "--fields", "name", "--ascii"}).out.find("\\xc3\\xa4") !=
      std::string::npos);
}

TEST_CASE("a newline in the name of a file") {
  const TempDir dir;
  const Outcome ls = Run({"ls", dir / "a\nb"});
  CHECK(ls.status == 1);
  CHECK(LinesOf(ls.err).size() == 1);
  CHECK(ls.err.find("/a\\nb: ") != std::string::npos);
}

}  // namespace
}  // namespace mapfile::tools
