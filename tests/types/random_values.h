// Values of the classes in test_classes.h with something in every part.
#ifndef MAPFILE_TESTS_TYPES_RANDOM_VALUES_H_
#define MAPFILE_TESTS_TYPES_RANDOM_VALUES_H_

#include <memory>
#include <random>
#include <string>
#include <utility>

#include "tests/types/test_classes.h"

namespace mapfile::zoo {

inline std::string RandomText(std::mt19937& random) {
  std::string text(random() % 20, ' ');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

// The same for the same state of `random`.
inline Everything RandomValue(std::mt19937& random, int depth) {
  Everything e;
  e.flag = random() % 2;
  e.i8 = static_cast<std::int8_t>(random());
  e.u16 = static_cast<std::uint16_t>(random());
  e.f32 = static_cast<float>(random());
  e.f64 = static_cast<double>(random()) / 7;
  e.color = static_cast<Color>(random() % 2);
  e.text = RandomText(random);
  e.bytes.resize(random() % 30, std::byte{7});
  e.three = {static_cast<std::int64_t>(random()), -1, 1};
  e.plain[1] = static_cast<int>(random());
  e.numbers.resize(random() % 200, 1.5);
  e.bits.resize(random() % 1000);
  for (std::size_t i = 0; i < e.bits.size(); ++i) e.bits[i] = random() % 2;
  for (auto n = random() % 4; n > 0; --n) {
    e.words.push_back(RandomText(random));
    e.points.push_back({static_cast<int>(random()), 2});
    e.nested.emplace_back(random() % 9, std::uint8_t{3});
    e.by_name[RandomText(random)] = {1, static_cast<int>(random())};
    e.by_number[static_cast<std::int32_t>(random())].resize(random() % 5, 2);
  }
  if (random() % 2) e.maybe = RandomText(random);
  switch (random() % 3) {
    case 0: e.any = static_cast<std::int32_t>(random()); break;
    case 1: e.any = RandomText(random); break;
    default: e.any = Point{1, static_cast<int>(random())}; break;
  }
  if (depth < 3) {
    for (auto n = random() % 3; n > 0; --n) {
      e.children.push_back(RandomValue(random, depth + 1));
    }
  }
  return e;
}

// Objects of two classes, one without any, one that is shared; `self` is
// for the caller, since the drawing moves.
inline Drawing MakeDrawing() {
  Drawing drawing;
  auto square = std::make_unique<Square>();
  square->label = "sq";
  square->side = 2;
  auto circle = std::make_unique<Circle>();
  circle->tag = 42;
  circle->label = "ci";
  circle->radius = 1;
  drawing.shapes.push_back(std::move(square));
  drawing.shapes.push_back(nullptr);
  drawing.shapes.push_back(std::move(circle));
  drawing.chosen = drawing.shapes[2].get();
  drawing.first = std::make_shared<Circle>();
  drawing.second = drawing.first;
  return drawing;
}

}  // namespace mapfile::zoo

#endif  // MAPFILE_TESTS_TYPES_RANDOM_VALUES_H_
