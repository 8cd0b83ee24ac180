// Classes from the shell: mapfile-put --schema and --class, mapfile-ls
// --classes, mapfile-print --schema.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

constexpr char kEvent[] = R"([
  {"class": "Event", "version": 2, "bases": ["Header"],
   "fields": [{"name": "hits", "type": "vector<Hit>"}]},
  {"class": "Header", "fields": [{"name": "id", "type": "u64"}]},
  {"class": "Hit", "fields": [{"name": "channel", "type": "u16"}]}])";
constexpr char kValue[] = R"({"id": 7, "hits": [{"channel": 5}]})";

class Fixture {
 public:
  Fixture() : file(dir / "run.map"), schema(dir / "event.json") {
    REQUIRE(Run({"create", file}).status == 0);
    WriteAll(schema, kEvent);
  }
  Outcome Put(std::vector<std::string> words, std::string in = {}) const {
    words.insert(words.begin(), {"put", file});
    RunOptions options;
    options.in = std::move(in);
    return Run(words, options);
  }
  json Classes(std::vector<std::string> words = {}) const {
    words.insert(words.begin(), {"ls", file, "--classes", "--json"});
    return json::parse(Run(words).out);
  }
  std::string Schema(std::vector<std::string> words = {}) const {
    words.insert(words.begin(), {"print", file, "--schema"});
    return Run(words).out;
  }

  const TempDir dir;
  const std::string file;
  const std::string schema;
};

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE_FIXTURE(Fixture, "a script makes a class, and stores an object") {
  const Outcome entered = Put({"--schema", schema});
  CHECK(entered.status == 0);
  CHECK(entered.out.empty());
  CHECK(entered.err.empty());
  CHECK(Run({"ls", file, "--no-header"}).out.empty());
  const Outcome put = Put({"last", "--class", "Event"}, kValue);
  CHECK(put.err.empty());
  CHECK(put.status == 0);
  CHECK(json::parse(Run({"get", file, "last", "--json"}).out) ==
        json::parse(kValue));
  CHECK(Put({"hit", R"({"channel": 1})", "--class", "Hit"}).status == 0);
  WriteAll(dir / "v.json", kValue);
  CHECK(Put({"file", "--class", "Event", "-i", dir / "v.json"}).status == 0);
  const Outcome wrong = Put({"last", R"({"id": 7})", "--class", "Event"});
  CHECK(wrong.status == 2);
  CHECK(Has(wrong.err, "line 1, column 1: field \"hits\" of Event is missing"));
}

TEST_CASE_FIXTURE(Fixture, "class and object in one step") {
  CHECK(Put({"last", "--schema", schema}, kValue).status == 0);
  CHECK(Put({"hit", R"({"channel": 1})", "--schema", schema, "--class", "Hit"})
            .status == 0);
  CHECK(Put({"hits", R"([{"channel": 1}])", "--schema", schema, "--type",
             "vector<Hit>"})
            .status == 0);
  CHECK(Put({"from-pipe", kValue, "--schema", "-"}, kEvent).status == 0);
  CHECK(Run({"ls", file, "--fields", "class", "--no-header"}).out ==
        "Event\nHit\nvector<Hit>\nEvent\n");
  const std::string other = dir / "other.map";
  CHECK(Run({"put", other, "--schema", schema}).status == 1);
  CHECK(Run({"put", other, "--schema", schema, "--create"}).status == 0);
  CHECK(Has(Run({"ls", other, "--classes"}).out, "Event"));
}

