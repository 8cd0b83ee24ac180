#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "tools/common/csv_axes.h"

namespace mapfile::tools {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// One axis of a table.
class AxisReader {
 public:
  AxisReader(const CsvTable& table, std::size_t index)
      : table_(table), prefix_(1, static_cast<char>('x' + index)) {}

  Status Read() {
    MAPFILE_ASSIGN_OR_RETURN(low_, table_.Need(prefix_ + "_low"));
    MAPFILE_ASSIGN_OR_RETURN(high_, table_.Need(prefix_ + "_high"));
    label_ = table_.Find(prefix_ + "_label");
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      MAPFILE_RETURN_IF_ERROR(TakeRow(row));
    }
    return Join();
  }

  // The bin of a row.
  std::size_t BinOf(std::size_t row) const {
    const auto& [low, high] = rows_[row];
    if (low == -kInfinity) return 0;
    if (high == kInfinity) return edges_.size();
    const auto at = std::lower_bound(edges_.begin(), edges_.end(), low);
    return static_cast<std::size_t>(at - edges_.begin()) + 1;
  }

  // `former` if it has these bins, else a new one. InvalidArgument.
  Result<Axis> Make(const Axis* former) const {
    if (label_) return MakeCategory(former);
    if (former != nullptr && Has(*former)) return *former;
    const std::uint64_t bins = edges_.size() - 1;
    const double low = edges_.front();
    const double high = edges_.back();
    for (auto axis :
         {Axis::Regular(bins, low, high), Axis::Logarithmic(bins, low, high)}) {
      if (axis && Has(*axis)) return axis;
    }
    auto axis = Axis::Variable(edges_);
    if (axis) return axis;
    return Fail(axis.error().In(prefix_ + "_low, " + prefix_ + "_high"));
  }

 private:
  struct Bin {
    double high;
    std::size_t row;
  };

  Status TakeRow(std::size_t row) {
    MAPFILE_ASSIGN_OR_RETURN(const double low, table_.Number(row, low_));
    MAPFILE_ASSIGN_OR_RETURN(const double high, table_.Number(row, high_));
    const bool is_whole = low == -kInfinity && high == kInfinity;
    if (!(low < high) || is_whole) {
      return table_.Refuse(
          row, low_,
          fmt::format("a bin from {} to {}: edges have to rise", low, high));
    }
    rows_.emplace_back(low, high);
    if (low == -kInfinity || high == kInfinity) return {};
    const auto [bin, is_new] = bins_.emplace(low, Bin{high, row});
    if (!is_new && bin->second.high != high) {
      return table_.Refuse(
          row, high_,
          fmt::format("{}, in line {} {}", high, table_.line(bin->second.row),
                      bin->second.high));
    }
    return is_new ? Status() : CheckLabel(row, bin->second.row);
  }

  Status CheckLabel(std::size_t row, std::size_t other) const {
    if (!label_ || table_.At(row, *label_) == table_.At(other, *label_)) {
      return {};
    }
    return table_.Refuse(
        row, *label_,
        fmt::format("{}, in line {} {}", text::Quote(table_.At(row, *label_)),
                    table_.line(other),
                    text::Quote(table_.At(other, *label_))));
  }

  // Each bin begins where the one before ends, those outside, too.
  Status Join() {
    const Bin* before = nullptr;
    for (const auto& [low, bin] : bins_) {
      if (before != nullptr && before->high != low) {
        return table_.Refuse(bin.row, low_,
                             fmt::format("{}, where the bin before ends at {}",
                                         low, before->high));
      }
      edges_.push_back(low);
      before = &bin;
    }
    if (before == nullptr) {
      return Fail(Code::kInvalidArgument,
                  fmt::format("no row is a bin of the {} axis", prefix_));
    }
    edges_.push_back(before->high);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const auto& [low, high] = rows_[row];
      if (low == -kInfinity && high != edges_.front()) {
        return table_.Refuse(row, high_,
                             fmt::format("{}, where the first bin begins at {}",
                                         high, edges_.front()));
      }
      if (high == kInfinity && low != edges_.back()) {
        return table_.Refuse(row, low_,
                             fmt::format("{}, where the last bin ends at {}",
                                         low, edges_.back()));
      }
    }
    return {};
  }

  bool Has(const Axis& axis) const {
    if (axis.is_category() || axis.bins() != edges_.size() - 1) return false;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (axis.LowEdge(i + 1) != edges_[i]) return false;
    }
    return true;
  }

  Result<Axis> MakeCategory(const Axis* former) const {
    std::vector<std::string> labels;
    for (const auto& [low, bin] : bins_) {
      labels.emplace_back(table_.At(bin.row, *label_));
    }
    const bool had = former != nullptr && former->is_category();
    if (had && former->labels() == labels) return *former;
    auto axis = Axis::Category(std::move(labels), had && former->grows(),
                               had ? former->title() : "");
    if (axis) return axis;
    return Fail(axis.error().In("column " + prefix_ + "_label"));
  }

  const CsvTable& table_;
  const std::string prefix_;
  std::size_t low_ = 0;
  std::size_t high_ = 0;
  std::optional<std::size_t> label_;
  std::vector<std::pair<double, double>> rows_;
  std::map<double, Bin> bins_;  // Inside, by their low edges
  std::vector<double> edges_;
};

// Sees to it that there are as many rows as cells inside, and none twice.
Status CheckComplete(const CsvTable& table, const CsvCells& found,
                     std::size_t inside) {
  double wanted = 1;
  for (const Axis& axis : found.axes) wanted *= axis.bins();
  if (static_cast<double>(inside) < wanted) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} rows for {} cells inside: each takes one",
                            inside, wanted));
  }
  std::map<std::size_t, std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto [at, is_new] = rows.emplace(found.cell_of_row[row], row);
    if (is_new) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("line {}: the same cell as line {}",
                            table.line(row), table.line(at->second)));
  }
  return {};
}

}  // namespace

std::vector<double> CsvCells::ByCell(const std::vector<double>& by_row) const {
  std::vector<double> by_cell(cells);
  for (std::size_t row = 0; row < by_row.size(); ++row) {
    by_cell[cell_of_row[row]] = by_row[row];
  }
  return by_cell;
}

Result<CsvCells> ReadCells(const CsvTable& table, std::size_t count,
                           std::span<const Axis* const> former) {
  CsvCells found;
  found.cell_of_row.resize(table.rows());
  std::vector<bool> is_inside(table.rows(), true);
  found.cells = 1;
  for (std::size_t i = 0; i < count; ++i) {
    AxisReader reader(table, i);
    MAPFILE_RETURN_IF_ERROR(reader.Read());
    MAPFILE_ASSIGN_OR_RETURN(Axis axis,
                             reader.Make(former.empty() ? nullptr : former[i]));
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::size_t bin = reader.BinOf(row);
      found.cell_of_row[row] += found.cells * bin;
      is_inside[row] = is_inside[row] && bin - 1 < axis.bins();
    }
    found.cells *= axis.cells();
    found.axes.push_back(std::move(axis));
  }
  const auto inside = static_cast<std::size_t>(
      std::count(is_inside.begin(), is_inside.end(), true));
  MAPFILE_RETURN_IF_ERROR(CheckComplete(table, found, inside));
  return found;
}

}  // namespace mapfile::tools
