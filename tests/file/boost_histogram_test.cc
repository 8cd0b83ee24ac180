#include "mapfile/boost_histogram.h"

#include <doctest/doctest.h>

#include <boost/histogram.hpp>
#include <fstream>
#include <iterator>

#include "tests/file/file_test_support.h"

namespace mapfile::testing {
namespace {

namespace bh = boost::histogram;
using bh::axis::category;
using bh::axis::integer;
using bh::axis::regular;
using bh::axis::variable;

// Put and got into an object that was made the same way, but empty.
template <class H>
H Through(const H& h, H into) {
  const TempDir dir(true);
  auto file = Create(dir / "b.map");
  Must(PutBoost(file, "h", h));
  Must(GetBoost(file, "h", &into));
  return into;
}

TEST_CASE("added, filled, updated, and got in another handle") {
  const TempDir dir(true);
  auto file = Create(dir / "b.map");
  auto h = bh::make_histogram(regular<>(4, 0, 4, "E [keV]"));
  auto record = Must(AddBoost(file, h, "energy"));
  h(0.5);
  h(1.5);
  h(-1);
  h(9);
  Must(record.Update());
  const auto reader = Must(MapFile::Open(dir / "b.map"));
  const auto one = Must(reader.Get<Histogram1D>("energy"));
  CHECK(one.name() == "energy");
  CHECK(one.axis().title() == "E [keV]");
  CHECK(one.contents() == std::vector<double>{1, 1, 1, 0, 0, 1});
  CHECK(one.entries() == 4);
  CHECK(one.Mean() == 1);
  CHECK(Has(Must(Print(reader, "energy")), "Entries"));
  h(2.5);
  Must(file.Update());
  auto copy = decltype(h)();
  Must(GetBoost(reader, "energy", &copy));
  CHECK(copy == h);
}

TEST_CASE("each axis and storage comes back as it was") {
  auto weighted = bh::make_weighted_histogram(variable<>({0., 1., 5.}, "v"),
                                              integer<>(-1, 2, "i"));
  weighted(0.5, 0, bh::weight(2));
  weighted(7, 1, bh::weight(0.5));
  CHECK(Through(weighted, decltype(weighted)()) == weighted);

  auto doubles = bh::make_histogram_with(
      bh::dense_storage<double>(),
      regular<double, bh::axis::transform::log>(3, 1., 1000., "log"),
      category<std::string>({"a", "b"}, "c"), integer<>(0, 2));
  doubles(5, "b", 1);
  doubles(5, "none", 9);
  CHECK(Through(doubles, decltype(doubles)()) == doubles);

  auto ints = bh::make_histogram_with(
      std::vector<int>(), bh::axis::circular<>(4, 0, 360),
      category<int, bh::use_default, bh::axis::option::growth_t>());
  ints(725, 7);
  ints(-1, 3);
  CHECK(Through(ints, decltype(ints)()) == ints);
}

TEST_CASE("means are stored as profiles") {
  auto p = bh::make_profile(regular<>(2, 0, 2, "x"));
  for (const double y : {1.0, 2.0, 3.0, 6.0}) p(0.5, bh::sample(y));
  p(1.5, bh::sample(5));
  const TempDir dir(true);
  auto file = Create(dir / "b.map");
  Must(PutBoost(file, "p", p));
  const auto profile = Must(file.Get<Profile1D>("p"));
  CHECK(profile.BinMean(1) == doctest::Approx(3));
  CHECK(profile.BinSpread(1) == doctest::Approx(std::sqrt(3.5)));
  CHECK(profile.entries() == 5);
  auto copy = decltype(p)();
  Must(GetBoost(file, "p", &copy));
  CHECK(copy.at(0).count() == 4);
  CHECK(copy.at(0).value() == doctest::Approx(p.at(0).value()));
  CHECK(copy.at(0).variance() == doctest::Approx(p.at(0).variance()));

  auto w = bh::make_weighted_profile(regular<>(1, 0, 1), integer<>(0, 1));
  w(0.5, 0, bh::weight(2), bh::sample(3));
  w(0.5, 0, bh::weight(1), bh::sample(5));
  const auto back = Through(w, decltype(w)());
  CHECK(back.at(0, 0).sum_of_weights() == 3);
  CHECK(back.at(0, 0).sum_of_weights_squared() == 5);
  CHECK(back.at(0, 0).variance() == doctest::Approx(w.at(0, 0).variance()));
}

TEST_CASE("an axis without underflow and overflow") {
  using None = bh::axis::option::none_t;
  auto h = bh::make_histogram(integer<int, bh::use_default, None>(0, 3, "i"));
  h(1);
  CHECK(Through(h, decltype(h)()) == h);
}

TEST_CASE("numbers that the type asked for can't hold are refused") {
  const TempDir dir(true);
  auto file = Create(dir / "b.map");
  Histogram1D halves("h", RegularAxis(2, 0, 2));
  halves.Fill(0.5, 0.5);
  Must(file.Put("halves", halves));
  Histogram1D huge("h", RegularAxis(2, 0, 2));
  huge.Fill(0.5, 1e300);
  Must(file.Put("huge", huge));
  auto ints = bh::make_histogram_with(std::vector<int>(), regular<>(1, 0, 1));
  CHECK(
      Has(MessageOf(GetBoost(file, "halves", &ints)), "its cell 1 holds 0.5"));
  CHECK(CodeOf(GetBoost(file, "huge", &ints)) == Code::kTypeMismatch);
  const double close = 1 + 1e-12;  // One and the same float
  Must(file.Put("close", Histogram1D("h", RegularAxis(2, 1, close))));
  Must(file.Put("edges", Histogram1D("h", VariableAxis({0, 1, close}))));
  auto floats = bh::make_histogram(regular<float>(1, 0, 1));
  CHECK(CodeOf(GetBoost(file, "close", &floats)) == Code::kTypeMismatch);
  auto edges = bh::make_histogram(variable<float>({0, 1}));
  CHECK(CodeOf(GetBoost(file, "edges", &edges)) == Code::kTypeMismatch);
}

// Makes of the regular axis in the file one of a kind that there isn't, as
// no program could store it.
void DamageKind(const std::string& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::size_t found = 0;
  for (auto at = bytes.find("regular"); at != std::string::npos;
       at = bytes.find("regular", at + 1)) {
    file.clear();
    file.seekp(static_cast<std::streamoff>(at));
    file << 'i';
    ++found;
  }
  REQUIRE(found > 0);
}

TEST_CASE("another class or kind of axis is refused, nothing changes") {
  const TempDir dir(true);
  auto file = Create(dir / "b.map");
  Must(file.Put("v", Histogram1D("v", VariableAxis({0, 1, 5}))));
  Must(file.Put("n", 5.0));
  Must(file.Put("bad", Histogram1D("bad", RegularAxis(2, 0, 2))));
  DamageKind(dir / "b.map");
  auto h = bh::make_histogram(regular<>(2, 0, 2, "x"));
  h(0.5);
  const auto before = h;
  const auto status = GetBoost(file, "v", &h);
  CHECK(CodeOf(status) == Code::kTypeMismatch);
  CHECK(Has(MessageOf(status), "its axis is variable, not regular"));
  CHECK(CodeOf(GetBoost(file, "n", &h)) == Code::kTypeMismatch);
  CHECK(CodeOf(GetBoost(file, "bad", &h)) == Code::kCorrupt);
  CHECK(CodeOf(GetBoost(file, "none", &h)) == Code::kNotFound);
  CHECK(h == before);
  const auto reversed = bh::make_histogram(regular<>(2, 2, 0));
  CHECK(CodeOf(PutBoost(file, "r", reversed)) == Code::kInvalidArgument);
}

}  // namespace
}  // namespace mapfile::testing
