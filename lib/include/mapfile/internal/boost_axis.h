// Axes of Boost.Histogram and those of axis.h. Include boost_histogram.h.
#ifndef MAPFILE_INTERNAL_BOOST_AXIS_H_
#define MAPFILE_INTERNAL_BOOST_AXIS_H_

#include <boost/histogram/axis/category.hpp>
#include <boost/histogram/axis/integer.hpp>
#include <boost/histogram/axis/option.hpp>
#include <boost/histogram/axis/regular.hpp>
#include <boost/histogram/axis/traits.hpp>
#include <boost/histogram/axis/variable.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/status.h"

namespace mapfile::internal::boosted {

namespace bh = ::boost::histogram;

template <class A>
std::string TitleOf(const A& axis) {
  if constexpr (std::is_convertible_v<decltype(axis.metadata()),
                                      std::string_view>) {
    return std::string(std::string_view(axis.metadata()));
  } else {
    return {};
  }
}

template <class A>
std::vector<double> EdgesOf(const A& axis) {
  std::vector<double> edges;
  for (int i = 0; i <= axis.size(); ++i) {
    edges.push_back(static_cast<double>(axis.value(i)));
  }
  return edges;
}

template <class V, class T, class M, class O>
Result<Axis> ToAxis(const bh::axis::regular<V, T, M, O>& axis) {
  using Options = bh::axis::traits::get_options<bh::axis::regular<V, T, M, O>>;
  using Transform = std::decay_t<decltype(axis.transform())>;
  const auto bins = static_cast<std::uint64_t>(axis.size());
  const auto low = static_cast<double>(axis.value(0));
  const auto high = static_cast<double>(axis.value(axis.size()));
  if constexpr (std::is_same_v<Transform, bh::axis::transform::log>) {
    return Axis::Logarithmic(bins, low, high, TitleOf(axis));
  } else if constexpr (!std::is_same_v<Transform, bh::axis::transform::id>) {
    return Axis::Variable(EdgesOf(axis), TitleOf(axis));
  } else if constexpr (Options::test(bh::axis::option::circular)) {
    return Axis::Circular(bins, low, high, TitleOf(axis));
  } else {
    return Axis::Regular(bins, low, high, TitleOf(axis));
  }
}

template <class V, class M, class O, class A>
Result<Axis> ToAxis(const bh::axis::variable<V, M, O, A>& axis) {
  return Axis::Variable(EdgesOf(axis), TitleOf(axis));
}

template <class V, class M, class O>
Result<Axis> ToAxis(const bh::axis::integer<V, M, O>& axis) {
  return Axis::Integer(static_cast<std::int64_t>(axis.value(0)),
                       static_cast<std::int64_t>(axis.value(axis.size())),
                       TitleOf(axis));
}

template <class V, class M, class O, class A>
Result<Axis> ToAxis(const bh::axis::category<V, M, O, A>& axis) {
  using Options = bh::axis::traits::get_options<bh::axis::category<V, M, O, A>>;
  std::vector<std::string> labels;
  for (int i = 0; i < axis.size(); ++i) {
    if constexpr (std::is_integral_v<V>) {
      labels.push_back(std::to_string(axis.value(i)));
    } else {
      labels.push_back(axis.value(i));
    }
  }
  return Axis::Category(std::move(labels),
                        Options::test(bh::axis::option::growth), TitleOf(axis));
}

// For an axis of another kind than the type that is asked for.
inline tl::unexpected<Error> OtherAxis(const Axis& from,
                                       std::string_view wanted) {
  std::string kind(AxisKindName(from.kind()));
  return Fail(Code::kTypeMismatch,
              "its axis is " + kind + ", not " + std::string(wanted));
}

inline tl::unexpected<Error> BeyondType() {
  return Fail(Code::kTypeMismatch,
              "its axis goes beyond the type of numbers asked for");
}

// Whether `edges` still rise as numbers of type V: Boost throws where they
// don't.
template <class V>
bool Rise(const std::vector<double>& edges) {
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const auto low = static_cast<V>(edges[i - 1]);
    const auto high = static_cast<V>(edges[i]);
    if (!(low < high) || !std::isfinite(high)) return false;
  }
  return true;
}

