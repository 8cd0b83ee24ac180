// get | put gives the same bytes, whatever the class.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

struct Example {
  const char* type;
  const char* json;
};

constexpr Example kExamples[] = {
    {"bool", "true"},
    {"i8", "-128"},
    {"i16", "-32768"},
    {"i32", "-2147483648"},
    {"i64", "-9223372036854775808"},
    {"u8", "255"},
    {"u16", "65535"},
    {"u32", "4294967295"},
    {"u64", "18446744073709551615"},
    {"f32", "0.1"},
    {"f64", "-1.7976931348623157e+308"},
    {"f64", "\"nan\""},
    {"f64", "\"-inf\""},
    {"string", "\"two\\nlines \\u00e4\""},
    {"string", "{\"$bytes\": \"/wA=\"}"},
    {"bytes", "\"AAH/\""},
    {"array<u16,3>", "[1, 2, 3]"},
    {"vector<f64>", "[0.1, 1e300]"},
    {"vector<string>", "[\"\", \"x\"]"},
    {"map<string,i32>", "{\"a\": 1, \"b\": 2}"},
    {"map<u8,string>", "[[1, \"one\"]]"},
    {"optional<i64>", "null"},
    {"optional<i64>", "5"},
    {"variant<i64,string>", "{\"index\": 1, \"value\": \"x\"}"},
    {"P\nclass P 1 { f64 x; f64 y; }", "{\"x\": 1.5, \"y\": -0.0}"},
    {"vector<Q>\nclass Q 2 { string name; vector<Q> inside; }",
     "[{\"name\": \"a\", \"inside\": [{\"name\": \"b\", \"inside\": []}]}]"},
    {"N\nclass N 1 { i32 v; N* next; }",
     "{\"v\": 1, \"next\": {\"$class\": \"N\", \"v\": 2, \"next\": null}}"},
};

class Fixture {
 public:
  Fixture() : file(dir / "run.map"), other(dir / "other.map") {
    REQUIRE(Run({"create", file}).status == 0);
    REQUIRE(Run({"create", other}).status == 0);
  }

  void Store(const Example& example) const {
    const Outcome put =
        Run({"put", file, "a", example.json, "--json", "--type", example.type});
    CAPTURE(put.err);
    REQUIRE(put.status == 0);
  }

  // Puts what is in "a" into "b" of `to`, by way of `words`.
  void Copy(const std::string& to, const std::string& get_word,
            std::vector<std::string> put_words) const {
    RunOptions options;
    std::vector<std::string> get = {"get", file, "a"};
    if (!get_word.empty()) get.push_back(get_word);
    options.in = Run(get).out;
    put_words.insert(put_words.begin(), {"put", to, "b", "-"});
    const Outcome put = Run(put_words, options);
    CAPTURE(put.err);
    CHECK(put.status == 0);
  }

  std::string Raw(const std::string& from, const std::string& name) const {
    return Run({"get", from, name, "--raw"}).out;
  }

  const TempDir dir;
  const std::string file;
  const std::string other;
};

TEST_CASE_FIXTURE(Fixture, "--raw, every class, within and between files") {
  for (const Example& example : kExamples) {
    CAPTURE(std::string(example.type));
    Store(example);
    const std::string raw = Raw(file, "a");
    CHECK(raw.starts_with("mapfile-value 1 "));
    Copy(file, "--raw", {"--raw"});
    CHECK(Raw(file, "b") == raw);
    Copy(other, "--raw", {"--raw"});
    CHECK(Raw(other, "b") == raw);
  }
}

TEST_CASE_FIXTURE(Fixture, "--json, every class") {
  for (const Example& example : kExamples) {
    CAPTURE(std::string(example.type));
    Store(example);
    Copy(file, "--json", {"--json", "--type", example.type});
    CHECK(Raw(file, "b") == Raw(file, "a"));
  }
}

TEST_CASE_FIXTURE(Fixture, "plain values as they are") {
  for (const Example& example : kExamples) {
    Store(example);
    if (Run({"get", file, "a"}).status != 0) continue;
    CAPTURE(std::string(example.type));
    Copy(file, "", {"--type", example.type});
    CHECK(Raw(file, "b") == Raw(file, "a"));
  }
}

