#include "tools/common/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "tools/common/csv_field.h"
#include "tools/common/numbers.h"

namespace mapfile::tools {

void CsvWriter::Separate() {
  if (is_inside_) out_ += ',';
  is_inside_ = true;
}

CsvWriter& CsvWriter::Text(std::string_view text) {
  Separate();
  AppendCsv(out_, text);
  return *this;
}

CsvWriter& CsvWriter::Number(double number) {
  Separate();
  fmt::format_to(std::back_inserter(out_), "{}", number);
  return *this;
}

CsvWriter& CsvWriter::Integer(std::int64_t number) {
  Separate();
  fmt::format_to(std::back_inserter(out_), "{}", number);
  return *this;
}

CsvWriter& CsvWriter::Count(std::uint64_t number) {
  Separate();
  fmt::format_to(std::back_inserter(out_), "{}", number);
  return *this;
}

void CsvWriter::EndLine() {
  out_ += '\n';
  is_inside_ = false;
}

// Reads a document once.
class CsvParser {
 public:
  explicit CsvParser(std::string_view text) : text_(text) {}

  Result<CsvTable> Parse() {
    CsvTable table;
    CsvTable::Row row;
    while (next_ < text_.size()) {
      MAPFILE_RETURN_IF_ERROR(Line(row));
      const bool is_empty = row.fields.size() == 1 && row.fields[0].empty();
      if (is_empty && table.names_.size() != 1) continue;
      if (table.names_.empty()) {
        table.names_ = std::move(row.fields);
        MAPFILE_RETURN_IF_ERROR(CheckNames(table.names_, row.line));
        continue;
      }
      if (row.fields.size() != table.names_.size()) {
        return Refuse(row.line,
                      fmt::format("{} fields below {} titles",
                                  row.fields.size(), table.names_.size()));
      }
      table.rows_.push_back(std::move(row));
    }
    if (table.names_.empty()) return Refuse(1, "there is no line of titles");
    return table;
  }

 private:
  static tl::unexpected<Error> Refuse(std::size_t line,
                                      const std::string& why) {
    return Fail(Code::kInvalidArgument, fmt::format("line {}: {}", line, why));
  }

  static Status CheckNames(const std::vector<std::string>& names,
                           std::size_t line) {
    std::set<std::string_view> seen;
    for (const std::string& name : names) {
      if (seen.insert(name).second) continue;
      return Refuse(line, "column " + text::Quote(name) + " is there twice");
    }
    return {};
  }

  Status Line(CsvTable::Row& row) {
    row = {.line = line_};
    for (;;) {
      MAPFILE_RETURN_IF_ERROR(Field(row.fields.emplace_back()));
      if (!Take(',')) break;
    }
    static_cast<void>(Take('\r'));
    if (next_ < text_.size() && !Take('\n')) {
      return Refuse(line_, "text behind a closing quote");
    }
    ++line_;
    return {};
  }

  Status Field(std::string& field) {
    if (Take('"')) return Quoted(field);
    const std::size_t end =
        std::min(text_.find_first_of(",\r\n", next_), text_.size());
    field = text_.substr(next_, end - next_);
    next_ = end;
    return {};
  }

  Status Quoted(std::string& field) {
    const std::size_t begin = line_;
    for (;;) {
      const std::size_t end = text_.find('"', next_);
      if (end == std::string_view::npos) {
        return Refuse(begin, "a quote that isn't closed");
      }
      const std::string_view part = text_.substr(next_, end - next_);
      line_ +=
          static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
      field += part;
      next_ = end + 1;
      if (!Take('"')) return {};
      field += '"';
    }
  }

  bool Take(char c) {
    if (next_ >= text_.size() || text_[next_] != c) return false;
    ++next_;
    return true;
  }

  std::string_view text_;
  std::size_t next_ = 0;
  std::size_t line_ = 1;
};

Result<CsvTable> CsvTable::Parse(std::string_view text) {
  return CsvParser(text).Parse();
}

std::optional<std::size_t> CsvTable::Find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

Result<std::size_t> CsvTable::Need(std::string_view name) const {
  if (const auto found = Find(name)) return *found;
  return Fail(Code::kInvalidArgument,
              "line 1: there is no column " + text::Quote(name));
}

Status CsvTable::CheckColumns(const std::vector<std::string>& names) const {
  for (const std::string& name : names_) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("line 1: column {} is none of {}",
                            text::Quote(name), fmt::join(names, ", ")));
  }
  return {};
}

tl::unexpected<Error> CsvTable::Refuse(std::size_t row, std::size_t column,
                                       const std::string& why) const {
  return Fail(
      Code::kInvalidArgument,
      fmt::format("line {}, column {}: {}", line(row), names_[column], why));
}

Result<double> CsvTable::Number(std::size_t row, std::size_t column) const {
  const auto number = ParseNumber(At(row, column));
  if (number) return *number;
  return Refuse(row, column, number.error().message());
}

Result<std::int64_t> CsvTable::Integer(std::size_t row,
                                       std::size_t column) const {
  const auto number = ParseWhole<std::int64_t>(At(row, column));
  if (number) return *number;
  return Refuse(row, column,
                text::Quote(At(row, column)) + " is no whole number");
}

Result<std::uint64_t> CsvTable::Count(std::size_t row,
                                      std::size_t column) const {
  const auto number = ParseWhole<std::uint64_t>(At(row, column));
  if (number) return *number;
  return Refuse(
      row, column,
      text::Quote(At(row, column)) + " is no whole number from 0 to 2^64 - 1");
}

Result<std::vector<double>> CsvTable::Numbers(std::size_t column) const {
  std::vector<double> numbers;
  numbers.reserve(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    MAPFILE_ASSIGN_OR_RETURN(const double number, Number(row, column));
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace mapfile::tools
