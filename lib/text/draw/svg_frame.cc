#include "lib/text/draw/svg_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kImageWidth = 800;
constexpr int kImageHeight = 480;
constexpr int kStatisticsWidth = kImageWidth - SvgFrame::kBeside - 12;
constexpr int kRowHeight = 18;
constexpr int kTick = 5;
constexpr int kTicksX = 8;
constexpr int kTicksY = 6;
constexpr std::size_t kMostLabels = 40;
constexpr int kPixelsPerCharacter = 7;
constexpr std::string_view kAxisLine = R"(stroke="black")";

// One that a label too long for its room is cut at.
std::string Cut(std::string_view text, double pixels) {
  const int columns = static_cast<int>(pixels / kPixelsPerCharacter);
  return Shorten(Escape(text), std::max(columns, 3));
}

}  // namespace

SvgFrame::SvgFrame(std::string_view title, SvgAxis x, SvgAxis y)
    : svg_(kImageWidth, kImageHeight, title),
      title_(title),
      x_(std::move(x)),
      y_(std::move(y)) {}

double SvgFrame::X(double value) const {
  const double place = x_.scale.Place(value);
  return kLeft + std::clamp(std::isnan(place) ? 0 : place, 0.0, 1.0) * kWidth;
}

double SvgFrame::Y(double value) const {
  const double place = y_.scale.Place(value);
  return kTop + kHeight -
         std::clamp(std::isnan(place) ? 0 : place, 0.0, 1.0) * kHeight;
}

double SvgFrame::AddStatistics(const std::vector<Statistic>& rows, double top,
                               double marks) {
  double y = top;
  for (const auto& [name, value] : rows) {
    y += kRowHeight;
    const double half = kStatisticsWidth / 2.0;
    svg_.Text(kBeside + marks, y, Cut(name, half + 20 - marks),
              R"(fill="black")");
    svg_.Text(kBeside + kStatisticsWidth, y, Cut(value, half),
              R"(text-anchor="end")");
  }
  return y;
}

void SvgFrame::AddTicksX() {
  const double bottom = kTop + kHeight;
  const auto add = [&](double x, const std::string& label, double room) {
    svg_.Text(x, bottom + 20, Cut(label, room), R"(text-anchor="middle")");
  };
  if (!x_.labels.empty()) {
    const std::size_t count = x_.labels.size();
    const double width = 1.0 * kWidth / static_cast<double>(count);
    const std::size_t step = (count + kMostLabels - 1) / kMostLabels;
    for (std::size_t i = 0; i < count; i += step) {
      add(kLeft + (static_cast<double>(i) + 0.5) * width, x_.labels[i],
          width * static_cast<double>(step));
    }
    return;
  }
  for (const Tick& tick : x_.scale.Ticks(kTicksX)) {
    const double x = kLeft + tick.place * kWidth;
    svg_.Line(x, bottom, x, bottom + kTick, kAxisLine);
    add(x, tick.label, kWidth);
  }
}

void SvgFrame::AddTicksY() {
  const auto add = [&](double y, const std::string& label) {
    svg_.Text(kLeft - kTick - 3, y + 4, Cut(label, kLeft - 24),
              R"(text-anchor="end")");
  };
  if (!y_.labels.empty()) {
    const std::size_t count = y_.labels.size();
    const std::size_t step = (count + kMostLabels - 1) / kMostLabels;
    for (std::size_t i = 0; i < count; i += step) {
      const double place =
          (static_cast<double>(i) + 0.5) / static_cast<double>(count);
      add(kTop + kHeight - place * kHeight, y_.labels[i]);
    }
    return;
  }
  for (const Tick& tick : y_.scale.Ticks(kTicksY)) {
    const double y = kTop + kHeight - tick.place * kHeight;
    svg_.Line(kLeft - kTick, y, kLeft, y, kAxisLine);
    add(y, tick.label);
  }
}

std::string SvgFrame::Finish(std::string_view note) {
  svg_.Rect(kLeft, kTop, kWidth, kHeight, R"(fill="none" stroke="black")");
  AddTicksX();
  AddTicksY();
  if (!title_.empty()) {
    svg_.Text(kLeft, kTop - 14, Cut(title_, 700),
              R"(font-size="16" font-weight="bold")");
  }
  if (!x_.title.empty()) {
    svg_.Text(kLeft + kWidth, kTop + kHeight + 42, Cut(x_.title, 400),
              R"(text-anchor="end")");
  }
  if (!y_.title.empty()) {
    svg_.Text(0, 0, Cut(y_.title, kHeight),
              fmt::format(R"svg(text-anchor="end" )svg"
                          R"svg(transform="translate(18 {}) rotate(-90)")svg",
                          kTop));
  }
  if (!note.empty()) {
    svg_.Text(kLeft, kTop + kHeight + 42, note, R"(fill="#555")");
  }
  return svg_.Take();
}

}  // namespace mapfile::text