TEST_CASE_FIXTURE(Fixture, "a schema that is wrong enters nothing") {
  for (const auto& wrong : std::vector<std::pair<std::string, std::string>>{
           {"{\"class\": \"A\",", "not JSON"},
           {R"({"class": "u8", "fields": []})",
            "line 1, column 11: class: \"u8\" is a reserved name"},
           {R"({"class": "Histogram1D", "fields": []})",
            "Histogram1D is the name of a built-in class"},
           {R"([{"class": "A", "fields": [{"name": "b", "type": "B"}]},
                {"class": "B", "fields": [{"name": "a", "type": "A"}]}])",
            "line 2, column 65: [1].fields[0].type: class A is inside itself"},
           {R"({"class": "A", "fields": [{"name": "x", "type": "f63"}]})",
            "fields[0].type: \"f63\" is neither a type nor a class"},
           {R"({"class": "A", "fields": [{"name": "x", "type": "u8"},
                                         {"name": "x", "type": "u8"}]})",
            "fields[1].name: field x is there twice"}}) {
    CAPTURE(wrong.first);
    WriteAll(schema, wrong.first);
    const Outcome refused = Put({"--schema", schema});
    CHECK(refused.status == 2);
    CHECK(refused.err.starts_with("mapfile-put: " + schema + ": line "));
    CHECK(Has(refused.err, wrong.second));
    CHECK(Put({"a", "{}", "--schema", schema}).status == 2);
    CHECK(Has(Put({"--schema", "-"}, wrong.first).err,
              ": standard input: line "));
  }
  CHECK(Put({"--schema", dir / "none"}).status == 1);
  CHECK(Classes().empty());
  CHECK(Run({"ls", file, "--no-header"}).out.empty());
}

