#include "lib/text/draw/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lib/text/draw/ticks.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastRows = 4;
constexpr int kMostMargin = 10;

}  // namespace

Frame::Frame(const Axes& axes, Sheet& sheet)
    : axes_(axes),
      sheet_(sheet),
      // The axis, its labels, and titles take lines, too.
      rows_(std::max(kLeastRows,
                     sheet.lines_left(kLeastRows) - 2 -
                         (axes.y_title.empty() ? 0 : 1) -
                         (axes.x_title.empty() && axes.note.empty() ? 0 : 1))),
      labels_(RowTicks(axes.y, rows_)),
      margin_(std::min(WidthOf(labels_), kMostMargin)),
      canvas_(sheet.room() - margin_ - 3, rows_, sheet.unicode()) {}

int Frame::Place(double place, int size) const {
  if (std::isnan(place)) return -1;
  return std::min(static_cast<int>(std::clamp(place, 0.0, 1.0) * size),
                  size - 1);
}

int Frame::DotX(double x) const {
  return Place(axes_.x.Place(x), canvas_.dots_wide());
}
int Frame::DotY(double y) const {
  return Place(axes_.y.Place(y), canvas_.dots_high());
}
int Frame::Column(double x) const {
  return Place(axes_.x.Place(x), canvas_.columns());
}
int Frame::Row(double y) const {
  return Place(axes_.y.Place(y), canvas_.rows());
}

void Frame::Add() {
  const Pen& pen = sheet_.pen();
  const bool unicode = sheet_.unicode();
  if (!axes_.y_title.empty()) sheet_.Add(Escape(axes_.y_title, unicode));
  for (int row = rows_ - 1; row >= 0; --row) {
    const auto label = labels_.find(row);
    const bool tick = label != labels_.end();
    sheet_.Add(fmt::format(
        "{} {}{}",
        PadLeft(tick ? Shorten(label->second, margin_, unicode) : "", margin_),
        tick ? pen.tick_left : pen.vertical, canvas_.Row(row)));
  }
  const int columns = canvas_.columns();
  const auto ticks =
      axes_.labels.empty()
          ? ColumnTicks(axes_.x, columns)
          : LabelTicks(axes_.labels,
                       1.0 * columns / static_cast<double>(axes_.labels.size()),
                       unicode);
  sheet_.Add(PadLeft("", margin_) + " " +
             AxisLine(ticks, columns, pen.bottom_left, pen));
  sheet_.Add(TickLabels(ticks, margin_ + 1, sheet_.room()));
  std::string below = Escape(axes_.x_title, unicode);
  if (!below.empty() && !axes_.note.empty()) below += "  ";
  below += axes_.note;
  if (!below.empty()) sheet_.Add(PadLeft(below, margin_ + 2 + columns));
}

}  // namespace mapfile::text
