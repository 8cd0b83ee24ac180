// Statistics as text for people.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "lib/text/draw/sparkline.h"
#include "lib/text/statistics.h"
#include "lib/text/table.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastBars = 5;
constexpr int kMostBars = 24;

}  // namespace

std::string SummariseStatistics(const Statistics& statistics, int width,
                                const PrintOptions& options) {
  std::string text;
  for (const auto& [name, value] : statistics.rows) {
    const std::string part = (text.empty() ? "" : ", ") + name + " " + value;
    if (DisplayWidth(text) + DisplayWidth(part) > width) {
      return text.empty() ? Shorten(part, width, options.unicode) : text;
    }
    text += part;
  }
  const int room = width - DisplayWidth(text) - 1;
  if (room < kLeastBars || statistics.line.empty()) return text;
  return text + " " +
         Sparkline(statistics.line, std::min(room, kMostBars), options.unicode);
}

std::string DrawStatistics(const Statistics& statistics,
                           const PrintOptions& options) {
  const std::string title = Shorten(Escape(statistics.title, options.unicode),
                                    options.width, options.unicode);
  std::string out;
  if (!title.empty()) {
    out += (options.color ? Styled(title, Style::kBold) : title) + '\n';
  }
  int names = 0;
  int values = 0;
  for (const auto& [name, value] : statistics.rows) {
    names = std::max(names, DisplayWidth(name));
    values = std::max(values, DisplayWidth(value));
  }
  // The frame and what is between takes six columns.
  const int room = std::max(options.width - 6, 2);
  values = std::min(values, std::max(1, room * 2 / 3));
  names = std::min(names, room - values);
  const bool u = options.unicode;
  std::string line;
  for (int i = 0; i < names + values + 4; ++i) line += u ? "─" : "-";
  const auto frame = [&](std::string_view left, std::string_view right) {
    out += fmt::format("{}{}{}\n", u ? left : "+", line, u ? right : "+");
  };
  frame("┌", "┐");
  for (const auto& [name, value] : statistics.rows) {
    out += fmt::format("{0} {1}  {2} {0}\n", u ? "│" : "|",
                       PadRight(Shorten(name, names, u), names),
                       PadLeft(Shorten(value, values, u), values));
  }
  frame("└", "┘");
  return out;
}

}  // namespace mapfile::text
