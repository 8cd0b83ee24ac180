#include <limits>

#include "tools/common/csv_axes.h"

namespace mapfile::tools {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

void WriteTitles(std::span<const Axis* const> axes,
                 const std::vector<std::string>& titles, CsvWriter& out) {
  char letter = 'x';
  for (const Axis* axis : axes) {
    const std::string prefix(1, letter++);
    out.Text(prefix + "_low").Text(prefix + "_high");
    if (axis->is_category()) out.Text(prefix + "_label");
  }
  for (const std::string& title : titles) out.Text(title);
  out.EndLine();
}

void WriteBin(const Axis& axis, std::size_t bin, CsvWriter& out) {
  out.Number(bin == 0 ? -kInfinity : axis.LowEdge(bin));
  out.Number(bin > axis.bins() ? kInfinity : axis.LowEdge(bin + 1));
  if (axis.is_category()) out.Text(axis.Label(bin));
}

}  // namespace

std::vector<std::string> AxisColumns(std::size_t count) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string prefix(1, static_cast<char>('x' + i));
    for (const char* part : {"_low", "_high", "_label"}) {
      columns.push_back(prefix + part);
    }
  }
  return columns;
}

std::string WriteCells(
    std::span<const Axis* const> axes, const std::vector<std::string>& titles,
    const std::function<void(CsvWriter&, std::size_t)>& write) {
  CsvWriter out;
  WriteTitles(axes, titles, out);
  std::size_t cells = 1;
  for (const Axis* axis : axes) cells *= axis->cells();
  for (std::size_t cell = 0; cell < cells; ++cell) {
    std::size_t rest = cell;
    for (const Axis* axis : axes) {
      WriteBin(*axis, rest % axis->cells(), out);
      rest /= axis->cells();
    }
    write(out, cell);
    out.EndLine();
  }
  return std::move(out).Take();
}

}  // namespace mapfile::tools
