#include "tools/common/rows.h"

#include <algorithm>

#include "lib/text/json_text.h"
#include "lib/text/utf8.h"
#include "tools/common/csv_field.h"

namespace mapfile::tools {
namespace {

constexpr int kGap = 2;
constexpr int kMinLiveWidth = 8;  // Of the last column of a live table

// Indices of the columns that `output` is to have.
std::vector<std::size_t> Choose(const std::vector<ColumnInfo>& infos,
                                const OutputOptions& output, bool long_table) {
  std::vector<std::size_t> chosen;
  for (const std::string& field : output.fields) {
    for (std::size_t i = 0; i < infos.size(); ++i) {
      if (infos[i].key == field) chosen.push_back(i);
    }
  }
  if (!chosen.empty()) return chosen;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const Show show = infos[i].show;
    const bool in_long = show == Show::kLong || show == Show::kDrawing;
    const bool wanted = output.format == Format::kTable
                            ? show == Show::kAlways || (in_long && long_table)
                            : show != Show::kDrawing;
    if (wanted) chosen.push_back(i);
  }
  return chosen;
}

std::vector<text::Column> TableColumns(const std::vector<ColumnInfo>& infos,
                                       const std::vector<std::size_t>& chosen) {
  std::vector<text::Column> columns;
  for (const std::size_t i : chosen) {
    columns.push_back({.title = std::string(infos[i].title),
                       .align = infos[i].align,
                       .shrinks = infos[i].shrinks,
                       .min_width = infos[i].min_width,
                       .optional = infos[i].show == Show::kDrawing});
  }
  return columns;
}

void AppendTsv(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\\': out += "\\\\"; break;
      default: out += c;
    }
  }
}

void AppendSeparated(std::string& out, std::string_view text, Format format,
                     const Terminal& terminal) {
  // A terminal must not be told by a record's name what to do.
  const std::string safe = terminal.is_terminal
                               ? text::Escape(text, terminal.unicode)
                               : std::string(text);
  format == Format::kCsv ? AppendCsv(out, safe) : AppendTsv(out, safe);
}

}  // namespace

std::string KeysOf(const std::vector<ColumnInfo>& columns) {
  std::string keys;
  for (const ColumnInfo& column : columns) {
    if (!keys.empty()) keys += ", ";
    keys += column.key;
  }
  return keys;
}

RowWriter::RowWriter(Output& output, std::vector<ColumnInfo> columns,
                     const RowsOptions& options)
    : output_(output),
      infos_(std::move(columns)),
      options_(options),
      format_(options.live && output.options().format == Format::kJson
                  ? Format::kNdjson
                  : output.options().format),
      chosen_(Choose(infos_, output.options(), options.long_table)),
      table_(TableColumns(infos_, chosen_)) {
  for (const std::size_t i : chosen_) {
    widths_.push_back(text::DisplayWidth(infos_[i].title));
  }
}

void RowWriter::Begin() {
  if (begun_) return;
  begun_ = true;
  std::string line;
  std::vector<text::Cell> titles;
  for (const std::size_t i : chosen_) {
    if (!line.empty()) line += format_ == Format::kCsv ? ',' : '\t';
    line += infos_[i].key;
    titles.push_back({std::string(infos_[i].title), text::Style::kBold});
  }
  const bool separated = format_ == Format::kCsv || format_ == Format::kTsv;
  if (format_ == Format::kJson && !options_.single) output_.Write("[");
  if (!output_.options().header) return;
  if (separated) output_.Write(line + '\n');
  if (format_ == Format::kTable && options_.live) AddLive(titles);
}

void RowWriter::Add(const std::vector<Value>& values) {
  switch (format_) {
    case Format::kTable:
      if (!options_.live) return table_.AddRow(CellsOf(values));
      Begin();
      return AddLive(CellsOf(values));
    case Format::kJson:
    case Format::kNdjson: return AddJson(values);
    case Format::kCsv:
    case Format::kTsv: return AddSeparated(values);
    case Format::kSvg: return;  // No rows
  }
}

void RowWriter::AddJson(const std::vector<Value>& values) {
  const bool first = !begun_;
  Begin();
  std::string line;
  const bool in_array = format_ == Format::kJson && !options_.single;
  if (in_array) line += first ? "\n  " : ",\n  ";
  line += '{';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) line += ", ";
    text::AppendJsonString(line, infos_[chosen_[i]].key);
    line += ": ";
    values[i].AppendJson(line);
  }
  line += in_array ? "}" : "}\n";
  output_.Write(line);
}

void RowWriter::AddSeparated(const std::vector<Value>& values) {
  Begin();
  std::string line;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) line += format_ == Format::kCsv ? ',' : '\t';
    AppendSeparated(line, values[i].ForCsv(), format_, output_.terminal());
  }
  output_.Write(line + '\n');
}

std::vector<text::Cell> RowWriter::CellsOf(
    const std::vector<Value>& values) const {
  std::vector<text::Cell> cells;
  cells.reserve(values.size());
  for (const Value& value : values) {
    cells.push_back({value.ForTable(), value.style(), value.has_escapes()});
  }
  return cells;
}

void RowWriter::Reserve(std::string_view key, std::string_view text) {
  const int width =
      text::DisplayWidth(text::Escape(text, output_.terminal().unicode));
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    if (infos_[chosen_[i]].key == key) widths_[i] = std::max(widths_[i], width);
  }
}

bool RowWriter::Has(std::string_view key) const {
  return std::any_of(chosen_.begin(), chosen_.end(),
                     [&](std::size_t i) { return infos_[i].key == key; });
}

int RowWriter::room() const {
  const int width = output_.terminal().table_width;
  if (width == 0) return 0;
  int used = 0;
  for (std::size_t i = 0; i + 1 < widths_.size(); ++i) {
    used += widths_[i] + kGap;
  }
  return std::max(width - used, std::min(width, kMinLiveWidth));
}

void RowWriter::AddLive(const std::vector<text::Cell>& cells) {
  const Terminal& terminal = output_.terminal();
  std::string line;
  int blanks = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string text = text::Shown(cells[i], terminal.unicode);
    const bool last = i + 1 == cells.size();
    if (last && room() > 0) {
      text = text::Shorten(text, room(), terminal.unicode);
    }
    const int width = text::DisplayWidth(text);
    if (!last) widths_[i] = std::max(widths_[i], width);
    const int pad = last ? 0 : widths_[i] - width;
    const bool right = infos_[chosen_[i]].align == text::Align::kRight;
    line.append(static_cast<std::size_t>(blanks + (right ? pad : 0)), ' ');
    line += terminal.color ? text::Styled(text, cells[i].style) : text;
    blanks = kGap + (right ? 0 : pad);
  }
  output_.Write(line + '\n');
}

void RowWriter::End() {
  if (format_ == Format::kTable && !options_.live) {
    text::TableOptions options;
    options.width = output_.terminal().table_width;
    options.unicode = output_.terminal().unicode;
    options.color = output_.terminal().color;
    options.header = output_.options().header;
    output_.Write(table_.Format(options));
    return;
  }
  const bool empty = !begun_;
  Begin();
  if (format_ == Format::kJson && !options_.single) {
    output_.Write(empty ? "]\n" : "\n]\n");
  }
}

}  // namespace mapfile::tools
