// Classes that fuzzers store, and what they were in other versions.
#ifndef MAPFILE_TESTS_FUZZ_FUZZ_CLASSES_H_
#define MAPFILE_TESTS_FUZZ_FUZZ_CLASSES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mapfile/schema.h"

namespace mapfile::fuzz {

struct Nothing {};
MAPFILE_DESCRIBE_AS(Nothing, "Nothing", 1, ())

struct Wide {
  std::int64_t a = 1;
  double b = 2;
  std::uint32_t c = 3;
  float d = 4;
  bool e = false;
  std::string name = "default";
  std::vector<std::int32_t> list = {1, 2};
  std::map<std::string, double> by_name;
  std::map<std::int16_t, std::string> by_number;
  std::map<double, bool> by_real;
  std::optional<std::int64_t> maybe = 5;
  std::int16_t pair[2] = {6, 7};
  std::vector<Nothing> nothings;
};
MAPFILE_DESCRIBE_AS(Wide, "Wide", 3, (), a, b, c, d, e, name, list, by_name,
                    by_number, by_real, maybe, pair, nothings)

inline constexpr const char kNarrow[] =
    "Wide\nclass Wide 1 { i8 a; f32 b; u8 c; i16 d; vector<u8> list; "
    "map<string,f32> by_name; map<i8,string> by_number; map<i32,bool> by_real; "
    "optional<u32> maybe; array<i8,2> pair; }";
inline constexpr const char kReordered[] =
    "Wide\nclass Wide 2 { vector<Gone> gone; string name; bool e; f32 d; "
    "u16 c; Gone also; i32 b; u32 a; }\n"
    "class Gone 1 { string s; bytes b; Wide* w; }";

inline constexpr const char kEverythingBefore[] =
    "Everything\nclass Everything 2 { vector<Everything> children; i32 f64; "
    "vector<f32> numbers; map<i16,vector<i16>> by_number; Point point; "
    "variant<i8,string> any; vector<vector<u8>> nested; string text; }\n"
    "class Point 0 { i16 y; i16 x; }";

inline constexpr const char kNodeBefore[] =
    "Node\nclass Node 0 { Node* shared; Node* back; u8 extra; i8 n; }";

// What pointers may lead to, as types 1, 2, ...
inline constexpr const char* kPointedTo[] = {
    "Square\nclass Square 1 : Shape { f64 side; }\n"
    "class Shape 1 { string label; }",
    "Circle\nclass Circle 1 : Tagged, Shape { f64 radius; }\n"
    "class Tagged 1 { i32 tag; }\nclass Shape 1 { string label; }",
    "Node\nclass Node 1 { i32 n; Node* next; Node* shared; Node* back; }",
    "Drawing\nclass Drawing 1 { vector<Shape*> shapes; Shape* first; "
    "Shape* second; Shape* chosen; Drawing* self; }\n"
    "class Shape 1 { string label; }",
    kNodeBefore,
    "Square\nclass Square 2 : Shape { f32 side; string more; }\n"
    "class Shape 2 { u8 none; }",
    "Alien\nclass Alien 1 : Shape { }\nclass Shape 1 { string label; }",
    "u8",
};

}  // namespace mapfile::fuzz

#endif  // MAPFILE_TESTS_FUZZ_FUZZ_CLASSES_H_
