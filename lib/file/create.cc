#include "lib/file/create.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "lib/base/try.h"
#include "lib/file/join.h"
#include "lib/file/open_files.h"
#include "lib/format/header.h"
#include "lib/heap/allocator.h"
#include "lib/os/clock.h"
#include "lib/os/random.h"

namespace mapfile::file {
namespace {

constexpr std::uint64_t kLeastSize = 48 << 10;
constexpr std::uint64_t kLeastMaxSize = 64 << 10;
constexpr std::uint64_t kMostMaxSize = 1ull << 46;
constexpr std::string_view kCreator = "mapfile 0.1.0";

std::uint64_t RoundUp(std::uint64_t size) {
  return (size + format::kPageSize - 1) / format::kPageSize * format::kPageSize;
}

Status CheckOptions(const Options& options) {
  if (options.max_size_bytes < kLeastMaxSize ||
      options.max_size_bytes > kMostMaxSize) {
    return Fail(Code::kInvalidArgument,
                "a file may be limited to 64 KiB at least and 64 TiB at "
                "most, not to " +
                    std::to_string(options.max_size_bytes) + " bytes");
  }
  if (options.size_bytes > options.max_size_bytes) {
    return Fail(Code::kInvalidArgument,
                "a file of " + std::to_string(options.size_bytes) +
                    " bytes can't be limited to " +
                    std::to_string(options.max_size_bytes));
  }
  if (options.title.size() > format::kMaxTitleSize) {
    return Fail(Code::kInvalidArgument,
                "a title has " + std::to_string(format::kMaxTitleSize) +
                    " bytes at most");
  }
  return {};
}

format::FileHeader NewHeader(const os::File& file, const Options& options) {
  format::NewFile fields;
  fields.size = RoundUp(std::max(options.size_bytes, kLeastSize));
  fields.max_size = RoundUp(options.max_size_bytes);
  fields.created_ns = os::WallNs();
  fields.hash_seed = os::RandomBits();
  fields.device = file.identity().device;
  fields.inode = file.identity().inode;
  fields.boot_id = os::BootId();
  fields.creator = kCreator;
  fields.durable = options.durable;
  return format::MakeHeader(fields);
}

// Heap and table of a file that nobody else sees.
Status Format(FileRegion& region, const format::FileHeader& header) {
  region.header() = header;
  MAPFILE_RETURN_IF_ERROR(
      heap::Allocator::Format(region, header.heap_offset, header.data_offset));
  return record::Table::Format(region);
}

os::Mapping::Options MappingOptions(const Options& options,
                                    const format::FileHeader& header) {
  return {
      .access = options.mode == Mode::kRead ? os::Access::kRead
                                            : os::Access::kReadWrite,
      .size = header.size,
      .max_size = header.max_size,
      .address = options.address != 0 ? options.address : PreferredAddress(),
      .guard_bus_errors = options.guard_bus_errors};
}

// The file is a part already: what borrows it must find it in its place.
struct Mapped {
  std::unique_ptr<os::File> file;
  std::unique_ptr<FileRegion> region;
};

Result<Mapped> MapFileOf(os::File file, const Options& options,
                         const format::FileHeader& header) {
  Mapped mapped;
  mapped.file = std::make_unique<os::File>(std::move(file));
  MAPFILE_ASSIGN_OR_RETURN(
      mapped.region,
      FileRegion::Map(*mapped.file, MappingOptions(options, header),
                      header.writers_offset));
  return mapped;
}

Result<std::shared_ptr<Core>> MakeCore(const std::string& path,
                                       const Options& options, Mapped mapped) {
  Core::Parts parts;
  parts.path = path;
  MAPFILE_ASSIGN_OR_RETURN(parts.absolute_path, os::AbsolutePath(path));
  parts.options = options;
  parts.file = std::move(mapped.file);
  parts.region = std::move(mapped.region);
  if (options.mode != Mode::kRead) {
    parts.host = std::make_unique<FileHost>(*parts.file, *parts.region,
                                            options.lock_timeout);
  }
  MAPFILE_ASSIGN_OR_RETURN(
      parts.table, record::Table::Attach(*parts.region, parts.host.get()));
  return std::make_shared<Core>(std::move(parts));
}

}  // namespace

bool HasMagic(const os::File& file) {
  unsigned char magic[sizeof format::kMagic];
  const auto size = file.Read(magic, sizeof magic);
  return size && *size == sizeof magic &&
         std::memcmp(magic, format::kMagic, sizeof magic) == 0;
}

Result<std::shared_ptr<Core>> Assemble(const std::string& path,
                                       const Options& options, os::File file,
                                       const format::FileHeader& header) {
  MAPFILE_ASSIGN_OR_RETURN(Mapped mapped,
                           MapFileOf(std::move(file), options, header));
  return MakeCore(path, options, std::move(mapped));
}

Result<std::shared_ptr<Core>> Prepare(const std::string& path,
                                      const Options& options) {
  MAPFILE_RETURN_IF_ERROR(CheckOptions(options));
  MAPFILE_ASSIGN_OR_RETURN(os::File file,
                           os::File::CreateUnnamed(path, options.permissions));
  const format::FileHeader header = NewHeader(file, options);
  MAPFILE_RETURN_IF_ERROR(file.Allocate(0, header.size));
  MAPFILE_ASSIGN_OR_RETURN(Mapped mapped,
                           MapFileOf(std::move(file), options, header));
  MAPFILE_RETURN_IF_ERROR(Format(*mapped.region, header));
  MAPFILE_ASSIGN_OR_RETURN(std::shared_ptr<Core> core,
                           MakeCore(path, options, std::move(mapped)));
  MAPFILE_RETURN_IF_ERROR(Join(*core));
  if (!options.title.empty()) {
    MAPFILE_RETURN_IF_ERROR(core->table().SetTitle(options.title));
  }
  // Its name must not outlive its bytes.
  if (options.durable) MAPFILE_RETURN_IF_ERROR(core->file().Sync());
  return core;
}

Result<std::shared_ptr<Core>> Create(const std::string& path,
                                     const Options& options,
                                     os::File::IfExists if_exists) {
  MAPFILE_ASSIGN_OR_RETURN(std::shared_ptr<Core> core, Prepare(path, options));
  MAPFILE_RETURN_IF_ERROR(core->file().Publish(path, if_exists));
  if (options.durable) {
    MAPFILE_RETURN_IF_ERROR(os::File::SyncDirectoryOf(path));
  }
  return core;
}

}  // namespace mapfile::file