template <class M>
M MetadataOf(const Axis& from) {
  if constexpr (std::is_constructible_v<M, const std::string&>) {
    return M(from.title());
  } else {
    return M();
  }
}

// Makes `axis` the same as `from`, which is valid.
template <class V, class T, class M, class O>
Status FromAxis(const Axis& from, bh::axis::regular<V, T, M, O>* axis) {
  using A = bh::axis::regular<V, T, M, O>;
  using Transform = std::decay_t<decltype(axis->transform())>;
  constexpr bool kLog = std::is_same_v<Transform, bh::axis::transform::log>;
  static_assert(kLog || std::is_same_v<Transform, bh::axis::transform::id>,
                "of regular axes only those without and with log can be got");
  constexpr AxisKind kWanted =
      kLog ? AxisKind::kLogarithmic
      : bh::axis::traits::get_options<A>::test(bh::axis::option::circular)
          ? AxisKind::kCircular
          : AxisKind::kRegular;
  if (from.kind() != kWanted) return OtherAxis(from, AxisKindName(kWanted));
  if (!Rise<V>({from.low(), from.high()})) return BeyondType();
  using Meta = std::decay_t<decltype(axis->metadata())>;
  *axis = A(from.bins(), static_cast<V>(from.low()),
            static_cast<V>(from.high()), MetadataOf<Meta>(from));
  return {};
}

template <class V, class M, class O, class L>
Status FromAxis(const Axis& from, bh::axis::variable<V, M, O, L>* axis) {
  if (from.kind() != AxisKind::kVariable) return OtherAxis(from, "variable");
  if (!Rise<V>(from.edges())) return BeyondType();
  using Meta = std::decay_t<decltype(axis->metadata())>;
  *axis = bh::axis::variable<V, M, O, L>(from.edges(), MetadataOf<Meta>(from));
  return {};
}

template <class V, class M, class O>
Status FromAxis(const Axis& from, bh::axis::integer<V, M, O>* axis) {
  if (from.kind() != AxisKind::kInteger) return OtherAxis(from, "integer");
  if constexpr (std::is_integral_v<V>) {
    if (from.low() < static_cast<double>(std::numeric_limits<V>::min()) ||
        from.high() > static_cast<double>(std::numeric_limits<V>::max())) {
      return BeyondType();
    }
  }
  using Meta = std::decay_t<decltype(axis->metadata())>;
  *axis = bh::axis::integer<V, M, O>(static_cast<V>(from.low()),
                                     static_cast<V>(from.high()),
                                     MetadataOf<Meta>(from));
  return {};
}

template <class V, class M, class O, class L>
Status FromAxis(const Axis& from, bh::axis::category<V, M, O, L>* axis) {
  using A = bh::axis::category<V, M, O, L>;
  if (!from.is_category()) return OtherAxis(from, "category");
  std::vector<V> values;
  for (const std::string& label : from.labels()) {
    if constexpr (std::is_integral_v<V>) {
      V value{};
      const char* const end = label.data() + label.size();
      const auto parsed = std::from_chars(label.data(), end, value);
      if (parsed.ec != std::errc() || parsed.ptr != end) {
        return Fail(Code::kTypeMismatch,
                    "its label \"" + label + "\" is no such number");
      }
      values.push_back(value);
    } else {
      values.emplace_back(label);
    }
  }
  if (values.empty() &&
      !bh::axis::traits::get_options<A>::test(bh::axis::option::growth)) {
    return Fail(Code::kTypeMismatch, "its axis has no labels, and may grow");
  }
  using Meta = std::decay_t<decltype(axis->metadata())>;
  *axis = A(values.begin(), values.end(), MetadataOf<Meta>(from));
  return {};
}

}  // namespace mapfile::internal::boosted

#endif  // MAPFILE_INTERNAL_BOOST_AXIS_H_