TEST_CASE_FIXTURE(Fixture, "words that contradict each other") {
  CHECK(Has(Put({}).err, "NAME is missing"));
  CHECK(Put({}).status == 2);
  CHECK(Put({"--schema", schema, "--json"}).status == 2);
  CHECK(Put({"--schema", schema, "--graph"}).status == 2);
  CHECK(Put({"a", "--schema", "-"}, kEvent).status == 2);
  CHECK(Put({"a", "1", "--type", "u8", "--class", "Hit"}).status == 2);
  CHECK(Put({"a", "--schema", schema, "--raw", "-"}).status == 2);
  CHECK(Put({"a", "--schema", schema, "--increment", "1"}).status == 2);
  CHECK(Run({"ls", file, "--classes", "-l"}).status == 2);
  CHECK(Run({"ls", file, "--classes", "--sort", "name"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "built-in classes need no description") {
  Histogram1D h("h", RegularAxis(2, 0, 1));
  h.Fill(0.3);
  const std::string other = dir / "other.map";
  {
    auto opened = MapFile::Open(other, {.mode = Mode::kCreate});
    REQUIRE(opened);
    REQUIRE(opened->Put("h", h));
  }
  const std::string text = Run({"get", other, "h", "--json"}).out;
  const Outcome put = Put({"h", "--class", "Histogram1D"}, text);
  CHECK(put.err.empty());
  CHECK(put.status == 0);
  auto opened = MapFile::Open(file);
  REQUIRE(opened);
  const auto got = opened->Get<Histogram1D>("h");
  REQUIRE(got);
  CHECK(got->contents() == h.contents());
  CHECK(Has(Schema({"Graph"}), "\"x_errors_low\""));
}

TEST_CASE_FIXTURE(Fixture, "the classes of a file, and who uses them") {
  REQUIRE(Put({"last", "--schema", schema}, kValue).status == 0);
  REQUIRE(Put({"dir/hit", R"({"channel": 1})", "--class", "Hit"}).status == 0);
  WriteAll(schema, R"({"class": "Hit", "version": 9,
                       "fields": [{"name": "row", "type": "i8"}]})");
  REQUIRE(Put({"--schema", schema}).status == 0);
  CHECK(Run({"ls", file, "--classes"}).out ==
        "CLASS   VERSION  FIELDS            RECORDS\n"
        "Event         2  vector<Hit> hits  last\n"
        "Header        1  u64 id            last\n"
        "Hit           1  u16 channel       last, dir/hit\n"
        "Hit           9  i8 row            -\n");
  const json classes = Classes();
  REQUIRE(classes.size() == 4);
  CHECK(classes[0] == json::parse(R"({"name": "Event", "version": 2,
      "bases": ["Header"], "fields": [{"name": "hits", "type": "vector<Hit>"}],
      "records": ["last"]})"));
  CHECK(classes[2]["records"] == json::parse(R"(["last", "dir/hit"])"));
  CHECK(classes[3]["records"].empty());
  CHECK(Classes({"Hit"}).size() == 2);
  const Outcome none = Run({"ls", file, "--classes", "Hit", "Hot"});
  CHECK(none.status == 1);
  CHECK(Has(none.err, file + ": describes no class \"Hot\""));
  CHECK(Has(none.out, "channel"));
  CHECK(Run({"ls", file, "--classes", "--fields", "bases,name", "--format",
             "csv", "Event"})
            .out == "bases,name\n\"[\"\"Header\"\"]\",Event\n");
  CHECK(Has(Run({"ls", file, "--classes", "--fields", "size_bytes"}).err,
            "is none of name, version, bases, fields, records"));
}

TEST_CASE_FIXTURE(Fixture, "classes go from file to file") {
  REQUIRE(Put({"last", "--schema", schema}, kValue).status == 0);
  REQUIRE(Put({"h", "--histogram", "2,0,1"}, "0.5").status == 0);
  const std::string all = Schema();
  const json described = json::parse(all);
  REQUIRE(described.size() == 6);
  CHECK(described[0] == json::parse(kEvent)[0]);
  CHECK(described[2]["class"] == "Hit");
  CHECK(described[3]["class"] == "Histogram1D");
  const std::string other = dir / "other.map";
  REQUIRE(Run({"create", other}).status == 0);
  RunOptions options;
  options.in = all;
  const Outcome copied = Run({"put", other, "--schema", "-"}, options);
  CHECK(copied.err.empty());
  CHECK(copied.status == 0);
  CHECK(Run({"print", other, "--schema"}).out == all);
  options.in = kValue;
  CHECK(Run({"put", other, "e", "--class", "Event"}, options).status == 0);
  CHECK(Run({"get", other, "e", "--raw"}).out ==
        Run({"get", file, "last", "--raw"}).out);
  // A class alone comes with those that it leads to.
  CHECK(json::parse(Schema({"Event"})).size() == 3);
  CHECK(json::parse(Schema({"Hit"})).size() == 1);
  CHECK(json::parse(Schema({"Hit", "Event", "Hit"})).size() == 3);
  const Outcome none = Run({"print", file, "--schema", "Hot"});
  CHECK(none.status == 1);
  CHECK(none.out.empty());
  CHECK(Has(none.err, "describes no class \"Hot\""));
}

TEST_CASE_FIXTURE(Fixture, "without classes there are none") {
  CHECK(Schema() == "[]\n");
  RunOptions none;
  none.in = Schema();
  const Outcome put = Run({"put", file, "--schema", "-"}, none);
  CHECK(put.status == 0);
  CHECK(put.err == "");
  CHECK(Classes().empty());
  CHECK(Run({"ls", file, "--classes"}).out ==
        "CLASS  VERSION  FIELDS  RECORDS\n");
}

TEST_CASE_FIXTURE(Fixture, "the newest description counts") {
  REQUIRE(Put({"last", "--schema", schema}, kValue).status == 0);
  WriteAll(schema, R"({"class": "Event", "version": 3,
      "fields": [{"name": "id", "type": "u64"},
                 {"name": "note", "type": "string"}]})");
  REQUIRE(Put({"--schema", schema}).status == 0);
  CHECK(Put({"new", R"({"id": 1, "note": "x"})", "--class", "Event"}).status ==
        0);
  // The record keeps the class that it has.
  CHECK(Put({"last", kValue, "--json"}).status == 0);
  CHECK(json::parse(Schema({"Event"}))[0]["version"] == 3);
  CHECK(Has(Schema(), "\"Header\""));
}

}  // namespace
}  // namespace mapfile::tools
