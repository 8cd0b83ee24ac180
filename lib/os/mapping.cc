#include "lib/os/mapping.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>

#include "lib/base/try.h"
#include "lib/os/error.h"
#include "lib/os/process.h"

namespace mapfile::os {
namespace {

void* TryMap(const File& file, Access access, std::uint64_t size,
             std::uintptr_t address) {
  const int protection =
      access == Access::kRead ? PROT_READ : PROT_READ | PROT_WRITE;
  // NOREPLACE: what is mapped there already belongs to others. NORESERVE:
  // bytes of a file are backed by it.
  const int fixed = address != 0 ? MAP_FIXED_NOREPLACE : 0;
  void* const base = mmap(reinterpret_cast<void*>(address), size, protection,
                          MAP_SHARED | MAP_NORESERVE | fixed, file.fd(), 0);
  if (base == MAP_FAILED || address == 0) return base;
  if (base == reinterpret_cast<void*>(address)) return base;
  // A kernel that doesn't know the flag took the address as a hint.
  munmap(base, size);
  errno = EEXIST;
  return MAP_FAILED;
}

// What may be mapped at all, where there is a limit (ulimit -v).
std::optional<std::uint64_t> AddressLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0) return std::nullopt;
  if (limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  return limit.rlim_cur;
}

// How much to map for `size` bytes that may become `max_size`. Without a
// limit all of it, so that the base never moves; else a part, which leaves
// room for the rest of the program, and twice as much each time.
std::uint64_t Reservation(std::uint64_t size, std::uint64_t max_size) {
  const auto limit = AddressLimit();
  if (!limit) return max_size;
  return std::min(max_size, std::max(2 * size, *limit / 4));
}

tl::unexpected<Error> MapError(int error, std::uint64_t size) {
  if (error != ENOMEM) {
    return SystemError("cannot be mapped into this process's memory", error);
  }
  const auto limit = AddressLimit();
  return Fail(Code::kNoSpace,
              "no room in this process's address space for its " +
                  std::to_string(size) + " bytes" +
                  (limit ? "; the limit is " + std::to_string(*limit) +
                               " (ulimit -v): raise it"
                         : ""));
}

}  // namespace

Mapping::Mapping(const File& file, const Options& options)
    : Region(nullptr, 0),
      file_(file),
      options_(options),
      fork_count_(ForkCount()) {
  WatchForks();
}

Result<std::unique_ptr<Mapping>> Mapping::Map(const File& file,
                                              const Options& options) {
  std::unique_ptr<Mapping> mapping(new Mapping(file, options));
  MAPFILE_RETURN_IF_ERROR(mapping->Begin());
  return mapping;
}

Status Mapping::Begin() {
  const std::lock_guard lock(mutex_);
  Status mapped;
  for (const std::uintptr_t address : {options_.address, std::uintptr_t{0}}) {
    mapped = Reserve(options_.size, address);
    if (mapped) break;
  }
  if (mapped) SetSize(options_.size);
  return mapped;
}

Mapping::~Mapping() {
  for (Piece& piece : pieces_) {
    piece.guard.reset();
    // In a child these addresses may be somebody else's by now.
    if (ForkCount() == fork_count_) munmap(piece.base, piece.size);
  }
}

// The mutex is held.
Status Mapping::AddPiece(std::uint64_t size, std::uintptr_t address) {
  void* const base = TryMap(file_, options_.access, size, address);
  if (base == MAP_FAILED) {
    return MapError(errno, size);
  }
  // A child would share the pages without the locks that guard them.
  madvise(base, size, MADV_DONTFORK);
  Piece piece{.base = base, .size = size, .guard = nullptr};
  if (options_.guard_bus_errors) {
    piece.guard = std::make_unique<BusGuard>(base, size, poisoned_);
  }
  pieces_.push_back(std::move(piece));
  SetBase(static_cast<std::byte*>(base));
  return {};
}

// Maps at least `size` bytes, and room to grow; the mutex is held.
Status Mapping::Reserve(std::uint64_t size, std::uintptr_t address) {
  const std::uint64_t roomy = Reservation(size, options_.max_size);
  if (roomy > size && AddPiece(roomy, address)) return {};
  return AddPiece(size, address);
}

// Maps at least `size` bytes, unless they are; the mutex is held.
Status Mapping::Reach(std::uint64_t size) {
  if (size <= pieces_.back().size) return {};
  return Reserve(size, 0);
}

Status Mapping::Grow(std::uint64_t size) {
  const std::lock_guard lock(mutex_);
  if (size <= this->size()) return {};
  if (size > options_.max_size) {
    return Fail(Code::kNoSpace,
                "the file may have " + std::to_string(options_.max_size) +
                    " bytes at most, its limit, and would need " +
                    std::to_string(size) +
                    "; remove records, or create it with a larger limit");
  }
  // Mapped first: what can't be reached must not take up room.
  MAPFILE_RETURN_IF_ERROR(Reach(size));
  MAPFILE_RETURN_IF_ERROR(file_.Allocate(this->size(), size));
  SetSize(size);
  return {};
}

Status Mapping::Extend(std::uint64_t size) {
  const std::lock_guard lock(mutex_);
  if (size <= this->size()) return {};
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t length, file_.Size());
  if (size > length || size > options_.max_size) {
    return Fail(Code::kCorrupt, "truncated: it should have " +
                                    std::to_string(size) + " bytes and has " +
                                    std::to_string(length));
  }
  MAPFILE_RETURN_IF_ERROR(Reach(size));
  SetSize(size);
  return {};
}

}  // namespace mapfile::os
