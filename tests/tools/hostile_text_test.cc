// Whatever a file says, it is shown and never obeyed: no tool sends a byte of
// it to a terminal that could do anything there.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mapfile/mapfile.h"
#include "tests/tools/cli.h"

namespace mapfile {
namespace {

// Sets a title, colours, goes back in the line, deletes, turns the text round;
// as escapes of one byte and of two.
const std::string kEvil =
    "\x1b]0;owned\x07\x1b[31m\x1b[2J\x08\x7f\xc2\x9b"
    "5m\xe2\x80\xae\x9b\r\n!";

struct Note {
  std::string text;
  std::map<std::string, std::string> words;
};
MAPFILE_DESCRIBE(Note, 1, text, words)

// Empty, or the first thing in `text` that a terminal would obey.
std::string Commands(const std::string& text) {
  for (const char* part :
       {"\x1b", "\x07", "\x08", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\x9b"}) {
    if (text.find(part) != std::string::npos) {
      return "byte " + std::to_string(static_cast<unsigned char>(*part)) +
             " at " + std::to_string(text.find(part));
    }
  }
  return {};
}

// A file in which all that can be a text is hostile.
class Fixture {
 public:
  Fixture() : path(dir / "run.map") {
    auto file =
        MapFile::Open(path, {.mode = Mode::kCreate, .title = kEvil + " title"});
    REQUIRE(file);
    AddOptions add;
    add.title = kEvil + " record title";
    add.unit = kEvil.substr(0, 20);
    add.description = kEvil + " description";
    REQUIRE(file->Put(kEvil + "/name", kEvil + " string", {.add = add}));
    REQUIRE(file->Put("note", Note{kEvil, {{kEvil, kEvil}}}, {.add = add}));
    REQUIRE(file->Put("list", std::vector<std::string>(3, kEvil)));
    REQUIRE(file->Put("number", 7, {.add = add}));
    REQUIRE(file->Close());
    Scribble(136, kEvil.substr(0, 31));         // The creator
    Scribble(12288 + 32, kEvil.substr(0, 31));  // The writer's command
    quiet.environment = {{"TERM", "xterm"}, {"NO_COLOR", "1"}};
  }

  // Over the file's bytes.
  void Scribble(std::streamoff offset, const std::string& bytes) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(offset);
    file << bytes;
  }

  std::vector<std::vector<std::string>> Uses() const {
    return {{"ls", path},
            {"ls", path, "-l"},
            {"ls", path, "--format", "csv"},
            {"ls", path, "--format", "tsv"},
            {"ls", path, "--json"},
            {"ls", path, "--format", "ndjson"},
            {"print", path},
            {"print", path, "**"},
            {"print", path, "**", "--json"},
            {"get", path, kEvil + "/name"},
            {"get", path, "note"},
            {"get", path, "note", "--json"},
            {"get", path, kEvil + "/none"},
            {"get", path, "number", "--generation", "99"},
            {"put", path, "number", kEvil},
            {"put", path, "number", "8", "--if-generation", "99", "-v"},
            {"put", path, kEvil + "/other", "1", "-v"},
            {"rm", path, kEvil + "/none"},
            {"rm", path, kEvil + "/other", "-v"},
            {"create", path, "--title", kEvil},
            {"create", dir / kEvil, "-v"},
            {"ls", dir / (kEvil + "none")},
            {"watch", path, "--initial", "-t", "50ms", "--format", "csv"},
            {"watch", path, "--initial", "-t", "50ms", "--json"}};
  }

  const tools::TempDir dir;
  const std::string path;
  tools::RunOptions quiet;
};

TEST_CASE_FIXTURE(Fixture, "on a terminal") {
  for (const auto& use : Uses()) {
    const std::string shown = tools::RunOnTerminal(use, 100, "", quiet);
    CAPTURE(use[0]);
    CAPTURE(use.back());
    CAPTURE(shown);
    CHECK(!shown.empty());
    CHECK(Commands(shown) == "");
  }
}

TEST_CASE_FIXTURE(Fixture, "standard error, wherever it goes") {
  for (const auto& use : Uses()) {
    CAPTURE(use[0]);
    const tools::Outcome outcome = tools::Run(use, quiet);
    CHECK(Commands(outcome.err) == "");
    CHECK(outcome.status < 128);
  }
}

TEST_CASE_FIXTURE(Fixture, "the colours of a tool are its own") {
  quiet.environment = {{"TERM", "xterm"}};
  for (const auto& use : Uses()) {
    const std::string shown = tools::RunOnTerminal(use, 100, "", quiet);
    CAPTURE(shown);
    for (const char* part : {"\x1b]", "\x07", "\x1b[31m\x1b[2J", "\xc2\x9b"}) {
      CHECK(shown.find(part) == std::string::npos);
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "JSON is JSON, and escapes control characters") {
  for (const std::vector<std::string>& use :
       {std::vector<std::string>{"ls", path, "--json"},
        {"print", path, "--json"},
        {"print", path, "**", "--json"},
        {"get", path, "note", "--json"}}) {
    CAPTURE(use[0]);
    const tools::Outcome outcome = tools::Run(use);
    CHECK(outcome.status == 0);
    CHECK(nlohmann::json::accept(outcome.out));
    CHECK(outcome.out.find('\x1b') == std::string::npos);
  }
}

TEST_CASE_FIXTURE(Fixture, "a damaged description of a class") {
  const std::string bytes = tools::ReadAll(path);
  const std::size_t place = bytes.find("class Note");
  REQUIRE(place != std::string::npos);
  Scribble(static_cast<std::streamoff>(place + 6), "\x1b[3m");
  for (const auto& use : Uses()) {
    CAPTURE(use[0]);
    const std::string shown = tools::RunOnTerminal(use, 100, "", quiet);
    CHECK(Commands(shown) == "");
  }
}

TEST_CASE_FIXTURE(Fixture, "a living writer with a hostile name") {
  tools::Background demo({"demo", path, "--duration", "20s"});
  demo.ReadErrorLine();
  // It has the first free slot.
  for (int slot = 0; slot < 4; ++slot) {
    Scribble(12288 + slot * 256 + 32, kEvil.substr(0, 31));
  }
  for (const std::vector<std::string>& use :
       {std::vector<std::string>{"create", path, "--force"},
        {"ls", path, "-l"},
        {"print", path},
        {"print", path, "status"}}) {
    CAPTURE(use[0]);
    const std::string shown = tools::RunOnTerminal(use, 100, "", quiet);
    CHECK(Commands(shown) == "");
  }
}

}  // namespace
}  // namespace mapfile
