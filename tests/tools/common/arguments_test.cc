#include "tools/common/arguments.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

struct Words {
  std::string file;
  std::optional<std::string> value;
  std::vector<std::string> names;
  std::optional<std::string> title;
  std::optional<std::uint64_t> size;
  std::optional<std::uint64_t> count;
  std::optional<std::chrono::nanoseconds> timeout;
  std::string sort;
  double rate = 0;
  bool flag = false;
};

// Parses `words` after the tool's name; the message of the error, or empty.
std::string Parse(Words& to, std::initializer_list<const char*> words) {
  Arguments args("tool", "Does it.");
  args.Positional("FILE", &to.file, "a file");
  args.List("NAME", &to.names, "names");
  args.Text("--title", "TEXT", &to.title, "a title");
  args.Size("--size", &to.size, "a size");
  args.Count("-n,--count", &to.count, "a count");
  args.Duration("--timeout", &to.timeout, "a time");
  args.Choice("--sort", "KEY", {"name", "size"}, &to.sort, "order");
  args.Number("--rate", "HZ", 1, 10, &to.rate, "a rate");
  args.Flag("-f,--flag", &to.flag, "a flag");
  std::vector<const char*> argv = {"tool"};
  argv.insert(argv.end(), words);
  const Status status = args.Parse(static_cast<int>(argv.size()), argv.data());
  return status ? "" : status.error().message();
}

TEST_CASE("every kind of word") {
  Words w;
  CHECK(
      Parse(w, {"run.map", "a", "--size", "64M", "-n5", "--timeout=250ms", "b",
                "--sort", "size", "--rate", "2.5", "-f", "--title", ""}) == "");
  CHECK(w.file == "run.map");
  CHECK(w.names == std::vector<std::string>{"a", "b"});
  CHECK(w.size == 64u << 20);
  CHECK(w.count == 5);
  CHECK(w.timeout == std::chrono::milliseconds(250));
  CHECK(w.sort == "size");
  CHECK(w.rate == 2.5);
  CHECK(w.flag);
  CHECK(w.title == "");
}

TEST_CASE("globs, JSON and odd words arrive as they were given") {
  Words w;
  CHECK(Parse(w, {"[f]", "[a,b]", "{}", "", "%%", "-5", "a,b", "--", "-x",
                  "--title"}) == "");
  CHECK(w.file == "[f]");
  CHECK(w.names == std::vector<std::string>{"[a,b]", "{}", "", "%%", "-5",
                                            "a,b", "-x", "--title"});
  CHECK_FALSE(w.title);
  Words v;
  CHECK(Parse(v, {"f", "--title", "[1,2]", "--title={}"}) == "");
  CHECK(v.title == "{}");
}

TEST_CASE("the last of several counts") {
  Words w;
  CHECK(Parse(w, {"f", "-n", "1", "-n", "2", "-f", "-f"}) == "");
  CHECK(w.count == 2);
}

TEST_CASE("what is wrong is named") {
  const auto error = [](std::initializer_list<const char*> words) {
    Words w;
    return Parse(w, words);
  };
  CHECK(error({}) == "FILE is missing");
  CHECK(error({"-Z"}) == "there is no option \"-Z\"");
  CHECK(error({"-f", "--bogus=1"}) == "there is no option \"--bogus=1\"");
  CHECK(error({"--"}) == "FILE is missing");
  CHECK(error({"f", "--bogus"}) == "there is no option \"--bogus\"");
  CHECK(error({"f", "-z"}) == "there is no option \"-z\"");
  CHECK(error({"--bogus", "64K", "f"}) == "there is no option \"--bogus\"");
  CHECK(error({"f", "--size"}) == "--size needs a value");
  CHECK(error({"f", "--flag=a"}) == "--flag takes no value");
  CHECK(error({"f", "--flag=no"}) == "--flag takes no value");
  CHECK(error({"f", "--size", "many"}) ==
        "--size: \"many\" is not a size such as 4096, 64K or 1.5GiB");
  CHECK(error({"f", "-n", "-1"}) ==
        "--count: \"-1\" is not a whole number from 0 on");
  CHECK(error({"f", "--timeout", "soon"}) ==
        "--timeout: \"soon\" is not a duration such as 1.5s, 250ms or 10min");
  CHECK(error({"f", "--sort", "colour"}) ==
        "--sort: \"colour\" is none of name, size");
  CHECK(error({"f", "--rate", "11"}) ==
        "--rate: \"11\" is not a number from 1 to 10");
  CHECK(error({"f", "--rate", "nan"}) ==
        "--rate: \"nan\" is not a number from 1 to 10");
}

TEST_CASE("the first word too many is named") {
  const auto error = [](std::initializer_list<const char*> words) {
    Arguments args("tool", "Does it.");
    std::string file;
    args.Positional("FILE", &file, "a file");
    std::vector<const char*> argv = {"tool"};
    argv.insert(argv.end(), words);
    return args.Parse(static_cast<int>(argv.size()), argv.data())
        .error()
        .message();
  };
  CHECK(error({"f", "g h", "i"}) == "unexpected argument \"g h\"");
  CHECK(error({"f", "--", "g"}) == "unexpected argument \"g\"");
  CHECK(error({"f", "--", "-x"}) == "unexpected argument \"-x\"");
  CHECK(error({"f", "g", "-x"}) == "there is no option \"-x\"");
}

TEST_CASE("--help and --version win over what is missing") {
  for (const char* word : {"--help", "-h", "--version"}) {
    Arguments args("tool", "Does it.");
    std::string file;
    args.Positional("FILE", &file, "a file");
    const char* argv[] = {"tool", word};
    CHECK(args.Parse(2, argv));
    CHECK(args.wants_help() == (std::string(word) != "--version"));
    CHECK(args.wants_version() == (std::string(word) == "--version"));
  }
}

}  // namespace
}  // namespace mapfile::tools
