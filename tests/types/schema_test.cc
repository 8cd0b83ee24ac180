#include "mapfile/schema.h"

#include <doctest/doctest.h>

#include "tests/types/test_classes.h"

namespace daq {

struct Run {
  std::int64_t number;
  double rate_hz;
};

// Described by hand.
class Hidden {
 public:
  int secret() const { return secret_; }

 private:
  friend struct mapfile::Schema<Hidden>;
  int secret_ = 3;
};

struct Padded {
  std::int32_t a;
  double b;
};
struct Swapped {
  std::int64_t a;
  double b;
};
struct Partly {
  std::int64_t a;
  std::int64_t b;
};
struct WithPointer {
  Run* run;
};
struct WithText {
  std::string text;
};
struct Virtual {
  virtual ~Virtual() = default;
  std::int64_t a;
};
struct Empty {};
struct Nested {
  Run runs[2];
  std::array<float, 2> pair;
  bool flags[8];
};
struct Derived : Run {};
struct Unknown {
  int x;
};
struct Many {
  int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16,
      a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30,
      a31, a32, a33, a34, a35, a36, a37, a38, a39, a40;
};

}  // namespace daq

// From outside of all namespaces.
MAPFILE_DESCRIBE(daq::Run, 1, number, rate_hz)
MAPFILE_DESCRIBE(daq::Padded, 1, a, b)
MAPFILE_DESCRIBE(daq::Swapped, 1, b, a)
MAPFILE_DESCRIBE(daq::Partly, 1, a)
MAPFILE_DESCRIBE(daq::WithPointer, 1, run)
MAPFILE_DESCRIBE(daq::WithText, 1, text)
MAPFILE_DESCRIBE(daq::Virtual, 1, a)
MAPFILE_DESCRIBE(daq::Empty, 1)
MAPFILE_DESCRIBE(daq::Nested, 1, runs, pair, flags)
MAPFILE_DESCRIBE_DERIVED(daq::Derived, 1, (daq::Run))
MAPFILE_DESCRIBE(daq::Many, 1, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11,
                 a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23,
                 a24, a25, a26, a27, a28, a29, a30, a31, a32, a33, a34, a35,
                 a36, a37, a38, a39, a40)

template <>
struct mapfile::Schema<daq::Hidden> {
  static constexpr std::string_view kName = "Secret";
  static constexpr std::uint32_t kVersion = 4;
  using Bases = mapfile::Bases<>;
  static constexpr auto Fields() {
    return std::tuple(mapfile::Field("secret", &daq::Hidden::secret_));
  }
};

namespace mapfile {
namespace {

static_assert(InPlace<daq::Run> && CheckInPlace<daq::Run>());
static_assert(InPlace<daq::Nested> && CheckInPlace<daq::Nested>());
static_assert(InPlace<daq::Derived>);
static_assert(InPlace<daq::Many>);
static_assert(InPlace<daq::Hidden>);
static_assert(InPlace<double> && InPlace<bool> && InPlace<zoo::Color>);
static_assert(InPlace<std::array<std::int32_t, 3>>);

static_assert(!InPlace<daq::Padded> && !HasNoPadding<daq::Padded>);
static_assert(!InPlace<daq::Swapped> && !DescribedInOrder<daq::Swapped>);
static_assert(!InPlace<daq::Partly> && !HasNoPadding<daq::Partly>);
static_assert(!InPlace<daq::WithPointer> && !HasOnlyNumbers<daq::WithPointer>);
static_assert(!InPlace<daq::WithText> && !TriviallyCopyable<daq::WithText>);
static_assert(!InPlace<daq::Virtual> && !StandardLayout<daq::Virtual>);
static_assert(!InPlace<daq::Empty>);
static_assert(!InPlace<daq::Unknown> && !Storable<daq::Unknown>);
static_assert(!InPlace<std::string> && !InPlace<std::vector<double>>);

static_assert(Storable<daq::WithPointer> && Streamed<daq::WithPointer>);
static_assert(Storable<daq::Padded> && !Streamed<daq::Padded>);
static_assert(Storable<std::map<std::string, std::vector<bool>>>);
static_assert(Storable<std::variant<int, daq::Run>>);
static_assert(Storable<std::unique_ptr<zoo::Shape>>);
static_assert(!Storable<zoo::Shape>, "abstract");
static_assert(!Storable<std::map<daq::Run, int>>);
static_assert(!Storable<std::vector<void*>> && !Storable<int*>);
static_assert(!Storable<std::vector<daq::Unknown>>);
static_assert(!Storable<const int> && !Storable<long double>);

TEST_CASE("a description becomes the text in the file") {
  CHECK(TypeOf<daq::Run>().text() ==
        "daq::Run\nclass daq::Run 1 { i64 number; f64 rate_hz; }");
  CHECK(TypeOf<daq::Hidden>().text() == "Secret\nclass Secret 4 { i32 secret; }");
  CHECK(TypeOf<daq::Empty>().text() == "daq::Empty\nclass daq::Empty 1 { }");
  CHECK(TypeOf<daq::WithPointer>().text() ==
        "daq::WithPointer\nclass daq::WithPointer 1 { daq::Run* run; }\n"
        "class daq::Run 1 { i64 number; f64 rate_hz; }");
  CHECK(TypeOf<std::map<std::string, std::vector<std::byte>>>().text() ==
        "map<string,bytes>");
  CHECK(TypeOf<daq::Many>().root().cls->fields.size() == 40);
  CHECK(TypeOf<zoo::Circle>().text() ==
        "Circle\nclass Circle 1 : Tagged, Shape { f64 radius; }\n"
        "class Tagged 1 { i32 tag; }\nclass Shape 1 { string label; }");
}

TEST_CASE("what is in place lies in the file as in memory") {
  CHECK(TypeOf<daq::Nested>().root().cls->in_place);
  CHECK(TypeOf<daq::Nested>().root().size == sizeof(daq::Nested));
  CHECK(!TypeOf<daq::Padded>().root().cls->in_place);
}

}  // namespace
}  // namespace mapfile
