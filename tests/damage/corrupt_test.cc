// Every file of testdata/corrupt gives the sentences that stand beside it, in
// every tool, and a repair makes of it what can be made.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "mapfile/check.h"
#include "tests/damage/corrupt_files.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

const std::string kFolder = "testdata/corrupt/";

std::string Replace(std::string text, const std::string& from,
                    const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// What a tool says of a file, as it stands in an .expected file.
std::string Say(const std::vector<std::string>& words,
                const std::string& path) {
  const Outcome outcome = Run(words);
  std::string line = "$ mapfile-" + words[0];
  for (std::size_t i = 1; i < words.size(); ++i) line += " " + words[i];
  return Replace(line, path, "FILE") + "\n" +
         Replace(outcome.out + outcome.err, path, "FILE") + "status " +
         std::to_string(outcome.status) + "\n";
}

std::string SayAll(const std::string& path) {
  return Say({"check", path, "--format", "csv", "--no-header", "--fields",
              "kind,offset,record,message"},
             path) +
         Say({"ls", path}, path) + Say({"get", path, "note"}, path);
}

// The file itself stays as it is.
class Copy {
 public:
  explicit Copy(const std::string& name) : path(dir / (name + ".map")) {
    std::filesystem::copy_file(kFolder + name + ".map", path);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
  }
  const TempDir dir;
  const std::string path;
};

TEST_CASE("the files are what their generator makes") {
  for (const auto& file : testing::CorruptFiles()) {
    CAPTURE(file.name);
    CHECK(ReadAll(kFolder + file.name + ".map") == file.bytes);
    CHECK(file.bytes.size() <= 65536);
  }
}

TEST_CASE("check, ls and get say what is expected") {
  const char* const outputs = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR");
  for (const auto& file : testing::CorruptFiles()) {
    CAPTURE(file.name);
    const Copy copy(file.name);
    const std::string said = SayAll(copy.path);
    CHECK(said == ReadAll(kFolder + file.name + ".expected"));
    CHECK(ReadAll(copy.path) == file.bytes);
    // To become the expected ones once somebody has read them.
    if (outputs != nullptr) {
      WriteAll(std::string(outputs) + "/" + file.name + ".expected", said);
    }
  }
}

TEST_CASE("the other tools come back") {
  for (const auto& file : testing::CorruptFiles()) {
    CAPTURE(file.name);
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"print", "F"},
                                               {"print", "F", "**"},
                                               {"watch", "F", "-t", "20ms"},
                                               {"rm", "F", "state"},
                                               {"put", "F", "note", "new"},
                                               {"put", "F", "fresh", "new"}}) {
      CAPTURE(words[0]);
      const Copy copy(file.name);
      std::vector<std::string> run = words;
      run[1] = copy.path;
      const Outcome outcome = Run(run);
      CAPTURE(outcome.err);
      CHECK(outcome.status >= 0);
      CHECK(outcome.status <= 5);
    }
  }
}

TEST_CASE("a repair leaves a file that is whole, or says why not") {
  for (const auto& file : testing::CorruptFiles()) {
    CAPTURE(file.name);
    const Copy copy(file.name);
    const Outcome repair =
        Run({"check", copy.path, "--repair", "--drop", "--no-backup"});
    CAPTURE(repair.err);
    const std::string& name = file.name;
    const bool is_hopeless =
        name == "empty" || name == "bad-magic" || name == "truncated-header" ||
        name.starts_with("future") || name == "other-byte-order";
    CHECK(repair.status == (is_hopeless ? 4 : 0));
    if (is_hopeless) {
      CHECK(ReadAll(copy.path) == file.bytes);
      continue;
    }
    CHECK(Run({"check", copy.path}).status == 0);
    CHECK(Run({"put", copy.path, "note", "again"}).status == 0);
    CHECK(Run({"get", copy.path, "note"}).out == "again");
    CHECK(Run({"check", copy.path}).status == 0);
  }
}

// A watch that runs while `damage` is done to the file that it watches.
template <class F>
Outcome WatchWhile(F&& damage) {
  const TempDir dir;
  const std::string path = dir / "run.map";
  REQUIRE(Run({"create", path, "--max-size", "1M"}).status == 0);
  REQUIRE(Run({"put", path, "a", "first"}).status == 0);
  Background watch({"watch", path, "--initial", "--no-header"});
  CHECK(watch.ReadLine().find("first") != std::string::npos);
  damage(path);
  return watch.Wait();
}

TEST_CASE("a watched file may be truncated") {
  for (const std::uintmax_t size : {0, 4096, 30000}) {
    CAPTURE(size);
    const Outcome watch = WatchWhile([&](const std::string& path) {
      std::filesystem::resize_file(path, size);
    });
    CAPTURE(watch.err);
    // What is left may be enough to sleep on; killed it never is.
    CHECK(watch.status <= 5);
    if (size < 20000) {
      CHECK(watch.status == 3);
      CHECK(watch.err.find("truncated") != std::string::npos);
    }
  }
}

TEST_CASE("a watched file may be overwritten") {
  const Outcome watch = WatchWhile([](const std::string& path) {
    std::FILE* const file = std::fopen(path.c_str(), "r+");
    REQUIRE(file != nullptr);
    const std::string garbage(20'000, '\x5a');
    CHECK(std::fwrite(garbage.data(), 1, garbage.size(), file) ==
          garbage.size());
    std::fclose(file);
  });
  CAPTURE(watch.err);
  CHECK(watch.status <= 5);
}

TEST_CASE("ls and check come back while a file shrinks and grows") {
  const TempDir dir;
  const std::string path = dir / "run.map";
  const std::string good = ReadAll(kFolder + "lock-of-nobody.map");
  WriteAll(path, good);
  std::atomic<bool> done = false;
  std::thread shrinker([&] {
    for (std::size_t i = 0; !done; ++i) {
      std::filesystem::resize_file(path, (i * 4093) % good.size());
      std::filesystem::resize_file(path, good.size());
    }
  });
  for (int i = 0; i < 30; ++i) {
    CHECK(Run({"ls", path}).status <= 5);
    CHECK(Run({"check", path}).status <= 5);
  }
  done = true;
  shrinker.join();
}

}  // namespace
}  // namespace mapfile::tools
