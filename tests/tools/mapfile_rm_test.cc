#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;
using Lines = std::vector<std::string>;

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file}).status == 0);
    for (const char* name : {"a", "b", "tmp/x", "tmp/deep/y"}) {
      REQUIRE(Run({"put", file, name, "1"}).status == 0);
    }
  }
  Outcome Rm(std::vector<std::string> words, const char* in = "") const {
    words.insert(words.begin(), {"rm", file});
    RunOptions options;
    options.in = in;
    return Run(words, options);
  }
  Lines Names() const {
    return LinesOf(Run({"ls", file, "--fields", "name", "--no-header"}).out);
  }
  const TempDir dir;
  const std::string file;
};

TEST_CASE_FIXTURE(Fixture, "names and globs") {
  const Outcome rm = Rm({"a"});
  CHECK(rm.status == 0);
  CHECK(rm.out.empty());
  CHECK(rm.err.empty());
  CHECK(Names() == Lines{"b", "tmp/x", "tmp/deep/y"});
  CHECK(Rm({"tmp/*"}).status == 0);
  CHECK(Names() == Lines{"b", "tmp/deep/y"});
  CHECK(Rm({"**"}).status == 0);
  CHECK(Names().empty());
}

TEST_CASE_FIXTURE(Fixture, "a missing record is named, the rest removed") {
  const Outcome rm = Rm({"none", "a"});
  CHECK(rm.status == 1);
  CHECK(rm.err == "mapfile-rm: " + file + ": there is no record \"none\"\n");
  CHECK(Names() == Lines{"b", "tmp/x", "tmp/deep/y"});
  CHECK(Rm({"none", "-f"}).status == 0);
  CHECK(Rm({"x*", "--force"}).err.empty());
}

TEST_CASE_FIXTURE(Fixture, "the exact name wins over the glob") {
  for (const char* name : {"ch1", "ch[1]", "b*", "[x", R"(b\s)"}) {
    REQUIRE(Run({"put", file, name, "1"}).status == 0);
  }
  CHECK(Rm({"ch[1]", "b*", "[x", R"(b\s)"}).status == 0);
  CHECK(Names() == Lines{"a", "b", "tmp/x", "tmp/deep/y", "ch1"});
  const Outcome wrong = Rm({"a", "[x"});
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("mapfile-rm: \"[x\": '[' without ']'\n") == 0);
  CHECK(Rm({"ch[1]", "b*"}).status == 0);
  CHECK(Names() == Lines{"a", "tmp/x", "tmp/deep/y"});
}

TEST_CASE_FIXTURE(Fixture, "a folder takes a glob") {
  const Outcome rm = Rm({"tmp"});
  CHECK(rm.status == 2);
  CHECK(rm.err.find("\"tmp/**\"") != std::string::npos);
  CHECK(Rm({"tmp", "-f"}).status == 2);
  CHECK(Names().size() == 4);
  CHECK(Rm({"tmp/**"}).status == 0);
  CHECK(Names() == Lines{"a", "b"});
}

TEST_CASE_FIXTURE(Fixture, "-i asks for each") {
  const Outcome rm = Rm({"-i", "a", "b", "tmp/x"}, "y\nn\n");
  CHECK(rm.status == 0);
  CHECK(rm.err.find("remove \"a\"? [y/N]") != std::string::npos);
  CHECK(Names() == Lines{"b", "tmp/x", "tmp/deep/y"});
}

TEST_CASE_FIXTURE(Fixture, "-i with no to all is a failure") {
  const Outcome no = Rm({"-i", "a", "b"}, "n\nno\n");
  CHECK(no.status == 1);
  CHECK(no.err.ends_with("mapfile-rm: nothing was removed\n"));
  CHECK(Rm({"-i", "a"}).status == 1);  // Nobody answers
  CHECK(Names().size() == 4);
  CHECK(Rm({"-i", "-n", "a"}).status == 0);
  CHECK(Rm({"-i", "-f", "x*"}).status == 0);
}

TEST_CASE_FIXTURE(Fixture, "-n lists and removes nothing") {
  const Outcome rm = Rm({"-n", "tmp/**"});
  CHECK(rm.status == 0);
  CHECK(LinesOf(rm.out).size() == 3);
  CHECK(Names().size() == 4);
  const json dry = json::parse(Rm({"--dry-run", "a", "--json"}).out);
  CHECK(dry == json::parse(R"([{"name": "a", "class": "string",
                                "size_bytes": 17, "removed": false}])"));
}

TEST_CASE_FIXTURE(Fixture, "-v and formats list what was removed") {
  CHECK(LinesOf(Rm({"a", "-v"}).out).size() == 2);
  CHECK(Rm({"b", "--format", "csv", "--fields", "name,removed"}).out ==
        "name,removed\nb,true\n");
}

TEST_CASE_FIXTURE(Fixture, "--all wants -f where nobody can be asked") {
  const Outcome rm = Rm({"--all"});
  CHECK(rm.status == 2);
  CHECK(rm.err.find("all 4 records") != std::string::npos);
  CHECK(rm.err.find("-f") != std::string::npos);
  CHECK(Names().size() == 4);
  CHECK(Rm({"--all", "-n"}).status == 0);
  CHECK(Names().size() == 4);
  CHECK(Rm({"-a", "-f"}).status == 0);
  CHECK(Names().empty());
  CHECK(Rm({"--all", "-f"}).status == 0);
}

TEST_CASE_FIXTURE(Fixture, "--all of one record") {
  REQUIRE(Rm({"b", "tmp/**"}).status == 0);
  CHECK(Rm({"--all"}).err.find("remove the only record of " + file) !=
        std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "words that contradict each other") {
  CHECK(Rm({}).status == 2);
  CHECK(Rm({"a", "--all", "-f"}).status == 2);
  CHECK(Names().size() == 4);
}

}  // namespace
}  // namespace mapfile::tools
