// Writing to files past any mapping.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "lib/base/try.h"
#include "lib/os/error.h"
#include "lib/os/file.h"
#include "lib/os/limit.h"

namespace mapfile::os {
namespace {

constexpr std::uint64_t kPiece = 1 << 20;

bool IsZero(const char* bytes, std::uint64_t size) {
  return std::all_of(bytes, bytes + size, [](char c) { return c == 0; });
}

}  // namespace

Status File::Write(std::uint64_t offset, const void* from,
                   std::uint64_t size) const {
  if (size == 0) return {};
  MAPFILE_RETURN_IF_ERROR(CheckFileSizeLimit(offset + size));
  const char* bytes = static_cast<const char*>(from);
  while (size != 0) {
    const ssize_t count = pwrite(fd_, bytes, size, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError("cannot write to it", errno);
    bytes += count;
    offset += static_cast<std::uint64_t>(count);
    size -= static_cast<std::uint64_t>(count);
  }
  return {};
}

Status File::CopyFrom(const File& other) const {
  std::vector<char> piece(kPiece);
  std::uint64_t at = 0;
  for (;;) {
    const ssize_t count =
        pread(other.fd_, piece.data(), piece.size(), static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError("cannot read", errno);
    if (count == 0) break;
    const auto size = static_cast<std::uint64_t>(count);
    // Holes stay holes.
    if (!IsZero(piece.data(), size)) {
      MAPFILE_RETURN_IF_ERROR(Write(at, piece.data(), size));
    }
    at += size;
  }
  if (ftruncate(fd_, static_cast<off_t>(at)) != 0) {
    return SystemError("cannot be made as long as the original", errno);
  }
  return {};
}

}  // namespace mapfile::os
