// Offset<T>: the only kind of link that may lie inside a map file.
#ifndef MAPFILE_OFFSET_H_
#define MAPFILE_OFFSET_H_

#include <cstdint>
#include <type_traits>

namespace mapfile {

// A reference counted in bytes from the start of the file; 0 means none.
//
// It is valid at any address and in any process. It says nothing about
// whether the bytes it names exist: whoever follows it checks it first.
template <class T>
struct Offset {
  std::uint64_t bytes = 0;

  constexpr explicit operator bool() const { return bytes != 0; }
  friend constexpr bool operator==(Offset, Offset) = default;
};

static_assert(sizeof(Offset<int>) == 8);
static_assert(std::is_trivially_copyable_v<Offset<int>>);

}  // namespace mapfile

#endif  // MAPFILE_OFFSET_H_
