// CSV (RFC 4180) with a header line, as text and as a table.
#ifndef MAPFILE_TOOLS_COMMON_CSV_H_
#define MAPFILE_TOOLS_COMMON_CSV_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mapfile/status.h"

namespace mapfile::tools {

// Makes lines, field by field.
class CsvWriter {
 public:
  CsvWriter& Text(std::string_view text);
  // The fewest digits that give the same number; inf, -inf, nan.
  CsvWriter& Number(double number);
  CsvWriter& Integer(std::int64_t number);
  CsvWriter& Count(std::uint64_t number);
  void EndLine();
  std::string Take() && { return std::move(out_); }

 private:
  void Separate();

  std::string out_;
  bool is_inside_ = false;  // Of a line
};

// The lines below the header. Rows and columns count from 0.
class CsvTable {
 public:
  // InvalidArgument, with the line: quotes that don't fit, a line with more
  // or fewer fields than the header, a column twice, no header.
  [[nodiscard]] static Result<CsvTable> Parse(std::string_view text);

  std::size_t rows() const { return rows_.size(); }
  std::string_view At(std::size_t row, std::size_t column) const {
    return rows_[row].fields[column];
  }
  // Where in the document it begins, from 1.
  std::size_t line(std::size_t row) const { return rows_[row].line; }

  std::optional<std::size_t> Find(std::string_view name) const;
  // InvalidArgument: there is no such column.
  [[nodiscard]] Result<std::size_t> Need(std::string_view name) const;
  // InvalidArgument: a column is none of these.
  [[nodiscard]] Status CheckColumns(
      const std::vector<std::string>& names) const;

  // InvalidArgument, with line and column: it is none.
  [[nodiscard]] Result<double> Number(std::size_t row,
                                      std::size_t column) const;
  [[nodiscard]] Result<std::int64_t> Integer(std::size_t row,
                                             std::size_t column) const;
  [[nodiscard]] Result<std::uint64_t> Count(std::size_t row,
                                            std::size_t column) const;
  // All of a column.
  [[nodiscard]] Result<std::vector<double>> Numbers(std::size_t column) const;

  // InvalidArgument: "line 3, column x_low: why".
  tl::unexpected<Error> Refuse(std::size_t row, std::size_t column,
                               const std::string& why) const;

 private:
  struct Row {
    std::size_t line = 0;
    std::vector<std::string> fields = {};
  };
  friend class CsvParser;

  std::vector<std::string> names_;
  std::vector<Row> rows_;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_CSV_H_
