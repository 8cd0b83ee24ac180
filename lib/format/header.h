// The header of a map file: writing a new one, judging one that was found.
#ifndef MAPFILE_LIB_FORMAT_HEADER_H_
#define MAPFILE_LIB_FORMAT_HEADER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "lib/format/layout.h"
#include "mapfile/status.h"

namespace mapfile::format {

// What differs between new files.
struct NewFile {
  std::uint64_t size = 0;      // Bytes, multiples of kPageSize
  std::uint64_t max_size = 0;
  std::uint64_t created_ns = 0;
  std::uint64_t hash_seed = 0;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::array<unsigned char, 16> boot_id{};
  std::string_view creator;  // At most 31 bytes
  bool durable = false;
};

FileHeader MakeHeader(const NewFile& file);

enum class Use { kRead, kWrite };

// Whether `bytes`, a private copy of the file's first ones, are a header that
// this build can work with, of a file that has `file_size` bytes. Corrupt:
// not a map file, truncated, damaged. Version: written by a newer format, or
// on a machine of the other byte order. ReadOnly: for kWrite only, a newer
// writer keeps rules that this one doesn't know.
[[nodiscard]] Status CheckHeader(std::span<const std::byte> bytes,
                                 std::uint64_t file_size, Use use);

}  // namespace mapfile::format

#endif  // MAPFILE_LIB_FORMAT_HEADER_H_
