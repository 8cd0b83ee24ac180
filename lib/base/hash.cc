#include "lib/base/hash.h"

#include <algorithm>
#include <array>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lib/base/copy.h"

namespace mapfile {

std::uint64_t HashText(std::string_view text, std::uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

std::uint32_t ChecksumShared(std::span<const std::byte> bytes) {
  // Through a private copy, piece by piece: the hash may read a byte twice.
  std::array<std::byte, 4096> piece;
  XXH3_state_t state;
  XXH3_INITSTATE(&state);
  XXH3_64bits_reset(&state);
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.size(), piece.size());
    CopyShared(piece.data(), bytes.data(), size);
    XXH3_64bits_update(&state, piece.data(), size);
    bytes = bytes.subspan(size);
  }
  return static_cast<std::uint32_t>(XXH3_64bits_digest(&state));
}

}  // namespace mapfile
