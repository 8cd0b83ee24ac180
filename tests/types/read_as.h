// Values as one class stored them, read as another.
#ifndef MAPFILE_TESTS_TYPES_READ_AS_H_
#define MAPFILE_TESTS_TYPES_READ_AS_H_

#include <doctest/doctest.h>

#include "lib/text/json.h"
#include "tests/types/test_classes.h"

namespace mapfile::zoo {

// What JSON says of the type `text`, read into a T.
template <class T>
Status ReadAs(const char* text, const char* json, T* into) {
  const auto stored = Type::Parse(text);
  REQUIRE(stored);
  MemoryTypeTable types;
  const auto bytes = text::FromJson(**stored, json, types);
  REQUIRE(bytes);
  return Load(**stored, *bytes, types, into);
}

// What a From stores, read into a To.
template <class From, class To>
Status Become(const From& from, To* into) {
  MemoryTypeTable types;
  const auto bytes = Store(from, types);
  REQUIRE(bytes);
  return Load(TypeOf<From>(), *bytes, types, into);
}

}  // namespace mapfile::zoo

#endif  // MAPFILE_TESTS_TYPES_READ_AS_H_
