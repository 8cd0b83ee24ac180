// The tables of man/mapfile.5 and the structs of the code are the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/man/layout_table.h"

namespace mapfile::format {
namespace {

struct PageTable {
  std::size_t size = 0;
  std::vector<FieldRow> rows;
};

// ".Sy FileHeader ,", then "1088 bytes"; rows ".It 0 Ta 8 Ta magic Ta ...".
std::map<std::string, PageTable> ReadPage() {
  std::ifstream page("man/mapfile.5");
  REQUIRE(page);
  std::map<std::string, PageTable> tables;
  PageTable* table = nullptr;
  for (std::string line; std::getline(page, line);) {
    std::istringstream words(line);
    std::string macro;
    std::string name;
    words >> macro;
    if (macro == ".Sy" && line.ends_with(" ,")) {
      words >> name;
      table = &tables[name];
      std::getline(page, line);
      std::istringstream(line) >> table->size;
    } else if (macro == ".El") {
      table = nullptr;
    } else if (macro == ".It" && table != nullptr) {
      FieldRow row;
      std::string ta;
      if (words >> row.offset >> ta >> row.size >> ta >> row.name) {
        table->rows.push_back(row);
      }
    }
  }
  return tables;
}

TEST_CASE("every struct has its table, every table its struct") {
  const auto page = ReadPage();
  const auto structs = AllStructTables();
  CHECK(page.size() == structs.size());
  for (const StructTable& table : structs) {
    CAPTURE(table.name);
    REQUIRE(page.count(table.name) == 1);
    const PageTable& found = page.at(table.name);
    CHECK(found.size == table.size);
    REQUIRE(found.rows.size() == table.fields.size());
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
      CAPTURE(table.fields[i].name);
      CHECK(found.rows[i] == table.fields[i]);
    }
  }
}

TEST_CASE("the fields are the whole struct, no byte is left out") {
  for (const StructTable& table : AllStructTables()) {
    CAPTURE(table.name);
    std::size_t end = 0;
    for (const FieldRow& field : table.fields) {
      CAPTURE(field.name);
      CHECK(field.offset == end);
      end = field.offset + field.size;
    }
    CHECK(end == table.size);
  }
}

TEST_CASE("the parts lie where the page says") {
  std::ifstream page("man/mapfile.5");
  std::stringstream text;
  text << page.rdbuf();
  const std::string content = text.str();
  const auto has = [&content](std::uint64_t offset, std::uint64_t size,
                              const std::string& part) {
    const std::string row = ".It " + std::to_string(offset) + " Ta " +
                            std::to_string(size) + " Ta " + part + "\n";
    CAPTURE(row);
    CHECK(content.find(row) != std::string::npos);
  };
  has(0, sizeof(FileHeader), "FileHeader");
  has(kRecordsOffset, sizeof(RecordControl), "RecordControl");
  has(kHeapOffset, sizeof(HeapControl), "HeapControl");
  has(kWritersOffset, kWriterSlots * sizeof(WriterSlot), "64 WriterSlots");
  has(kNotifyOffset, kNotifyWords * 4, "notify words");
  CHECK(content.find(".It " + std::to_string(kDataOffset) + " Ta ") !=
        std::string::npos);
}

}  // namespace
}  // namespace mapfile::format
