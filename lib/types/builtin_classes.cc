// Numbers, strings, bytes and vectors of them as registered classes.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/types/classes.h"

namespace mapfile::internal {
namespace {

template <class... T>
std::vector<RegisteredClass> WithVectors() {
  return {ClassOf<T>()..., ClassOf<std::vector<T>>()...,
          ClassOf<std::vector<std::byte>>()};
}

}  // namespace

std::vector<RegisteredClass> BuiltinClasses() {
  return WithVectors<bool, std::int8_t, std::int16_t, std::int32_t,
                     std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t,
                     std::uint64_t, float, double, std::string>();
}

}  // namespace mapfile::internal
