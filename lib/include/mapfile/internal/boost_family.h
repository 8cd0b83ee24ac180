// A boost::histogram as a class of the family, and back. Include
// boost_histogram.h.
#ifndef MAPFILE_INTERNAL_BOOST_FAMILY_H_
#define MAPFILE_INTERNAL_BOOST_FAMILY_H_

#include <algorithm>
#include <boost/histogram/unsafe_access.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "mapfile/internal/boost_axis.h"
#include "mapfile/internal/boost_cells.h"
#include "mapfile/status.h"

namespace mapfile::internal::boosted {

template <class H>
Result<std::vector<Axis>> ToAxes(const H& histogram) {
  std::vector<Axis> axes;
  Status status;
  histogram.for_each_axis([&](const auto& from) {
    auto axis = ToAxis(from);
    if (!axis && status) status = Fail(axis.error());
    axes.push_back(axis ? *std::move(axis) : Axis());
  });
  if (!status) return Fail(status.error());
  return axes;
}

template <class H>
Lists ToLists(const H& histogram, std::size_t cells) {
  using Cell = typename H::value_type;
  Lists lists(cells);
  if constexpr (Mean<Cell>) lists.third.resize(cells);
  if constexpr (WeightedMean<Cell>) lists.fourth.resize(cells);
  ForEachCell(histogram, [&](std::size_t i, const auto& cell) {
    Collect(static_cast<const Cell&>(cell), i, lists);
  });
  if constexpr (Weighted<Cell>) {
    const double squares = lists.squares;
    lists.entries = squares == 0 ? 0 : lists.entries * lists.entries / squares;
  } else if constexpr (!Mean<Cell>) {
    lists.second.clear();
  }
  return lists;
}

template <class H>
Result<typename FamilyOf<H>::Type> ToFamily(const H& histogram,
                                            std::string_view name) {
  using Family = typename FamilyOf<H>::Type;
  auto axes = ToAxes(histogram);
  if (!axes) return Fail(axes.error());
  std::size_t cells = 1;
  for (const Axis& axis : *axes) cells *= axis.cells();
  Family family = [&]<std::size_t... I>(std::index_sequence<I...>) {
    return Family(std::string(name), (*axes)[I]...);
  }
  (std::make_index_sequence<kRank<H>>());
  Lists lists = ToLists(histogram, cells);
  // NaN is no number of entries.
  const auto entries = static_cast<std::uint64_t>(
      std::fmin(std::fmax(std::nearbyint(lists.entries), 0.0), 0x1p63));
  Status status;
  if constexpr (Mean<typename H::value_type>) {
    status = family.SetCells(std::move(lists.first), std::move(lists.second),
                             std::move(lists.third), std::move(lists.fourth),
                             entries);
  } else {
    status = family.SetContents(std::move(lists.first), std::move(lists.second),
                                entries);
  }
  if (!status) return Fail(status.error());
  return family;
}

template <class Family>
std::vector<const Axis*> AxesOf(const Family& family) {
  if constexpr (requires { family.axis(); }) {
    return {&family.axis()};
  } else if constexpr (requires { family.z_axis(); }) {
    return {&family.x_axis(), &family.y_axis(), &family.z_axis()};
  } else {
    return {&family.x_axis(), &family.y_axis()};
  }
}

template <class Family>
Lists ListsOf(const Family& family) {
  Lists lists(0);
  if constexpr (requires { family.weights(); }) {
    lists.first = family.weights();
    lists.second = family.sums();
    lists.third = family.sum_squares();
    lists.fourth = family.weight_squares();
  } else {
    lists.first = family.contents();
    lists.second =
        family.keeps_squares() ? family.squares() : family.contents();
  }
  return lists;
}

template <class H>
Status FromFamily(const typename FamilyOf<H>::Type& family, H* into) {
  using Cell = typename H::value_type;
  if (std::string fault = family.Fault(); !fault.empty()) {
    return Fail(Code::kCorrupt, std::move(fault));
  }
  const auto from = AxesOf(family);
  auto axes = bh::unsafe_access::axes(*into);
  Status status;
  std::apply(
      [&, i = std::size_t{0}](auto&... axis) mutable {
        ((status = status ? FromAxis(*from[i++], &axis) : status), ...);
      },
      axes);
  if (!status) return status;
  H made(std::move(axes), bh::unsafe_access::storage(*into));
  made.reset();
  const Lists lists = ListsOf(family);
  ForEachCell(made, [&](std::size_t i, auto&& cell) {
    if (Holds<Cell>(lists.first[i])) {
      cell = Restore<Cell>(lists, i);
    } else if (status) {
      status = Fail(Code::kTypeMismatch,
                    "its cell " + std::to_string(i) + " holds " +
                        std::to_string(lists.first[i]) +
                        ", which is no number of the type asked for");
    }
  });
  if (status) *into = std::move(made);
  return status;
}

}  // namespace mapfile::internal::boosted

#endif  // MAPFILE_INTERNAL_BOOST_FAMILY_H_
