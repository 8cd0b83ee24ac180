#include "tools/common/rows.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/tools/cli.h"
#include "tests/tools/common/captured.h"

namespace mapfile::tools {
namespace {

struct Item {
  std::string name;
  std::uint64_t size = 0;
};

constexpr Column<Item> kColumns[] = {
    {{"name", "NAME", Show::kAlways, text::Align::kLeft, true},
     [](const Item& i) { return Value::Text(i.name); }},
    {{"size_bytes", "SIZE", Show::kAlways, text::Align::kRight},
     [](const Item& i) { return Value::Size(i.size); }},
    {{"half", "HALF", Show::kLong, text::Align::kRight},
     [](const Item& i) { return Value::Count(i.size / 2); }},
    {{"odd", "ODD", Show::kOnRequest},
     [](const Item& i) { return Value::Bool(i.size % 2 == 1); }},
};

std::string Show(const std::vector<Item>& items, OutputOptions options,
                 const RowsOptions& rows_options = {}, Terminal terminal = {}) {
  Captured captured(std::move(options), terminal);
  Rows<Item> rows(captured.output, kColumns, rows_options);
  for (const Item& item : items) rows.Add(item);
  rows.End();
  return captured.out();
}

OutputOptions In(Format format) {
  OutputOptions options;
  options.format = format;
  return options;
}

const std::vector<Item> kItems = {{"ecal/energy", 2048}, {"a,b\t\"c\"", 3}};

TEST_CASE("a table has the usual columns, more with -l or --fields") {
  CHECK(Show(kItems, {}) ==
        "NAME          SIZE\n"
        "ecal/energy  2 KiB\n"
        "a,b\\t\"c\"       3 B\n");
  CHECK(LinesOf(Show(kItems, {}, {.long_table = true}))[0] ==
        "NAME          SIZE  HALF");
  OutputOptions options;
  options.fields = {"odd", "name"};
  CHECK(Show(kItems, options) ==
        "ODD  NAME\n"
        "no   ecal/energy\n"
        "yes  a,b\\t\"c\"\n");
  options.header = false;
  CHECK(Show({{"x", 1}}, options) == "yes  x\n");
}

TEST_CASE("a table keeps to the width, unless there is none") {
  Terminal narrow;
  narrow.table_width = 20;
  for (const std::string& line :
       LinesOf(Show({{std::string(100, 'n'), 1 << 20}}, {}, {}, narrow))) {
    CHECK(line.size() <= 20);
  }
  CHECK(Show({{std::string(100, 'n'), 1}}, {}).find(std::string(100, 'n')) !=
        std::string::npos);
}

TEST_CASE("JSON is one array of objects with all keys") {
  CHECK(Show(kItems, In(Format::kJson)) ==
        "[\n"
        "  {\"name\": \"ecal/energy\", \"size_bytes\": 2048, \"half\": 1024, "
        "\"odd\": false},\n"
        "  {\"name\": \"a,b\\t\\\"c\\\"\", \"size_bytes\": 3, \"half\": 1, "
        "\"odd\": true}\n"
        "]\n");
  CHECK(Show({}, In(Format::kJson)) == "[]\n");
  CHECK(Show({{"x", 2}}, In(Format::kJson), {.single = true}) ==
        "{\"name\": \"x\", \"size_bytes\": 2, \"half\": 1, \"odd\": false}\n");
}

TEST_CASE("NDJSON has an object per line") {
  OutputOptions options = In(Format::kNdjson);
  options.fields = {"name"};
  CHECK(Show(kItems, options) ==
        "{\"name\": \"ecal/energy\"}\n{\"name\": \"a,b\\t\\\"c\\\"\"}\n");
  CHECK(Show({}, options).empty());
}

TEST_CASE("CSV quotes what needs it, TSV escapes it") {
  CHECK(Show(kItems, In(Format::kCsv)) ==
        "name,size_bytes,half,odd\n"
        "ecal/energy,2048,1024,false\n"
        "\"a,b\t\"\"c\"\"\",3,1,true\n");
  CHECK(Show(kItems, In(Format::kTsv)) ==
        "name\tsize_bytes\thalf\todd\n"
        "ecal/energy\t2048\t1024\tfalse\n"
        "a,b\\t\"c\"\t3\t1\ttrue\n");
  OutputOptions bare = In(Format::kCsv);
  bare.header = false;
  CHECK(Show({{"x", 1}}, bare) == "x,1,0,true\n");
}

TEST_CASE("a terminal is never sent what a name hides") {
  Terminal terminal;
  terminal.is_terminal = true;
  const std::vector<Item> evil = {{"\x1b[2Jx", 1}};
  for (const Format format : {Format::kTable, Format::kCsv, Format::kTsv,
                              Format::kJson, Format::kNdjson}) {
    CHECK(Show(evil, In(format), {}, terminal).find('\x1b') ==
          std::string::npos);
  }
}

TEST_CASE("a live table aligns as it goes, its JSON has lines") {
  CHECK(Show({{"a", 1}, {"longer", 2048}, {"b", 1}}, {}, {.live = true}) ==
        "NAME  SIZE\n"
        "a     1 B\n"
        "longer  2 KiB\n"
        "b       1 B\n");
  CHECK(Show({{"x", 1}}, In(Format::kJson), {.live = true}) ==
        "{\"name\": \"x\", \"size_bytes\": 1, \"half\": 0, \"odd\": true}\n");
}

TEST_CASE("a live table keeps to the width") {
  Terminal narrow;
  narrow.table_width = 24;
  Captured captured({}, narrow);
  Rows<Item> rows(captured.output, kColumns, {.live = true});
  rows.Reserve("name", "0123456789");
  CHECK(rows.room() == 12);
  rows.Add({"0123456789", 1});
  rows.End();
  CHECK(captured.out() == "NAME        SIZE\n0123456789  1 B\n");
}

}  // namespace
}  // namespace mapfile::tools
