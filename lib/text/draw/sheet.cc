#include "lib/text/draw/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/text/table.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kWidthForBox = 64;  // Narrower: the statistics go below
constexpr int kBoxGap = 2;

// The statistics in a frame, no wider than half of what there is.
std::vector<std::string> Box(const std::vector<Statistic>& statistics, int most,
                             bool unicode, const Pen& pen) {
  int width = 0;
  for (const auto& [name, value] : statistics) {
    width = std::max(width, DisplayWidth(name) + DisplayWidth(value) + 2);
  }
  width = std::min(width, most - 4);
  const std::string line = Repeated(pen.horizontal, width + 2);
  std::vector<std::string> box;
  box.push_back(fmt::format("{}{}{}", pen.top_left, line, pen.top_right));
  for (const auto& [name, value] : statistics) {
    const int value_width = std::min(DisplayWidth(value), width / 2);
    const std::string left = Shorten(name, width - value_width - 1, unicode);
    const std::string right =
        Shorten(value, width - DisplayWidth(left) - 1, unicode);
    box.push_back(fmt::format("{} {}{} {}", pen.vertical, left,
                              PadLeft(right, width - DisplayWidth(left)),
                              pen.vertical));
  }
  box.push_back(fmt::format("{}{}{}", pen.bottom_left, line, pen.bottom_right));
  return box;
}

// The statistics as lines of text.
std::vector<std::string> Below(const std::vector<Statistic>& statistics,
                               int width) {
  std::vector<std::string> lines;
  for (const auto& [name, value] : statistics) {
    const std::string item = Shorten(name + " " + value, width, false);
    if (lines.empty() ||
        DisplayWidth(lines.back()) + 2 + DisplayWidth(item) > width) {
      lines.push_back(item);
    } else {
      lines.back() += "  " + item;
    }
  }
  return lines;
}

}  // namespace

Sheet::Sheet(std::string_view title, std::vector<Statistic> statistics,
             const PrintOptions& options)
    : options_(options),
      pen_(options.unicode),
      width_(std::max(options.width, kLeastPictureWidth)),
      room_(width_) {
  if (width_ >= kWidthForBox && !statistics.empty()) {
    box_ = Box(statistics, width_ / 2, options.unicode, pen_);
    room_ -= DisplayWidth(box_[0]) + kBoxGap;
  } else {
    below_ = Below(statistics, width_);
  }
  const std::string text =
      Shorten(Escape(title, options.unicode), width_, options.unicode);
  if (text.empty()) return;
  ++lines_;
  out_ = (options.color ? Styled(text, Style::kBold) : text) + '\n';
}

int Sheet::lines_left(int least) const {
  const int below = static_cast<int>(below_.size());
  return std::max(options_.height - lines_ - below, least);
}

void Sheet::AddStyled(std::string_view line, int width) {
  std::string text =
      width < 0 ? Shorten(line, room_, options_.unicode) : std::string(line);
  if (box_used_ < box_.size()) {
    if (width < 0) width = DisplayWidth(text);
    text.append(static_cast<std::size_t>(room_ + kBoxGap - width), ' ');
    text += box_[box_used_++];
  }
  text.erase(text.find_last_not_of(' ') + 1);
  ++lines_;
  out_ += text + '\n';
}

std::string Sheet::Take() {
  while (box_used_ < box_.size()) Add("");
  for (const std::string& line : below_) out_ += line + '\n';
  return std::move(out_);
}

}  // namespace mapfile::text
