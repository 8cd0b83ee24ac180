// Rows: what a tool lists, in columns that one table describes. From it come
// the table for people, JSON, NDJSON, CSV, TSV and --fields.
#ifndef MAPFILE_TOOLS_COMMON_ROWS_H_
#define MAPFILE_TOOLS_COMMON_ROWS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/table.h"
#include "tools/common/output.h"
#include "tools/common/value.h"

namespace mapfile::tools {

// When a column is part of the table; the other formats have all columns,
// so that scripts find the same keys with and without -l. A drawing isn't
// data: only the long table, where there is room, and --fields have it.
enum class Show { kAlways, kLong, kOnRequest, kDrawing };

struct ColumnInfo {
  std::string_view key;    // In JSON, CSV and --fields; with its unit
  std::string_view title;  // In tables
  Show show = Show::kAlways;
  text::Align align = text::Align::kLeft;
  bool shrinks = false;  // May be cut where the table is too wide
  int min_width = 6;     // But not below this, while others can be
};

template <class Item>
struct Column {
  ColumnInfo info;
  Value (*get)(const Item&);
};

// "name, class, size_bytes".
std::string KeysOf(const std::vector<ColumnInfo>& columns);

template <class Item, std::size_t kSize>
std::vector<ColumnInfo> InfoOf(const Column<Item> (&columns)[kSize]) {
  std::vector<ColumnInfo> infos;
  for (const Column<Item>& column : columns) infos.push_back(column.info);
  return infos;
}

struct RowsOptions {
  bool long_table = false;  // -l
  // JSON is the one object, not an array of them.
  bool single = false;
  // Rows are shown as they come: JSON is NDJSON, tables align as they go.
  bool live = false;
};

// Formats rows whose values are given in the order of columns().
class RowWriter {
 public:
  RowWriter(Output& output, std::vector<ColumnInfo> columns,
            const RowsOptions& options);

  // The columns wanted, as indices into those given.
  const std::vector<std::size_t>& columns() const { return chosen_; }
  void Add(const std::vector<Value>& values);
  // Ends the document: call it once, also when there are no rows.
  void End();
  // Makes column `key` of a live table wide enough for `text`.
  void Reserve(std::string_view key, std::string_view text);
  // Terminal columns left for the last column of a live table; 0: no limit.
  int room() const;
  // Whether column `key` is among those wanted.
  bool Has(std::string_view key) const;

 private:
  void AddJson(const std::vector<Value>& values);
  void AddSeparated(const std::vector<Value>& values);
  void AddLive(const std::vector<text::Cell>& cells);
  void Begin();
  std::vector<text::Cell> CellsOf(const std::vector<Value>& values) const;

  Output& output_;
  const std::vector<ColumnInfo> infos_;
  const RowsOptions options_;
  const Format format_;
  std::vector<std::size_t> chosen_;
  text::Table table_;
  std::vector<int> widths_;  // Live: of the widest cells so far
  bool begun_ = false;
};

template <class Item>
class Rows {
 public:
  // Borrows both.
  template <std::size_t kSize>
  Rows(Output& output, const Column<Item> (&columns)[kSize],
       const RowsOptions& options = {})
      : columns_(columns), writer_(output, InfoOf(columns), options) {}

  void Add(const Item& item) {
    std::vector<Value> values;
    values.reserve(writer_.columns().size());
    for (const std::size_t i : writer_.columns()) {
      values.push_back(columns_[i].get(item));
    }
    writer_.Add(values);
  }
  void End() { writer_.End(); }
  void Reserve(std::string_view key, std::string_view text) {
    writer_.Reserve(key, text);
  }
  int room() const { return writer_.room(); }
  bool Has(std::string_view key) const { return writer_.Has(key); }

 private:
  const Column<Item>* columns_;
  RowWriter writer_;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_ROWS_H_
