#include "lib/text/table.h"

#include <algorithm>
#include <numeric>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kGap = 2;

// A column without width isn't there.
int Total(const std::vector<int>& widths) {
  const auto columns = std::count_if(widths.begin(), widths.end(),
                                     [](int width) { return width > 0; });
  return std::accumulate(widths.begin(), widths.end(), 0) +
         kGap * std::max(0, static_cast<int>(columns) - 1);
}

// The widest of those columns that `may_shrink` and are over their floor;
// -1: none is.
template <class Floor>
int Widest(const std::vector<int>& widths, const Floor& floor) {
  int widest = -1;
  for (int i = 0; i < static_cast<int>(widths.size()); ++i) {
    if (widths[i] <= floor(i)) continue;
    if (widest < 0 || widths[i] > widths[widest]) widest = i;
  }
  return widest;
}

// A line: cells escaped, padded and coloured, nothing after the last one.
void AppendLine(const std::vector<Cell>& row, const std::vector<int>& widths,
                const std::vector<Column>& columns, const TableOptions& options,
                std::string& out) {
  int blanks = 0;  // Owed before the next visible text
  int room = options.width > 0 ? options.width : 1 << 20;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (widths[i] == 0) continue;
    const std::string text =
        Shorten(Shown(row[i], options.unicode), widths[i], options.unicode);
    const int width = DisplayWidth(text);
    const int pad = widths[i] - width;
    const bool right = columns[i].align == Align::kRight;
    if (right) blanks += pad;
    if (width > 0 && blanks + width <= room) {
      out.append(static_cast<std::size_t>(blanks), ' ');
      out += options.color ? Styled(text, row[i].style) : text;
      room -= blanks + width;
      blanks = 0;
    } else {
      blanks += width;
    }
    blanks += kGap + (right ? 0 : pad);
  }
  out += '\n';
}

}  // namespace

std::string Styled(std::string_view text, Style style) {
  const char* code = nullptr;
  switch (style) {
    case Style::kPlain: return std::string(text);
    case Style::kBold: code = "1"; break;
    case Style::kDim: code = "2"; break;
    case Style::kRed: code = "31"; break;
    case Style::kGreen: code = "32"; break;
    case Style::kYellow: code = "33"; break;
    case Style::kCyan: code = "36"; break;
  }
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

std::string Shown(const Cell& cell, bool unicode) {
  return cell.has_escapes ? EscapeRest(cell.text, unicode)
                          : Escape(cell.text, unicode);
}

void Table::AddRow(std::vector<Cell> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

Table::Row Table::Titles() const {
  Row titles;
  for (const Column& column : columns_) {
    titles.push_back({column.title, Style::kBold});
  }
  return titles;
}

std::vector<int> Table::Widths(const TableOptions& options) const {
  std::vector<int> widths(columns_.size(), 0);
  const auto widen = [&](const Row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] =
          std::max(widths[i], DisplayWidth(Shown(row[i], options.unicode)));
    }
  };
  if (options.header) widen(Titles());
  for (const Row& row : rows_) widen(row);
  if (options.width > 0) Fit(widths, options.width);
  return widths;
}

void Table::Fit(std::vector<int>& widths, int limit) const {
  const auto text_floor = [this](int i) {
    const Column& column = columns_[static_cast<std::size_t>(i)];
    return column.shrinks ? std::max(1, column.min_width) : 1 << 30;
  };
  const auto last_floor = [](int) { return 1; };
  for (std::size_t i = 0; i < widths.size() && Total(widths) > limit; ++i) {
    if (columns_[i].optional) widths[i] = 0;
  }
  while (Total(widths) > limit) {
    int i = Widest(widths, text_floor);
    if (i < 0) i = Widest(widths, last_floor);
    if (i < 0) return;  // Line() drops what doesn't fit
    --widths[static_cast<std::size_t>(i)];
  }
}

std::string Table::Format(const TableOptions& options) const {
  const std::vector<int> widths = Widths(options);
  std::string out;
  const auto append = [&](const Row& row) {
    AppendLine(row, widths, columns_, options, out);
  };
  if (options.header) append(Titles());
  for (const Row& row : rows_) append(row);
  return out;
}

}  // namespace mapfile::text
