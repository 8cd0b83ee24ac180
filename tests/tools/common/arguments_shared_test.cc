// The words that several or all tools share.
#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "tools/common/arguments.h"

namespace mapfile::tools {
namespace {

struct Parsed {
  std::string error;
  OutputOptions output;
  Terminal terminal;
};

Parsed Parse(std::initializer_list<const char*> words) {
  Arguments args("tool", "Does it.");
  args.Columns({{"name", "NAME"}, {"size_bytes", "SIZE"}});
  args.Drawing();
  std::vector<const char*> argv = {"tool"};
  argv.insert(argv.end(), words);
  const Status status = args.Parse(static_cast<int>(argv.size()), argv.data());
  Terminal terminal;
  terminal.unicode = true;
  return {status ? "" : status.error().message(), args.output(),
          args.Apply(terminal)};
}

TEST_CASE("formats and columns") {
  const Parsed csv = Parse({"--format", "csv", "--no-header", "--fields",
                            "size_bytes,name", "-q", "-v"});
  CHECK(csv.error == "");
  CHECK(csv.output.format == Format::kCsv);
  CHECK(csv.output.format_given);
  CHECK_FALSE(csv.output.header);
  CHECK(csv.output.fields == std::vector<std::string>{"size_bytes", "name"});
  CHECK(csv.output.quiet);
  CHECK(csv.output.verbose);
  CHECK(Parse({"--json"}).output.format == Format::kJson);
  CHECK(Parse({"--format", "ndjson"}).output.format == Format::kNdjson);
  const Parsed usual = Parse({});
  CHECK(usual.output.format == Format::kTable);
  CHECK_FALSE(usual.output.format_given);
  CHECK(usual.output.header);
}

TEST_CASE("what is wrong is named") {
  CHECK(Parse({"--format", "xml"}).error ==
        "--format: \"xml\" is none of table, json, ndjson, csv, tsv");
  CHECK(Parse({"--fields", "name,colour"}).error ==
        "--fields: \"colour\" is none of name, size_bytes");
  CHECK(Parse({"--fields", "name,size_bytes,name"}).error ==
        "--fields: \"name\" is there twice");
  CHECK(Parse({"--format", "csv", "--json"}).error ==
        "--format and --json exclude each other");
  CHECK(Parse({"--json", "--format", "table"}).error ==
        "--format and --json exclude each other");
  CHECK(Parse({"--json", "--format", "json"}).error == "");
  CHECK(Parse({"--fields", ""}).error ==
        "--fields: \"\" is none of name, size_bytes");
  CHECK(Parse({"--color", "blue"}).error ==
        "--color: \"blue\" is none of auto, always, never");
}

TEST_CASE("--color and --ascii change the terminal") {
  CHECK(Parse({"--color", "always"}).terminal.color);
  CHECK_FALSE(Parse({"--color", "never"}).terminal.color);
  CHECK_FALSE(Parse({}).terminal.color);
  CHECK(Parse({}).terminal.unicode);
  CHECK_FALSE(Parse({"--ascii"}).terminal.unicode);
}

}  // namespace
}  // namespace mapfile::tools
