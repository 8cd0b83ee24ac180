#include "lib/file/open.h"

#include <array>
#include <cstring>
#include <utility>

#include "lib/base/try.h"
#include "lib/file/create.h"
#include "lib/file/join.h"
#include "lib/file/open_files.h"
#include "lib/format/header.h"

namespace mapfile::file {
namespace {

// How often a file may come and go between two looks at its path.
constexpr int kAttempts = 16;

using CorePtr = std::shared_ptr<Core>;

Result<format::FileHeader> ReadHeader(const os::File& file, format::Use use) {
  std::array<std::byte, sizeof(format::FileHeader)> bytes;
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size,
                           file.Read(bytes.data(), bytes.size()));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t file_size, file.Size());
  MAPFILE_RETURN_IF_ERROR(format::CheckHeader(
      std::span<const std::byte>(bytes).first(size), file_size, use));
  format::FileHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

Result<CorePtr> OpenExisting(const std::string& path, const Options& options) {
  const bool writes = options.mode != Mode::kRead;
  const os::Access access = writes ? os::Access::kReadWrite : os::Access::kRead;
  MAPFILE_ASSIGN_OR_RETURN(os::File file, os::File::Open(path, access));
  MAPFILE_ASSIGN_OR_RETURN(
      const format::FileHeader header,
      ReadHeader(file, writes ? format::Use::kWrite : format::Use::kRead));
  MAPFILE_ASSIGN_OR_RETURN(CorePtr core,
                           Assemble(path, options, std::move(file), header));
  if (writes) MAPFILE_RETURN_IF_ERROR(Join(*core));
  return core;
}

// Whether the path may lead somewhere else, or nowhere, by now.
bool IsWorthAnotherTry(const Error& error) {
  return error.code() == Code::kNotFound || error.code() == Code::kExists ||
         error.code() == Code::kConflict;
}

Result<CorePtr> Update(const std::string& path, const Options& options) {
  for (int attempt = 1;; ++attempt) {
    auto opened = OpenExisting(path, options);
    if (opened || attempt == kAttempts || !IsWorthAnotherTry(opened.error())) {
      return opened;
    }
    if (opened.error().code() != Code::kNotFound) continue;
    auto created = Create(path, options, os::File::IfExists::kFail);
    if (created || created.error().code() != Code::kExists) return created;
  }
}

// Puts a new file in the place of what is there: it need not be a good one,
// but one of ours.
Result<CorePtr> ReplaceExisting(const std::string& path, os::File old,
                                const Options& options) {
  const auto header = ReadHeader(old, format::Use::kWrite);
  if (header) {
    Options old_options = options;
    old_options.mode = Mode::kUpdate;
    MAPFILE_ASSIGN_OR_RETURN(
        CorePtr core, Assemble(path, old_options, std::move(old), *header));
    return Replace(*core, options);
  }
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size, old.Size());
  const bool is_foreign = size != 0 && !HasMagic(old);
  if (is_foreign && !options.force) {
    return Fail(Code::kExists,
                "is not a map file, and is not replaced unless forced");
  }
  return Create(path, options, os::File::IfExists::kReplace);
}

Result<CorePtr> Recreate(const std::string& path, const Options& options) {
  for (int attempt = 1;; ++attempt) {
    auto old = os::File::Open(path, os::Access::kReadWrite);
    if (!old && old.error().code() != Code::kNotFound) {
      return Fail(std::move(old).error());
    }
    auto core = old ? ReplaceExisting(path, *std::move(old), options)
                    : Create(path, options, os::File::IfExists::kFail);
    if (core || attempt == kAttempts || !IsWorthAnotherTry(core.error())) {
      return core;
    }
  }
}

Result<CorePtr> OpenByMode(const std::string& path, const Options& options) {
  switch (options.mode) {
    case Mode::kRead: return OpenExisting(path, options);
    case Mode::kCreate: return Create(path, options, os::File::IfExists::kFail);
    case Mode::kRecreate: return Recreate(path, options);
    case Mode::kUpdate: return Update(path, options);
  }
  return Fail(Code::kInvalidArgument, "there is no such mode");
}

}  // namespace

Result<std::shared_ptr<Core>> Open(const std::string& path,
                                   const Options& options) {
  if (path.empty()) {
    return Fail(Code::kInvalidArgument, "the name of a file is empty");
  }
  auto core = OpenByMode(path, options);
  if (!core) return Fail(core.error().In(path));
  RememberOpenFile(*core);
  return core;
}

}  // namespace mapfile::file
