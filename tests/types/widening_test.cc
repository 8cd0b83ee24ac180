// Numbers stored as one type and read as another.
#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>

#include "lib/types/kinds.h"
#include "lib/types/side_by_side.h"
#include "tests/types/hostile_bytes.h"

namespace mapfile::zoo {
namespace {

template <class T>
struct Box {
  T v{};
  std::vector<T> list;
  std::optional<T> maybe;
  std::array<T, 2> pair{};
  std::variant<T, std::string> any;
  std::map<T, T> map;
};

}  // namespace
}  // namespace mapfile::zoo

template <class T>
struct mapfile::Schema<mapfile::zoo::Box<T>> {
  using Box = mapfile::zoo::Box<T>;
  static constexpr std::string_view kName = "Box";
  static constexpr std::uint32_t kVersion = 1;
  using Bases = mapfile::Bases<>;
  static constexpr auto Fields() {
    return std::tuple(
        mapfile::Field("v", &Box::v), mapfile::Field("list", &Box::list),
        mapfile::Field("maybe", &Box::maybe),
        mapfile::Field("pair", &Box::pair), mapfile::Field("any", &Box::any),
        mapfile::Field("map", &Box::map));
  }
};

namespace mapfile::zoo {
namespace {

template <class From>
Box<From> Filled() {
  using Limits = std::numeric_limits<From>;
  Box<From> box;
  box.v = Limits::max();
  box.list = {Limits::lowest(), 0, 1, Limits::max()};
  box.maybe = Limits::lowest();
  box.pair = {Limits::max(), Limits::lowest()};
  box.any = Limits::lowest();
  box.map = {{Limits::lowest(), Limits::max()}, {1, 2}};
  return box;
}

template <class From, class To>
void CheckWidens() {
  INFO(TypeOf<From>().text(), " to ", TypeOf<To>().text());
  const Box<From> before = Filled<From>();
  MemoryTypeTable types;
  const auto bytes = Store(before, types).value();
  Box<To> now;
  now.list = {9};
  now.map[9] = 9;
  REQUIRE(Load(TypeOf<Box<From>>(), bytes, types, &now));
  const auto same = [](To to, From from) {
    return to == static_cast<To>(from) && static_cast<From>(to) == from;
  };
  CHECK(same(now.v, before.v));
  REQUIRE(now.list.size() == before.list.size());
  for (std::size_t i = 0; i < now.list.size(); ++i) {
    CHECK(same(now.list[i], before.list[i]));
  }
  CHECK(same(now.maybe.value(), *before.maybe));
  CHECK(same(now.pair[0], before.pair[0]));
  CHECK(same(now.pair[1], before.pair[1]));
  CHECK(same(std::get<To>(now.any), std::get<From>(before.any)));
  REQUIRE(now.map.size() == 2);
  CHECK(same(now.map.begin()->first, before.map.begin()->first));
  CHECK(same(now.map.begin()->second, before.map.begin()->second));
}

template <class From, class... To>
void CheckWidensToEach() {
  (CheckWidens<From, To>(), ...);
}

TEST_CASE("each legal widening, in every place where a number may be") {
  using I8 = std::int8_t;
  using I16 = std::int16_t;
  using I32 = std::int32_t;
  using I64 = std::int64_t;
  using U8 = std::uint8_t;
  using U16 = std::uint16_t;
  using U32 = std::uint32_t;
  using U64 = std::uint64_t;
  CheckWidensToEach<I8, I8, I16, I32, I64, float, double>();
  CheckWidensToEach<I16, I16, I32, I64, float, double>();
  CheckWidensToEach<I32, I32, I64, double>();
  CheckWidensToEach<I64, I64>();
  CheckWidensToEach<U8, U8, I16, I32, I64, U16, U32, U64, float, double>();
  CheckWidensToEach<U16, U16, I32, I64, U32, U64, float, double>();
  CheckWidensToEach<U32, U32, I64, U64, double>();
  CheckWidensToEach<U64, U64>();
  CheckWidensToEach<float, float, double>();
  CheckWidensToEach<double, double>();
}

template <class From, class To>
void CheckRefused() {
  const Type& stored = TypeOf<Box<From>>();
  const Type& wanted = TypeOf<Box<To>>();
  MemoryTypeTable types;
  const auto bytes = Store(Filled<From>(), types).value();
  Box<To> box;
  box.v = 1;
  const Status status = Load(stored, bytes, types, &box);
  REQUIRE(!status);
  CHECK(status.error().code() == Code::kTypeMismatch);
  const std::string from(TypeOf<From>().name());
  CHECK(status.error().message() ==
        "v is stored as " + from + " and wanted as " + TypeOf<To>().name() +
            ":" + SideBySide(stored, wanted));
  CHECK(box.v == 1);
}

template <class From, class... To>
void CheckRefusedByEach() {
  (CheckRefused<From, To>(), ...);
}

TEST_CASE("whatever would lose a value is refused, with both descriptions") {
  using I8 = std::int8_t;
  using I16 = std::int16_t;
  using I32 = std::int32_t;
  using I64 = std::int64_t;
  using U8 = std::uint8_t;
  using U16 = std::uint16_t;
  using U32 = std::uint32_t;
  using U64 = std::uint64_t;
  CheckRefusedByEach<I8, U8, U16, U32, U64>();
  CheckRefusedByEach<I16, I8, U8, U16, U32, U64>();
  CheckRefusedByEach<I32, I8, I16, U8, U16, U32, U64, float>();
  CheckRefusedByEach<I64, I8, I16, I32, U8, U16, U32, U64, float, double>();
  CheckRefusedByEach<U8, I8>();
  CheckRefusedByEach<U16, I8, I16, U8>();
  CheckRefusedByEach<U32, I8, I16, I32, U8, U16, float>();
  CheckRefusedByEach<U64, I8, I16, I32, I64, U8, U16, U32, float, double>();
  CheckRefusedByEach<float, I8, I16, I32, I64, U8, U16, U32, U64>();
  CheckRefusedByEach<double, I8, I16, I32, I64, U8, U16, U32, U64, float>();
}

}  // namespace
}  // namespace mapfile::zoo
