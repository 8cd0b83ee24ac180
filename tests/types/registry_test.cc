#include "mapfile/registry.h"

#include <doctest/doctest.h>

#include <thread>

#include "mapfile/histogram.h"
#include "tests/types/test_classes.h"

namespace mapfile::zoo {
namespace {

struct Other {
  int x = 0;
};
MAPFILE_DESCRIBE_AS(Other, "Point", 1, (), x)

TEST_CASE("values are built by the name of their class") {
  MemoryTypeTable types;
  Histogram1D histogram("h", RegularAxis(10, 0, 1));
  histogram.Fill(0.5);
  auto bytes = Store(histogram, types);
  REQUIRE(bytes);
  auto object = Registry::Create(TypeOf<Histogram1D>(), *bytes, types);
  REQUIRE(object);
  CHECK((*object)->class_name() == "Histogram1D");
  CHECK((*object)->As<Point>() == nullptr);
  REQUIRE((*object)->As<Histogram1D>() != nullptr);
  CHECK((*object)->As<Histogram1D>()->entries() == 1);

  bytes = Store(std::vector<double>{1, 2}, types);
  object = Registry::Create(TypeOf<std::vector<double>>(), *bytes, types);
  REQUIRE(object);
  CHECK((*object)->As<std::vector<double>>()->at(1) == 2);
}

TEST_CASE("a class that isn't registered is named") {
  const auto type = Type::Parse("Alien\nclass Alien 1 { }").value();
  MemoryTypeTable types;
  auto object = Registry::Create(*type, {}, types);
  REQUIRE(!object);
  CHECK(object.error().code() == Code::kNotFound);
  CHECK(object.error().message().starts_with("class Alien is not registered"));
}

TEST_CASE("a name is of one C++ class") {
  CHECK(Registry::Register<Point>());
  CHECK(Registry::Register<Point>());
  CHECK(Registry::Knows("Point"));
  CHECK(Registry::Register<Other>().error().code() == Code::kExists);
}

TEST_CASE("all calls may come from any thread") {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int k = 0; k < 200; ++k) {
        MemoryTypeTable types;
        CHECK(Registry::Register<Point>());
        auto bytes = Store(Point{k, 1}, types);
        auto object = Registry::Create(TypeOf<Point>(), *bytes, types);
        CHECK((*object)->As<Point>()->x == k);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace mapfile::zoo
