#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

constexpr char kState[] =
    "RunState\nclass RunState 1 { i64 run; f64 rate_hz; }";

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file}).status == 0);
  }

  Outcome Put(std::vector<std::string> words,
              const RunOptions& options = {}) const {
    words.insert(words.begin(), {"put", file});
    return Run(words, options);
  }
  std::string Get(const std::string& name) const {
    return Run({"get", file, name, "--json"}).out;
  }
  std::string ClassOf(const std::string& name) const {
    return Run({"ls", file, name, "--fields", "class", "--no-header"}).out;
  }

  const TempDir dir;
  const std::string file;
};

RunOptions Input(std::string in) {
  RunOptions options;
  options.in = std::move(in);
  return options;
}

TEST_CASE_FIXTURE(Fixture, "a new record is a string, then keeps its class") {
  const Outcome put = Put({"note", "beam on"});
  CHECK(put.status == 0);
  CHECK(put.out.empty());
  CHECK(put.err.empty());
  CHECK(ClassOf("note") == "string\n");
  CHECK(Get("note") == "\"beam on\"\n");
  REQUIRE(Put({"n", "5", "--type", "u16"}).status == 0);
  CHECK(Put({"n", "6"}).status == 0);
  CHECK(ClassOf("n") == "u16\n");
  CHECK(Get("n") == "6\n");
  // Another class takes --type.
  CHECK(Put({"n", "six"}).status == 2);
  CHECK(Get("n") == "6\n");
  CHECK(Put({"n", "six", "-t", "string"}).status == 0);
  CHECK(Get("n") == "\"six\"\n");
}

TEST_CASE_FIXTURE(Fixture, "from standard input and files") {
  CHECK(Put({"s", "-"}, Input("two\nlines\n")).status == 0);
  CHECK(Get("s") == "\"two\\nlines\\n\"\n");
  CHECK(Put({"n", "-", "--type", "i64"}, Input(" 42\n")).status == 0);
  CHECK(Get("n") == "42\n");
  WriteAll(dir / "in", "from a file");
  CHECK(Put({"s", "-i", dir / "in"}).status == 0);
  CHECK(Get("s") == "\"from a file\"\n");
  CHECK(Put({"s", "--input", dir / "none"}).status == 1);
  CHECK(Put({"e", ""}).status == 0);
  CHECK(Get("e") == "\"\"\n");
}

TEST_CASE_FIXTURE(Fixture, "values that begin with a dash") {
  CHECK(Put({"n", "-5", "--type", "i64"}).status == 0);
  CHECK(Get("n") == "-5\n");
  CHECK(Put({"s", "--", "--type"}).status == 0);
  CHECK(Get("s") == "\"--type\"\n");
}

TEST_CASE_FIXTURE(Fixture, "values out of range or of another kind") {
  CHECK(Put({"n", "300", "--type", "u8"}).status == 2);
  CHECK(Put({"n", "300", "--type", "u8"}).err.find("300") != std::string::npos);
  CHECK(Put({"n", "-1", "--type", "u64"}).status == 2);
  CHECK(Put({"n", "1.5", "--type", "i32"}).status == 2);
  CHECK(Put({"n", "maybe", "--type", "bool"}).status == 2);
  CHECK(Put({"n", "x", "--type", "Nothing"}).status == 2);
  CHECK(Put({"n", "x", "--class", "Nothing"}).err.find("Nothing") !=
        std::string::npos);
  CHECK(Run({"ls", file, "n"}).status == 1);
}

TEST_CASE_FIXTURE(Fixture, "JSON into described classes") {
  CHECK(
      Put({"state", R"({"run": 7, "rate_hz": 50})", "--json", "--type", kState})
          .status == 0);
  CHECK(ClassOf("state") == "RunState\n");
  // The class is known now: by its name, alone or inside another type.
  CHECK(Put({"other", R"({"run": 8, "rate_hz": 1})", "--json", "--class",
             "RunState"})
            .status == 0);
  CHECK(Put({"many", R"([{"run": 9, "rate_hz": 2}])", "--json", "--type",
             "vector<RunState>"})
            .status == 0);
  CHECK(ClassOf("many") == "vector<RunState>\n");
  // And by the record.
  CHECK(Put({"state", "-", "--json"}, Input(R"({"run": 1, "rate_hz": 2})"))
            .status == 0);
  CHECK(Get("state") == "{\n  \"run\": 1,\n  \"rate_hz\": 2\n}\n");
}

