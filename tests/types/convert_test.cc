#include "lib/types/convert.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "lib/types/kinds.h"

namespace mapfile {
namespace {

template <class T>
struct Of {
  using type = T;
};

// Calls f(kind, Of<T>) with each kind of number and its C++ type.
template <class F>
void ForEachNumber(F&& f) {
  f(Kind::kI8, Of<std::int8_t>());
  f(Kind::kI16, Of<std::int16_t>());
  f(Kind::kI32, Of<std::int32_t>());
  f(Kind::kI64, Of<std::int64_t>());
  f(Kind::kU8, Of<std::uint8_t>());
  f(Kind::kU16, Of<std::uint16_t>());
  f(Kind::kU32, Of<std::uint32_t>());
  f(Kind::kU64, Of<std::uint64_t>());
  f(Kind::kF32, Of<float>());
  f(Kind::kF64, Of<double>());
}

// Whether a To has room for each From: sign and digits decide.
template <class From, class To>
constexpr bool kKeepsAll =
    !std::is_same_v<From, To> &&
    (std::is_integral_v<From> || std::is_floating_point_v<To>)&&(
        !std::is_signed_v<From> ||
        std::is_signed_v<To>)&&std::numeric_limits<From>::digits <=
        std::numeric_limits<To>::digits;

template <class T>
std::array<T, 7> Extremes() {
  using Limits = std::numeric_limits<T>;
  const T one = 1;
  return {Limits::lowest(),
          Limits::min(),
          static_cast<T>(Limits::max() / 2 + one),
          static_cast<T>(Limits::max() - one),
          Limits::max(),
          T{0},
          one};
}

TEST_CASE("a number widens where each of its values is kept") {
  ForEachNumber([](Kind from, auto from_type) {
    ForEachNumber([&](Kind to, auto to_type) {
      using From = typename decltype(from_type)::type;
      using To = typename decltype(to_type)::type;
      INFO(KindWord(from), " to ", KindWord(to));
      CHECK(IsWidening(from, to) == kKeepsAll<From, To>);
    });
  });
}

TEST_CASE("every widening is exact, at both ends") {
  int widenings = 0;
  ForEachNumber([&](Kind from, auto from_type) {
    ForEachNumber([&](Kind to, auto to_type) {
      using From = typename decltype(from_type)::type;
      using To = typename decltype(to_type)::type;
      if (!IsWidening(from, to)) return;
      ++widenings;
      for (const From value : Extremes<From>()) {
        To widened{};
        Widen(from, &value, to, &widened);
        INFO(KindWord(from), " to ", KindWord(to), ": ", +value);
        CHECK(widened == static_cast<To>(value));
        CHECK(static_cast<From>(widened) == value);
      }
    });
  });
  // i8 5, i16 4, i32 2, u8 8, u16 6, u32 3, f32 1.
  CHECK(widenings == 29);
}

TEST_CASE("infinities and NaNs widen to themselves") {
  double wide = 0;
  const float inf = -std::numeric_limits<float>::infinity();
  Widen(Kind::kF32, &inf, Kind::kF64, &wide);
  CHECK(wide == -std::numeric_limits<double>::infinity());
  const float nan = std::numeric_limits<float>::quiet_NaN();
  Widen(Kind::kF32, &nan, Kind::kF64, &wide);
  CHECK(wide != wide);
}

TEST_CASE("truth is no number, and text no scalar") {
  for (const Kind kind : {Kind::kBool, Kind::kString, Kind::kBytes,
                          Kind::kClass, Kind::kPointer, Kind::kVector}) {
    CHECK(!IsWidening(kind, Kind::kI64));
    CHECK(!IsWidening(Kind::kI8, kind));
    CHECK(!IsWidening(kind, kind));
  }
}

}  // namespace
}  // namespace mapfile
