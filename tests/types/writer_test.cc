#include "lib/types/writer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "tests/types/hostile_bytes.h"

namespace mapfile::zoo {
namespace {

struct Gaps {
  std::int8_t a = -1;
  double b = 1;
  std::int16_t c = -1;
};
struct Hollow {};
struct Holder {
  std::vector<Hollow> hollows;
  std::unique_ptr<Hollow> one;
  std::unique_ptr<Hollow> two;
};
MAPFILE_DESCRIBE_AS(Gaps, "Gaps", 1, (), a, b, c)
MAPFILE_DESCRIBE_AS(Hollow, "Hollow", 1, ())
MAPFILE_DESCRIBE_AS(Holder, "Holder", 1, (), hollows, one, two)

template <class T>
std::vector<std::uint64_t> WordsOf(const T& value) {
  MemoryTypeTable types;
  auto bytes = Store(value, types).value();
  bytes.resize((bytes.size() + 7) / 8 * 8);
  std::vector<std::uint64_t> words(bytes.size() / 8);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

using Words = std::vector<std::uint64_t>;

TEST_CASE("what lies between the fields is 0") {
  // The room was used before: Store() fills it with 0xee.
  const std::uint64_t one = std::bit_cast<std::uint64_t>(1.0);
  CHECK(WordsOf(Gaps()) == Words{0xff, one, 0xffff});
  CHECK(WordsOf(std::vector<Gaps>(2)) ==
        Words{16, 2, 0xff, one, 0xffff, 0xff, one, 0xffff});
  CHECK(WordsOf(std::map<std::int8_t, double>{{-1, 1}, {1, 1}}) ==
        Words{16, 2, 0xff, one, 1, one});
  CHECK(WordsOf(std::optional<Gaps>(Gaps())) ==
        Words{16, 1, 0xff, one, 0xffff});
}

TEST_CASE("numbers in a vector begin on a cache line") {
  const auto words = WordsOf(std::vector<double>(10, 2.5));
  CHECK(words[0] == 64);
  CHECK(words[1] == 10);
  CHECK(words[2] == 0);
  CHECK(words.size() == 8 + 10);
  CHECK(WordsOf(std::vector<bool>{false, true, true})[8] == 0x010100);
}

TEST_CASE("nothing is nowhere") {
  CHECK(WordsOf(std::string()) == Words{0, 0});
  CHECK(WordsOf(std::vector<std::byte>()) == Words{0, 0});
  CHECK(WordsOf(std::vector<double>()) == Words{0, 0});
  CHECK(WordsOf(std::vector<bool>()) == Words{0, 0});
  CHECK(WordsOf(std::map<int, int>()) == Words{0, 0});
  CHECK(WordsOf(std::optional<int>()) == Words{0, 0});
}

TEST_CASE("a variant says which, and where") {
  using Any = std::variant<std::int32_t, std::string, std::int64_t>;
  CHECK(WordsOf(Any(7)) == Words{0, 16, 7});
  CHECK(WordsOf(Any(std::int64_t{7})) == Words{2, 16, 7});
  CHECK(WordsOf(Any(std::string("x"))) == Words{1, 16, 32, 1, 'x'});
}

TEST_CASE("objects without a byte have places of their own") {
  Holder holder;
  holder.hollows.resize(2);
  holder.one = std::make_unique<Hollow>();
  holder.two = std::make_unique<Hollow>();
  const auto words = WordsOf(holder);
  CHECK(words[1] == 2);
  CHECK(words[3] != words[5]);
  MemoryTypeTable types;
  const auto bytes = Store(holder, types).value();
  Holder copy;
  REQUIRE(Load(TypeOf<Holder>(), bytes, types, &copy));
  CHECK(copy.hollows.size() == 2);
  REQUIRE(copy.one);
  CHECK(copy.one != copy.two);
}

std::string StoreError(const auto& value) {
  MemoryTypeTable types;
  auto bytes = Store(value, types);
  if (bytes) return "none";
  CHECK(bytes.error().code() == Code::kInvalidArgument);
  return bytes.error().message();
}

struct Throwing {
  Throwing() = default;
  Throwing(const Throwing&) { throw 1; }
  Throwing& operator=(const Throwing&) = default;
  std::int32_t x = 0;
};
MAPFILE_DESCRIBE_AS(Throwing, "Throwing", 1, (), x)

TEST_CASE("what readers would refuse isn't written") {
  Everything deep;
  for (int i = 0; i < 64; ++i) {
    Everything outer;
    outer.children.push_back(std::move(deep));
    deep = std::move(outer);
  }
  CHECK(Has(StoreError(deep), "nested deeper than 64"));
  CHECK(StoreError(deep.children[0]) == "none");
  std::vector<Hollow> hollows(internal::kMaxEmptyElements + 1);
  CHECK(Has(StoreError(hollows), "more than 65536 elements of a class"));
  hollows.pop_back();
  CHECK(StoreError(hollows) == "none");
  std::variant<std::int32_t, Throwing> none;
  try {
    none = Throwing();
  } catch (int) {
  }
  REQUIRE(none.valueless_by_exception());
  CHECK(StoreError(none) == "a variant has no value");
}

TEST_CASE("an object that changes between the passes is refused") {
  std::vector<std::string> texts = {"short", "x"};
  MemoryTypeTable types;
  internal::ValueEncoder<std::vector<std::string>> encoder(texts);
  const auto size = encoder.Size(types);
  REQUIRE(size);
  // What is behind the room that was asked for stays as it is.
  std::vector<std::byte> bytes(*size + 100, std::byte{0xcc});
  const auto refused = [&] {
    const Status status = encoder.Encode(std::span(bytes).first(*size), types);
    CHECK(std::count(bytes.end() - 100, bytes.end(), std::byte{0xcc}) == 100);
    return !status && Has(status.error().message(), "changed");
  };
  CHECK(!refused());
  texts[0] = "much longer than before";
  CHECK(refused());
  texts[0] = "s";
  CHECK(refused());
  texts.emplace_back();
  CHECK(refused());
  texts.clear();
  CHECK(refused());
}

TEST_CASE("objects that appear or vanish between the passes are refused") {
  Node node;
  node.next = std::make_unique<Node>();
  node.back = node.next.get();
  MemoryTypeTable types;
  internal::ValueEncoder<Node> encoder(node);
  std::vector<std::byte> bytes(encoder.Size(types).value());
  CHECK(encoder.Encode(bytes, types));
  node.next->next = std::make_unique<Node>();
  CHECK(Has(encoder.Encode(bytes, types).error().message(), "changed"));
  node.next->next = nullptr;
  Node other;
  node.back = &other;
  CHECK(Has(encoder.Encode(bytes, types).error().message(), "changed"));
  node.back = nullptr;
  node.next = nullptr;
  CHECK(Has(encoder.Encode(bytes, types).error().message(), "changed"));
}

}  // namespace
}  // namespace mapfile::zoo