TEST_CASE_FIXTURE(Fixture, "wrong JSON is refused with its position") {
  REQUIRE(
      Put({"state", R"({"run": 7, "rate_hz": 50})", "--json", "--type", kState})
          .status == 0);
  const Outcome syntax = Put({"state", "{\"run\": 7,\n  oops}", "--json"});
  CHECK(syntax.status == 2);
  CHECK(syntax.err.find("line 2, column 3") != std::string::npos);
  const Outcome missing = Put({"state", R"({"run": 7})", "--json"});
  CHECK(missing.status == 2);
  CHECK(missing.err.find("rate_hz") != std::string::npos);
  const Outcome kind =
      Put({"state", R"({"run": "x", "rate_hz": 1})", "--json"});
  CHECK(kind.status == 2);
  CHECK(kind.err.find("run") != std::string::npos);
  CHECK(Put({"new", "1", "--json"}).status == 1);
  CHECK(Put({"state", "plain"}).status == 2);
  CHECK(Get("state").find("7") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "--create-only and --if-generation") {
  CHECK(Put({"a", "1", "--create-only"}).status == 0);
  CHECK(Put({"a", "2", "--create-only"}).status == 5);
  const std::string generation = LinesOf(
      Run({"ls", file, "a", "--fields", "generation", "--no-header"}).out)[0];
  CHECK(Put({"a", "3", "--if-generation", generation}).status == 0);
  CHECK(Put({"a", "4", "--if-generation", generation}).status == 5);
  CHECK(Put({"a", "4", "--if-generation", "0"}).status == 5);
  CHECK(Get("a") == "\"3\"\n");
  CHECK(Put({"b", "5", "--if-generation", "0"}).status == 0);
  CHECK(Put({"c", "5", "--if-generation", "7"}).status == 5);
  CHECK(Run({"ls", file, "c"}).status == 1);
}

TEST_CASE_FIXTURE(Fixture, "--increment") {
  CHECK(Put({"n", "--increment", "5"}).status == 0);
  CHECK(ClassOf("n") == "i64\n");
  const Outcome verbose = Put({"n", "--increment=-7", "-v"});
  CHECK(verbose.status == 0);
  CHECK(
      verbose.err.starts_with("mapfile-put: " + file + ": n: -2, generation "));
  CHECK(Get("n") == "-2\n");
  CHECK(Put({"u", "--increment", "250", "--type", "u8"}).status == 0);
  const Outcome over = Put({"u", "--increment", "6"});
  CHECK(over.status == 2);
  CHECK(over.err.find("u8") != std::string::npos);
  CHECK(Get("u") == "250\n");
  CHECK(Put({"f", "0.5", "--type", "f64"}).status == 0);
  CHECK(Put({"f", "--increment", "0.25"}).status == 0);
  CHECK(Get("f") == "0.75\n");
  CHECK(Put({"n", "--increment", "0.25"}).status == 2);
  CHECK(Put({"s", "text"}).status == 0);
  CHECK(Put({"s", "--increment", "1"}).status == 2);
  CHECK(Put({"n", "1", "--increment", "1"}).status == 2);
  CHECK(Put({"n", "--increment", "1", "--json"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "increments of several processes all count") {
  REQUIRE(Put({"n", "--increment", "0"}).status == 0);
  for (int round = 0; round < 5; ++round) {
    Background a({"put", file, "n", "--increment", "1"});
    Background b({"put", file, "n", "--increment", "1"});
    Background c({"put", file, "n", "--increment", "1"});
    CHECK(a.Wait().status == 0);
    CHECK(b.Wait().status == 0);
    CHECK(c.Wait().status == 0);
  }
  CHECK(Get("n") == "15\n");
}

TEST_CASE_FIXTURE(Fixture, "the file must exist, unless --create") {
  const std::string other = dir / "other.map";
  CHECK(Run({"put", other, "a", "1"}).status == 1);
  CHECK(ReadAll(other).empty());
  CHECK(Run({"put", other, "a", "1", "--create"}).status == 0);
  CHECK(Run({"get", other, "a"}).out == "1");
}

TEST_CASE_FIXTURE(Fixture, "words that contradict each other") {
  CHECK(Put({"a"}).status == 2);
  CHECK(Put({"a"}).err.find("the value is missing") != std::string::npos);
  CHECK(Put({"a", "1", "-i", "x"}).status == 2);
  CHECK(Put({"a", "1", "--raw", "--json"}).status == 2);
  CHECK(Put({"a", "1", "--raw", "--type", "u8"}).status == 2);
  CHECK(Put({"a", "1", "2"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "-v says what was stored") {
  const Outcome put = Put({"a", "1", "-v"});
  CHECK(put.out.empty());
  CHECK(put.err.starts_with("mapfile-put: " + file + ": a: generation "));
}

TEST_CASE("what can't be stored leaves no new file") {
  const TempDir dir;
  const std::string file = dir / "new.map";
  WriteAll(dir / "schema", R"([{"class": "E", "fields": 1}])");
  const std::vector<std::vector<std::string>> wrong = {
      {"n", "1", "--type", "nonsense"},
      {"n", "300", "--type", "u8"},
      {"n", "{", "--class", "Histogram1D"},
      {"n", "x", "--raw"},
      {"a//b", "1"},
      {"n", "--increment", "x"},
      {"n", "--increment", "1", "--type", "string"},
      {"--schema", dir / "schema"},
      {"a//b", "--counter"},
      {"n", "--histogram", "3,2"},
      {"n", "1", "--if-generation", "3"},
      {"n"},
  };
  for (std::vector<std::string> words : wrong) {
    CAPTURE(words[0]);
    words.insert(words.begin(), {"put", file, "--create"});
    const Outcome put = Run(words);
    CHECK(put.status != 0);
    CHECK(put.err.find("trial") == std::string::npos);
    CHECK_FALSE(std::filesystem::exists(file));
  }
  CHECK(Run({"put", file, "--create", "n", "300", "--type", "u8"}).err ==
        "mapfile-put: " + file +
            ": \"n\": 300 is out of range for u8 (0..255)\n");
  const Outcome put = Run({"put", file, "--create", "n", "1", "-v"});
  CHECK(put.status == 0);
  CHECK(put.err == "mapfile-put: " + file + ": n: generation 1\n");
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
    static_cast<void>(entry);
    ++files;
  }
  CHECK(files == 2);
}

TEST_CASE("a new file has its permissions whatever the umask") {
  const TempDir dir;
  const mode_t former = ::umask(077);
  CHECK(Run({"put", dir / "new.map", "--create", "n", "1"}).status == 0);
  ::umask(former);
  CHECK(std::filesystem::status(dir / "new.map").permissions() ==
        std::filesystem::perms(0644));
}

}  // namespace
}  // namespace mapfile::tools
