// Cells of Boost.Histogram and the lists of the family. Include
// boost_histogram.h.
#ifndef MAPFILE_INTERNAL_BOOST_CELLS_H_
#define MAPFILE_INTERNAL_BOOST_CELLS_H_

#include <algorithm>
#include <array>
#include <boost/histogram/histogram.hpp>
#include <boost/histogram/indexed.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <tuple>
#include <type_traits>
#include <vector>

#include "mapfile/histogram.h"
#include "mapfile/profile.h"

namespace mapfile::internal::boosted {

namespace bh = ::boost::histogram;

// What cells are: means with or without weights, sums of weights, or plain
// numbers.
template <class C>
concept WeightedMean = requires(const C& c) {
  c.sum_of_weights_squared();
};
template <class C>
concept Mean = WeightedMean<C> || requires(const C& c) {
  c.count();
  c.variance();
};
template <class C>
concept Weighted = !Mean<C> && requires(const C& c) {
  c.value();
  c.variance();
};

// How many axes; 0 where that is known at run time only.
template <class H>
constexpr std::size_t kRank = [] {
  using Axes = typename H::axes_type;
  if constexpr (requires { std::tuple_size<Axes>::value; }) {
    return std::tuple_size_v<Axes>;
  } else {
    return std::size_t{0};
  }
}();

template <class H>
struct FamilyOf {
  static_assert(kRank<H> != 0,
                "axes that are known at run time only can't be stored");
  static_assert(kRank<H> <= 3, "more than three axes can't be stored");
  static_assert(!Mean<typename H::value_type> || kRank<H> <= 2,
                "means over three axes can't be stored");
  using Sums = std::conditional_t<
      kRank<H> == 1, Histogram1D,
      std::conditional_t<kRank<H> == 2, Histogram2D, Histogram3D>>;
  using Means = std::conditional_t<kRank<H> == 1, Profile1D, Profile2D>;
  using Type = std::conditional_t<Mean<typename H::value_type>, Means, Sums>;
};

// Calls visit(cell as the family counts them, cell of `histogram`).
template <class H, class F>
void ForEachCell(H& histogram, F&& visit) {
  std::array<std::size_t, kRank<H>> stride;
  std::size_t cells = 1;
  histogram.for_each_axis([&, i = std::size_t{0}](const auto& axis) mutable {
    stride[i++] = cells;
    cells *= static_cast<std::size_t>(axis.size()) + 2;
  });
  for (auto&& entry : bh::indexed(histogram, bh::coverage::all)) {
    std::size_t cell = 0;
    for (std::size_t i = 0; i < kRank<H>; ++i) {
      cell += stride[i] * static_cast<std::size_t>(
                              entry.index(static_cast<unsigned>(i)) + 1);
    }
    visit(cell, *entry);
  }
}

// The four lists of a profile, or the two of a histogram.
struct Lists {
  explicit Lists(std::size_t cells) : first(cells), second(cells) {}
  std::vector<double> first;        // Contents; weights
  std::vector<double> second;       // Squares; sums
  std::vector<double> third = {};   // Of a profile: sum_squares
  std::vector<double> fourth = {};  // and weight_squares
  double entries = 0;
  double squares = 0;  // Sum of second, where cells are sums of weights
};

// Adds what a cell holds to the lists, as cell `i` there.
template <Mean C>
void Collect(const C& cell, std::size_t i, Lists& lists) {
  const auto mean = static_cast<double>(cell.value());
  double weight = 0;
  double square = 0;
  if constexpr (WeightedMean<C>) {
    weight = static_cast<double>(cell.sum_of_weights());
    square = static_cast<double>(cell.sum_of_weights_squared());
    lists.fourth[i] = square;
  } else {
    weight = square = static_cast<double>(cell.count());
  }
  // Boost keeps squares of differences from the mean.
  const double free = weight == 0 ? 0 : weight - square / weight;
  const double deltas = free > 0 ? cell.variance() * free : 0;
  lists.first[i] = weight;
  lists.second[i] = weight * mean;
  lists.third[i] = deltas + weight * mean * mean;
  lists.entries += square == 0 ? 0 : weight * weight / square;
}

template <class C>
requires(!Mean<C>) void Collect(const C& cell, std::size_t i, Lists& lists) {
  if constexpr (Weighted<C>) {
    lists.first[i] = static_cast<double>(cell.value());
    lists.second[i] = static_cast<double>(cell.variance());
    lists.squares += lists.second[i];
  } else {
    lists.first[i] = static_cast<double>(cell);
  }
  lists.entries += lists.first[i];
}

// The other way.
template <Mean C>
C Restore(const Lists& lists, std::size_t i) {
  const double weight = lists.first[i];
  if (weight == 0) return C();
  const double mean = lists.second[i] / weight;
  const double square = lists.fourth.empty() ? weight : lists.fourth[i];
  const double free = WeightedMean<C> ? weight - square / weight : weight - 1;
  const double deltas = lists.third[i] - weight * mean * mean;
  const double variance = free > 0 ? std::max(0.0, deltas) / free : 0;
  if constexpr (WeightedMean<C>) {
    return C(weight, square, mean, variance);
  } else {
    return C(weight, mean, variance);
  }
}

template <class C>
requires(!Mean<C>) C Restore(const Lists& lists, std::size_t i) {
  if constexpr (Weighted<C>) {
    return C(lists.first[i], lists.second[i]);
  } else {
    return static_cast<C>(lists.first[i]);
  }
}

// Whether `value` can be a cell of type C: an integer only holds integers.
template <class C>
bool Holds(double value) {
  if constexpr (std::is_integral_v<C>) {
    // The largest one may have no double: compare with the power of two above.
    const double end = std::ldexp(1.0, std::numeric_limits<C>::digits);
    const double low = std::is_signed_v<C> ? -end : 0;
    return value >= low && value < end && std::floor(value) == value;
  } else {
    return true;
  }
}

}  // namespace mapfile::internal::boosted

#endif  // MAPFILE_INTERNAL_BOOST_CELLS_H_
