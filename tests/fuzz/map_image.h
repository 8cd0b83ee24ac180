// MapImage: a map file made of what a fuzzer says.
//
// Nearly all bytes of a small map file are zero, and most changes of the
// others are found out by a check at once. So the input is not the file
// itself but what to change in one:
//
//     u8 base       which of the files in base_image.h
//     u8 options    ImageOptions
//     u8 pages      of the file; 0: as many as that has
//     {u16 word, u64 value} ...
//
// and with kSealed the checks of all blocks are put right afterwards, so that
// what is behind them is reached. An input that begins as a map file does is
// taken as it is.
#ifndef MAPFILE_TESTS_FUZZ_MAP_IMAGE_H_
#define MAPFILE_TESTS_FUZZ_MAP_IMAGE_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace mapfile::fuzz {

enum ImageOptions : std::uint8_t {
  kSealed = 1,      // Checks of blocks, types and names are put right
  kThisBoot = 2,    // Signed by a writer of this boot
  kWritten = 4,     // Opened for writing
  kRepaired = 8,    // As after a crash of the machine
  kVerified = 16,   // Versions count only with their checksum
  kFirstView = 64,  // One of four ways to show values, in two bits
};

inline constexpr std::size_t kImageHead = 3;
inline constexpr std::size_t kImageEntry = 10;
inline constexpr std::uint64_t kImageRoom = 24 * 4096;  // Also for growth

struct MapImage {
  std::span<std::byte> room;  // kImageRoom bytes; the file is the first ones
  std::uint64_t size = 0;
  std::uint8_t options = 0;
};

// Builds the file in memory that is used again by the next call.
MapImage MakeImage(std::span<const std::uint8_t> input);

// Changes an input of `size` bytes in place, to at most `max_size`; returns
// its new size.
std::size_t MutateImage(std::uint8_t* data, std::size_t size,
                        std::size_t max_size, std::minstd_rand& random);

}  // namespace mapfile::fuzz

#endif  // MAPFILE_TESTS_FUZZ_MAP_IMAGE_H_
