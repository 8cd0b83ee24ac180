#include "lib/types/loader.h"

#include <doctest/doctest.h>

#include <cstring>
#include <random>

#include "lib/types/type_layout.h"
#include "mapfile/histogram.h"
#include "tests/types/hostile_bytes.h"
#include "tests/types/largest_allocation.h"
#include "tests/types/random_values.h"

namespace mapfile::zoo {
namespace {

constexpr std::uint64_t kHuge = ~std::uint64_t{0};

// Behind strings, in elements that don't fit one piece of 512 bytes.
struct Large {
  std::int32_t narrow[150] = {};
  std::string text;
  std::int32_t more[50] = {};
};
struct LargeBefore {
  std::int16_t narrow[150] = {};
  std::string text;
  std::int16_t more[50] = {};
};
struct None {};
MAPFILE_DESCRIBE_AS(Large, "Large", 2, (), narrow, text, more)
MAPFILE_DESCRIBE_AS(LargeBefore, "Large", 1, (), narrow, text, more)
MAPFILE_DESCRIBE_AS(None, "None", 1, ())

TEST_CASE("a fixed part that isn't whole is refused") {
  MemoryTypeTable types;
  const std::vector<std::byte> bytes(7);
  CHECK(Has(Refusal<double>(bytes, types), "beyond its end at 7"));
  CHECK(Has(Refusal<Point>(bytes, types), "beyond its end"));
  CHECK(Has(Refusal<std::string>(bytes, types), "beyond its end"));
  CHECK(Has(Refusal<Everything>({}, types), "beyond its end at 0"));
}

TEST_CASE("offsets and counts that lead out of the value are refused") {
  for (const HostileBytes& bytes :
       {HostileBytes{16, 1}, HostileBytes{0, 17}, HostileBytes{kHuge, 1},
        HostileBytes{1, kHuge}, HostileBytes{kHuge, kHuge},
        HostileBytes{kHuge - 7, 16}, HostileBytes{8, kHuge - 7}}) {
    for (const std::string& refusal :
         {Refusal<std::string>(bytes), Refusal<std::vector<std::byte>>(bytes),
          Refusal<std::vector<double>>(bytes),
          Refusal<std::vector<bool>>(bytes),
          Refusal<std::vector<std::string>>(bytes),
          Refusal<std::map<std::int32_t, double>>(bytes)}) {
      CHECK(Has(refusal, "the value is damaged: "));
      CHECK(Has(refusal, " are beyond its end at 16"));
    }
  }
}

TEST_CASE("an empty one may lead anywhere") {
  CHECK(Refusal<std::string>({kHuge, 0}) == "");
  CHECK(Refusal<std::vector<double>>({kHuge, 0}) == "");
  CHECK(Refusal<std::map<int, int>>({kHuge, 0}) == "");
  CHECK(Refusal<std::optional<double>>({kHuge, 0}) == "");
}

TEST_CASE("a count can't make it allocate more than there is") {
  static_cast<void>(TakeLargestAllocation());
  for (const std::uint64_t count :
       {kHuge, kHuge / 8, kHuge / 16, kHuge / 8 + 1, std::uint64_t{1} << 61,
        std::uint64_t{1} << 60, std::uint64_t{1} << 40, std::uint64_t{1} << 32,
        std::uint64_t{1} << 24}) {
    const HostileBytes bytes{0, count};
    CHECK(Refusal<std::string>(bytes) != "");
    CHECK(Refusal<std::vector<std::byte>>(bytes) != "");
    CHECK(Refusal<std::vector<double>>(bytes) != "");
    CHECK(Refusal<std::vector<bool>>(bytes) != "");
    CHECK(Refusal<std::vector<Everything>>(bytes) != "");
    CHECK(Refusal<std::map<std::string, Everything>>(bytes) != "");
    CHECK(Refusal<std::vector<None>>(bytes) != "");
  }
  CHECK(TakeLargestAllocation() < 10000);
}

TEST_CASE("elements without a size are few") {
  CHECK(Refusal<std::vector<None>>({0, internal::kMaxEmptyElements}) == "");
  CHECK(Has(Refusal<std::vector<None>>({0, internal::kMaxEmptyElements + 1}),
            "overlap"));
  // All of them together.
  HostileBytes lists{16, 3};
  for (int i = 0; i < 3; ++i) lists.Add(0, internal::kMaxEmptyElements / 2);
  CHECK(Has(Refusal<std::vector<std::vector<None>>>(lists), "overlap"));
}

TEST_CASE("parts that lie over each other are refused before they multiply") {
  // Each of 64 vectors claims the same bytes.
  HostileBytes vectors{16, 64};
  for (int i = 0; i < 64; ++i) vectors.Add(0, 1000);
  static_cast<void>(TakeLargestAllocation());
  CHECK(
      Has(Refusal<std::vector<std::vector<std::uint8_t>>>(vectors), "overlap"));
  CHECK(Has(Refusal<std::vector<std::string>>(vectors), "overlap"));
  CHECK(TakeLargestAllocation() < 10000);
  // A vector whose elements are the vector itself.
  CHECK(Has(Refusal<std::vector<std::string>>({0, 1}), "overlap"));
}

TEST_CASE("a value inside itself ends") {
  // `children` of Everything lead to the same Everything again and again.
  MemoryTypeTable types;
  Everything value;
  value.children.resize(1);
  auto bytes = Store(value, types).value();
  const std::uint64_t at =
      TypeOf<Everything>().root().cls->fields.back().offset;
  const std::uint64_t itself[] = {0, 1};
  std::memcpy(bytes.data() + at, itself, sizeof(itself));
  CHECK(Has(Refusal<Everything>(bytes, types), "overlap"));
}

TEST_CASE("64 levels are read, 65 refused") {
  const auto chain = [](int levels) {
    Everything value;
    for (int i = 0; i < levels; ++i) {
      Everything outer;
      outer.children.push_back(std::move(value));
      value = std::move(outer);
    }
    return value;
  };
  MemoryTypeTable types;
  // The innermost one has fields that would lead one level further.
  auto bytes = Store(chain(63), types).value();
  CHECK(Refusal<Everything>(bytes, types) == "");
  // It lies at the end, with its variant's number behind it. It gets a child.
  const ClassNode& cls = *TypeOf<Everything>().root().cls;
  const std::uint64_t innermost =
      bytes.size() - sizeof(std::int32_t) - cls.size;
  const std::uint64_t child[] = {RoundUp(bytes.size(), cls.align), 1};
  bytes.resize(child[0] + cls.size);
  std::memcpy(bytes.data() + innermost + cls.fields.back().offset, child,
              sizeof(child));
  CHECK(Has(Refusal<Everything>(bytes, types), "nested deeper than 64"));
}

TEST_CASE("what no writer writes is refused") {
  CHECK(Has(Refusal<std::optional<double>>({16, 2, 0, 0}),
            "an optional with more than one value"));
  using Any = std::variant<std::int32_t, std::string>;
  CHECK(Has(Refusal<Any>({2, 16, 0}), "alternative 2 of 2"));
  CHECK(Has(Refusal<Any>({kHuge, 16, 0}), "alternative"));
  // The upper half of the index counts, too.
  CHECK(Has(Refusal<Any>({std::uint64_t{1} << 32, 16, 0}), "alternative"));
  CHECK(Has(Refusal<Any>({1, 16}), "beyond its end"));
  CHECK(Has(Refusal<std::map<std::int64_t, std::int64_t>>({16, 2, 7, 1, 7, 2}),
            "a map has a key twice"));
}

TEST_CASE("maps come in any order, and as they are stored") {
  MemoryTypeTable types;
  std::map<std::int64_t, std::int64_t> map = {{9, 9}};
  const HostileBytes bytes{16, 2, 7, 1, 5, 2};
  REQUIRE(Load(TypeOf<decltype(map)>(), bytes.bytes(), types, &map));
  CHECK(map == std::map<std::int64_t, std::int64_t>{{5, 2}, {7, 1}});
}

TEST_CASE("any byte but 0 is true, and a bool of 0 or 1 then") {
  const HostileBytes bytes{16, 3, 0xff8000};
  MemoryTypeTable types;
  std::vector<bool> bits;
  REQUIRE(Load(TypeOf<std::vector<bool>>(), bytes.bytes(), types, &bits));
  CHECK(bits == std::vector<bool>{false, true, true});
  std::array<bool, 3> array = {};
  const HostileBytes in_place{0x027f00};
  REQUIRE(Load(TypeOf<std::array<bool, 3>>(), in_place.bytes(), types, &array));
  CHECK(array == std::array<bool, 3>{false, true, true});
  CHECK(Store(array, types).value() ==
        std::vector<std::byte>{std::byte{0}, std::byte{1}, std::byte{1}});
}

TEST_CASE("elements larger than a piece are read from their place") {
  std::vector<LargeBefore> before(3);
  for (int i = 0; i < 3; ++i) {
    before[i].narrow[149] = static_cast<std::int16_t>(-i);
    before[i].text = std::string(1000, static_cast<char>('a' + i));
    before[i].more[49] = static_cast<std::int16_t>(i);
  }
  MemoryTypeTable types;
  const auto bytes = Store(before, types).value();
  std::vector<Large> now;
  REQUIRE(Load(TypeOf<std::vector<LargeBefore>>(), bytes, types, &now));
  REQUIRE(now.size() == 3);
  for (int i = 0; i < 3; ++i) {
    CHECK(now[i].narrow[149] == -i);
    CHECK(now[i].text == before[i].text);
    CHECK(now[i].more[49] == i);
  }
}

// Decodes `bytes` after damage; whatever comes, nothing but a result may.
template <class T>
void Damage(const T& value, int rounds, std::mt19937& random) {
  MemoryTypeTable types;
  auto whole = Store(value, types);
  REQUIRE(whole);
  static_cast<void>(TakeLargestAllocation());
  int refused = 0;
  for (int i = 0; i < rounds; ++i) {
    std::vector<std::byte> bytes = *whole;
    if (i % 4 == 0) bytes.resize(random() % bytes.size());
    for (auto n = random() % 4; n > 0 && !bytes.empty(); --n) {
      const std::size_t at = random() % 2 ? random() % bytes.size()
                                          : random() % bytes.size() / 8 * 8;
      bytes[at] = i % 3 ? static_cast<std::byte>(random())
                        : bytes[at] ^ std::byte(1 << random() % 8);
    }
    T copy{};
    if (!Load(TypeOf<T>(), bytes, types, &copy)) ++refused;
  }
  CHECK(refused > rounds / 20);
  CHECK(refused < rounds);
  // An object takes more than its bytes, but not without bound.
  CHECK(TakeLargestAllocation() < 100 * whole->size() + 10000);
}

TEST_CASE("damaged bytes give errors, and nothing else") {
  std::mt19937 random(3);
  Everything value;
  do {
    value = RandomValue(random, 2);
  } while (value.words.empty() || value.children.empty());
  Damage(value, 20000, random);
  Damage(MakeDrawing(), 20000, random);
  Histogram1D histogram("h", RegularAxis(10, 0, 1));
  Damage(histogram, 10000, random);
}

}  // namespace
}  // namespace mapfile::zoo
