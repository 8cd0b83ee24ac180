// MapFile: the file itself, its addresses, its heap and its lock.
#include <utility>

#include "lib/base/try.h"
#include "lib/file/call.h"
#include "lib/file/file_heap.h"
#include "lib/file/info.h"
#include "lib/file/open.h"
#include "lib/file/open_files.h"
#include "lib/file/path_state.h"
#include "lib/file/sync.h"
#include "mapfile/mapfile.h"

namespace mapfile {

using file::Reading;
using file::Writing;

Result<FileInfo> MapFile::Info() const {
  return Reading(*core_, {}, [&] { return file::InfoOfFile(*core_); });
}

const std::string& MapFile::path() const { return core_->path(); }

std::string MapFile::title() const {
  if (!core_->Usable()) return {};
  return core_->table().Title().value_or(std::string());
}

const char* MapFile::option() const { return ModeName(core_->options().mode); }

bool MapFile::is_open() const { return core_->Usable().has_value(); }

bool MapFile::writable() const { return core_->Usable() && core_->IsWriter(); }

std::uint64_t MapFile::size_bytes() const {
  if (!core_->Usable()) return 0;
  core_->region().Refresh();
  return core_->region().size();
}

std::uint64_t MapFile::max_size_bytes() const {
  return core_->Usable() ? core_->header().max_size : 0;
}

int MapFile::fd() const { return core_->Usable() ? core_->file().fd() : -1; }

std::string MapFile::directory() const { return core_->directory(); }

Status MapFile::Sync() {
  return Writing(*core_, {}, [&] { return file::Sync(*core_); });
}

PathState MapFile::path_state() const { return file::PathStateOf(*core_); }

Heap MapFile::heap() const { return file::HeapOf(core_); }

TypeTable& MapFile::types() const { return core_->types(); }

std::uint64_t MapFile::BestBufferSize() const {
  return core_->Usable() ? file::BestBufferSize(*core_) : 0;
}

// --- Addresses ---------------------------------------------------------------

void* MapFile::base_address() const {
  return core_->Usable() ? core_->region().base() : nullptr;
}

void* MapFile::break_address() const {
  if (!core_->Usable()) return nullptr;
  const auto stats = core_->Allocator().Stats();
  return stats ? core_->region().base() + stats->break_offset : nullptr;
}

Result<std::uint64_t> MapFile::OffsetOf(const void* address) const {
  return Reading(*core_, {}, [&]() -> Result<std::uint64_t> {
    const auto offset = core_->region().OffsetOf(address);
    if (offset) return *offset;
    return Fail(Code::kInvalidArgument,
                "the address lies outside of the file's mapping");
  });
}

Result<void*> MapFile::AddressOf(std::uint64_t offset) const {
  return Reading(*core_, {}, [&]() -> Result<void*> {
    if (core_->region().Contains(offset, 1)) {
      return core_->region().base() + offset;
    }
    return Fail(Code::kInvalidArgument,
                "offset " + std::to_string(offset) + " lies outside of the " +
                    std::to_string(core_->region().size()) +
                    " bytes of the file");
  });
}

Result<std::uintptr_t> MapFile::OriginalAddress(
    const void* address, std::uintptr_t other_base) const {
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t offset, OffsetOf(address));
  return other_base + offset;
}

std::ptrdiff_t MapFile::MappingOffset(std::uintptr_t other_base) const {
  return static_cast<std::ptrdiff_t>(
      reinterpret_cast<std::uintptr_t>(base_address()) - other_base);
}

std::optional<MapFile> MapFile::WhichMapFile(const void* address) {
  auto core = file::OpenFileAt(address);
  if (core == nullptr) return std::nullopt;
  return MapFile(std::move(core));
}

void MapFile::SetMapAddress(std::uintptr_t address) {
  file::SetPreferredAddress(address);
}

// --- The writers' lock -------------------------------------------------------

Status MapFile::AcquireLock(std::chrono::milliseconds timeout) const {
  return Writing(*core_, {},
                 [&] { return file::AcquireLock(*core_, timeout); });
}

Status MapFile::AcquireLock() const {
  return AcquireLock(core_->options().lock_timeout);
}

Status MapFile::ReleaseLock() const {
  return Reading(*core_, {}, [&] { return file::ReleaseLock(*core_); });
}

Status MapFile::BecomeWriter() {
  return Reading(*core_, {}, [&] { return file::BecomeWriter(*core_); });
}

Status MapFile::Resign() {
  return Reading(*core_, {}, [&] { return file::Resign(*core_); });
}

}  // namespace mapfile
