#include "lib/types/kinds.h"

#include <doctest/doctest.h>

#include <string>

namespace mapfile {
namespace {

TEST_CASE("each kind has a word, which means it") {
  for (int i = 0; i <= static_cast<int>(Kind::kVariant); ++i) {
    const auto kind = static_cast<Kind>(i);
    CHECK(!KindWord(kind).empty());
    CHECK(KindOfWord(KindWord(kind)) == kind);
  }
  CHECK(KindWord(Kind::kBool) == "bool");
  CHECK(KindWord(Kind::kF64) == "f64");
  CHECK(KindWord(Kind::kOptional) == "optional");
}

TEST_CASE("classes and pointers go by other names") {
  CHECK(KindWord(Kind::kClass).empty());
  CHECK(KindWord(Kind::kPointer).empty());
  CHECK(KindWord(static_cast<Kind>(255)).empty());
}

TEST_CASE("long words mean what they do in C++") {
  CHECK(KindOfWord("int") == Kind::kI32);
  CHECK(KindOfWord("int8") == Kind::kI8);
  CHECK(KindOfWord("int16_t") == Kind::kI16);
  CHECK(KindOfWord("int64") == Kind::kI64);
  CHECK(KindOfWord("uint8_t") == Kind::kU8);
  CHECK(KindOfWord("uint32") == Kind::kU32);
  CHECK(KindOfWord("uint64_t") == Kind::kU64);
  CHECK(KindOfWord("float") == Kind::kF32);
  CHECK(KindOfWord("double") == Kind::kF64);
  CHECK(KindOfWord("float64") == Kind::kF64);
}

TEST_CASE("other words mean nothing") {
  for (const char* word : {"", "i", "i9", "I64", "long", "char", "class", "f16",
                           "i64 ", "int128"}) {
    INFO(word);
    CHECK(!KindOfWord(word));
  }
}

TEST_CASE("sizes are those in memory") {
  CHECK(ScalarSize(Kind::kBool) == sizeof(bool));
  CHECK(ScalarSize(Kind::kI8) == 1);
  CHECK(ScalarSize(Kind::kI16) == 2);
  CHECK(ScalarSize(Kind::kI32) == 4);
  CHECK(ScalarSize(Kind::kI64) == 8);
  CHECK(ScalarSize(Kind::kU8) == 1);
  CHECK(ScalarSize(Kind::kU16) == 2);
  CHECK(ScalarSize(Kind::kU32) == 4);
  CHECK(ScalarSize(Kind::kU64) == 8);
  CHECK(ScalarSize(Kind::kF32) == sizeof(float));
  CHECK(ScalarSize(Kind::kF64) == sizeof(double));
  CHECK(IsScalarKind(Kind::kF64));
  CHECK(!IsScalarKind(Kind::kString));
}

}  // namespace
}  // namespace mapfile
