#include "lib/types/kinds.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace mapfile {
namespace {

// In the order of Kind.
constexpr std::string_view kWords[] = {
    "bool",  "i8",       "i16",     "i32", "i64",  "u8",
    "u16",   "u32",      "u64",     "f32", "f64",  "string",
    "bytes", "array",    "vector",  "map", "optional",
    "variant"};

struct LongWord {
  std::string_view word;
  Kind kind;
};
constexpr LongWord kLongWords[] = {
    {"int8", Kind::kI8},      {"int16", Kind::kI16},
    {"int32", Kind::kI32},    {"int64", Kind::kI64},
    {"uint8", Kind::kU8},     {"uint16", Kind::kU16},
    {"uint32", Kind::kU32},   {"uint64", Kind::kU64},
    {"int8_t", Kind::kI8},    {"int16_t", Kind::kI16},
    {"int32_t", Kind::kI32},  {"int64_t", Kind::kI64},
    {"uint8_t", Kind::kU8},   {"uint16_t", Kind::kU16},
    {"uint32_t", Kind::kU32}, {"uint64_t", Kind::kU64},
    {"int", Kind::kI32},      {"float", Kind::kF32},
    {"double", Kind::kF64},   {"float32", Kind::kF32},
    {"float64", Kind::kF64}};

constexpr std::array<std::uint8_t, 11> kSizes = {1, 1, 2, 4, 8, 1,
                                                 2, 4, 8, 4, 8};

}  // namespace

std::string_view KindWord(Kind kind) {
  const auto index = static_cast<std::size_t>(kind);
  return index < std::size(kWords) ? kWords[index] : std::string_view();
}

std::optional<Kind> KindOfWord(std::string_view word) {
  const auto* short_word =
      std::find(std::begin(kWords), std::end(kWords), word);
  if (short_word != std::end(kWords)) {
    return static_cast<Kind>(short_word - std::begin(kWords));
  }
  for (const LongWord& entry : kLongWords) {
    if (entry.word == word) return entry.kind;
  }
  return std::nullopt;
}

std::uint64_t ScalarSize(Kind kind) {
  return kSizes[static_cast<std::size_t>(kind)];
}

}  // namespace mapfile
