#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file, "--max-size", "1M"}).status == 0);
    REQUIRE(Run({"put", file, "a", "one"}).status == 0);
    REQUIRE(Run({"put", file, "b", "two"}).status == 0);
  }
  Outcome Check(std::vector<std::string> words,
                const RunOptions& options = {}) const {
    words.insert(words.begin(), {"check", file});
    return Run(words, options);
  }
  // Changes the bytes of the value of "a".
  void SpoilValue() const {
    std::string bytes = ReadAll(file);
    const std::size_t at = bytes.find("one");
    REQUIRE(at != std::string::npos);
    bytes[at] = 'O';
    WriteAll(file, bytes);
  }
  // Changes a count that can be made afresh: that of records.
  void SpoilCount() const {
    std::string bytes = ReadAll(file);
    bytes[2048 + 8] = 77;
    WriteAll(file, bytes);
  }
  const TempDir dir;
  const std::string file;
};

TEST_CASE_FIXTURE(Fixture, "a whole file gives nothing") {
  const Outcome check = Check({});
  CHECK(check.status == 0);
  CHECK(check.out.empty());
  CHECK(check.err.empty());
  CHECK(json::parse(Check({"--json"}).out) == json::array());
  const Outcome verbose = Check({"-v"});
  CHECK(verbose.err.find("2 records, 1 type, 2 versions") != std::string::npos);
  CHECK(verbose.err.find(": whole\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "damage is listed, and is exit status 4") {
  SpoilValue();
  const Outcome check = Check({});
  CHECK(check.status == 4);
  CHECK(check.out.find("doesn't have its checksum") != std::string::npos);
  CHECK(check.err == "mapfile-check: " + file + ": damaged: 1 finding\n");
  const json found = json::parse(Check({"--json"}).out);
  REQUIRE(found.size() == 1);
  CHECK(found[0]["kind"] == "value");
  CHECK(found[0]["record"] == "a");
  CHECK(found[0]["offset"].get<int>() % 64 == 0);
  CHECK(Check({"-q"}).err.empty());
  CHECK(Check({"-q"}).status == 4);
}

TEST_CASE_FIXTURE(Fixture, "a repair makes counts afresh, after a backup") {
  SpoilCount();
  const std::string before = ReadAll(file);
  CHECK(Check({}).status == 4);
  const Outcome dry = Check({"--repair", "-n"});
  CHECK(dry.status == 0);
  CHECK(dry.err.find("would: made the index of names afresh") !=
        std::string::npos);
  CHECK(ReadAll(file) == before);
  const Outcome repair = Check({"--repair"});
  CHECK(repair.status == 0);
  CHECK(repair.err.find(file + ".bak: the file as it was\n") !=
        std::string::npos);
  CHECK(ReadAll(file + ".bak") == before);
  CHECK(Check({}).status == 0);
  CHECK(Run({"get", file, "a"}).out == "one");
  CHECK(Run({"get", file, "b"}).out == "two");
  const Outcome again = Check({"--repair"});
  CHECK(again.status == 0);
  CHECK(again.err.find("nothing to repair") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "what can't be saved goes only with --drop") {
  SpoilValue();
  const Outcome kept = Check({"--repair", "--no-backup"});
  CHECK(kept.status == 4);
  CHECK(kept.err.find("--drop gives up") != std::string::npos);
  const Outcome dropped =
      Check({"--repair", "--no-backup", "--drop", "--json"});
  CHECK(dropped.status == 0);
  CHECK(dropped.err.find("dropped \"a\", generation 1, string, 19 bytes: its "
                         "value doesn't have its checksum") !=
        std::string::npos);
  const json lines = json::parse(dropped.out);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["kind"] == "dropped");
  CHECK(lines[0]["record"] == "a");
  CHECK(lines[0]["class"] == "string");
  CHECK(lines[0]["generation"] == 1);
  CHECK(lines[0]["size_bytes"] == 19);
  CHECK(Check({}).status == 0);
  CHECK(Run({"get", file, "a"}).status == 1);
  CHECK(Run({"get", file, "b"}).out == "two");
  CHECK_FALSE(std::filesystem::exists(file + ".bak"));
}

TEST_CASE_FIXTURE(Fixture, "what isn't repaired needs no backup") {
  SpoilValue();
  const std::string before = ReadAll(file);
  const Outcome kept = Check({"--repair"});
  CHECK(kept.status == 4);
  CHECK(kept.err.find(".bak") == std::string::npos);
  CHECK_FALSE(std::filesystem::exists(file + ".bak"));
  CHECK(ReadAll(file) == before);
}

TEST_CASE_FIXTURE(Fixture, "a backup never overwrites") {
  SpoilCount();
  WriteAll(file + ".bak", "mine");
  const std::string before = ReadAll(file);
  const Outcome repair = Check({"--repair"});
  CHECK(repair.status == 5);
  CHECK(repair.err.find(file + ".bak") != std::string::npos);
  CHECK(repair.err.find("; --backup puts the copy elsewhere, --no-backup "
                        "makes none\n") != std::string::npos);
  CHECK(ReadAll(file + ".bak") == "mine");
  CHECK(ReadAll(file) == before);
  CHECK(Check({"--repair", "--backup", dir / "other"}).status == 0);
  CHECK(ReadAll(dir / "other") == before);
}

TEST_CASE_FIXTURE(Fixture, "no repair under a living writer") {
  SpoilCount();
  Background demo({"demo", file, "--rate", "5"});
  while (Run({"ls", file, "status"}).status != 0) {
  }
  // A writer has put the count right: it takes other damage.
  const Outcome repair = Check({"--repair"});
  CHECK(repair.status == 5);
  CHECK(repair.err.find("pid " + std::to_string(demo.pid())) !=
        std::string::npos);
  CHECK(Check({"-v"}).err.find("live, ") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "a file that isn't there, words that don't fit") {
  CHECK(Run({"check", dir / "none"}).status == 1);
  CHECK(Run({"check", dir.path()}).status == 2);
  CHECK(Check({"--drop"}).status == 2);
  CHECK(Check({"--repair", "--no-backup", "--backup", "x"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "reading is enough, and nothing is written") {
  namespace fs = std::filesystem;
  // Where anybody may look: not below the home of a root that runs this.
  const fs::path place = "/dev/shm/mapfile-test." + std::to_string(::getpid());
  REQUIRE(fs::create_directory(place));
  const std::string copy = place / "run.map";
  RunOptions nobody;
  nobody.as_nobody = true;
  for (const int status : {0, 4}) {
    fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
    fs::permissions(copy, fs::perms(0644));
    CHECK(Run({"check", copy}, nobody).status == status);
    SpoilCount();
  }
  CHECK(Run({"check", copy, "--repair"}, nobody).status == 3);
  fs::remove_all(place);
}

}  // namespace
}  // namespace mapfile::tools
