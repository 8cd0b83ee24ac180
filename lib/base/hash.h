// The one hash of the format: XXH3, 64 bits.
#ifndef MAPFILE_LIB_BASE_HASH_H_
#define MAPFILE_LIB_BASE_HASH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace mapfile {

std::uint64_t HashText(std::string_view text, std::uint64_t seed);

// Low half of the hash of bytes that others may be changing: each is fetched
// once. A torn result is the caller's to detect.
std::uint32_t ChecksumShared(std::span<const std::byte> bytes);

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_HASH_H_