TEST_CASE_FIXTURE(Fixture, "a raw value that was cut or changed is refused") {
  Store({"vector<string>", "[\"\", \"x\"]"});
  const std::string raw = Raw(file, "a");
  for (std::size_t size = 0; size < raw.size(); size += 7) {
    RunOptions options;
    options.in = raw.substr(0, size);
    const Outcome put = Run({"put", file, "b", "-", "--raw"}, options);
    CHECK(put.status == 2);
    CHECK(put.err.find("--raw") != std::string::npos);
  }
  RunOptions longer;
  longer.in = raw + "x";
  CHECK(Run({"put", file, "b", "-", "--raw"}, longer).status == 2);
  RunOptions hostile;  // An offset that leads out of the value
  hostile.in = "mapfile-value 1 bytes 1 16\n6\nstring" +
               std::string("\x00\x01\0\0\0\0\0\0\x10\0\0\0\0\0\0\0", 16);
  CHECK(Run({"put", file, "b", "-", "--raw"}, hostile).status == 4);
  CHECK(Run({"ls", file, "b"}).status == 1);
}

// Puts an object into "a" as mapfile-put fills it from a pipe.
struct Filled {
  std::vector<std::string> words;
  const char* in;
  const char* class_name;
};

TEST_CASE_FIXTURE(Fixture, "as CSV, into a file that doesn't know the class") {
  const std::vector<Filled> filled = {
      {{"--histogram", "4,0,1"}, "0.1 0.2 0.7 2 -1", "Histogram1D"},
      {{"--histogram", "log:3,1,100 edges:0,1,5"}, "2 3 50 0.5", "Histogram2D"},
      {{"--graph"}, "0.1 -3\nnan 1e300\n", "Graph"},
      {{"--series", "2"}, "1 2 3", "TimeSeries"},
      {{"--counter"}, "x\ny 18446744073709551615\n", "CounterSet"}};
  for (const Filled& example : filled) {
    CAPTURE(std::string(example.class_name));
    RunOptions options;
    options.in = example.in;
    std::vector<std::string> words = {"put", file, example.class_name};
    words.insert(words.end(), example.words.begin(), example.words.end());
    REQUIRE(Run(words, options).status == 0);
    const Outcome csv =
        Run({"get", file, example.class_name, "--format", "csv"});
    CHECK(csv.status == 0);
    options.in = csv.out;
    words = {
        "put",      other, example.class_name, "--class", example.class_name,
        "--format", "csv"};
    const Outcome put = Run(words, options);
    CAPTURE(put.err);
    REQUIRE(put.status == 0);
    CHECK(Run({"get", other, example.class_name, "--format", "csv"}).out ==
          csv.out);
    // The record has a class now.
    CHECK(
        Run({"put", other, example.class_name, "-", "--format", "csv"}, options)
            .status == 0);
  }
}

TEST_CASE_FIXTURE(Fixture, "CSV that is wrong, or of something else") {
  RunOptions options;
  options.in = "x_low,x_high,content\n5,5,1\n";
  const Outcome put = Run(
      {"put", file, "h", "--class", "Histogram1D", "--format", "csv"}, options);
  CHECK(put.status == 2);
  CHECK(put.err == "mapfile-put: " + file +
                       ": \"h\": line 2, column x_low: a bin from 5 to 5: "
                       "edges have to rise\n");
  CHECK(Run({"ls", file, "h"}).status == 1);
  CHECK(Run({"put", file, "h", "--format", "csv"}, options).status == 1);
  Store({"f64", "1"});
  CHECK(Run({"get", file, "a", "--format", "csv"}).err ==
        "mapfile-get: " + file +
            ": \"a\": f64 has no CSV; use --json, or --raw\n");
  CHECK(Run({"get", file, "a", "--format", "csv"}).status == 2);
  CHECK(Run({"get", file, "a", "--format", "csv", "--json"}).status == 2);
  CHECK(Run({"get", file, "a", "--format", "json", "--json"}).out == "1\n");
  CHECK(Run({"get", file, "a", "--format", "xml"}).status == 2);
}

}  // namespace
}  // namespace mapfile::tools
