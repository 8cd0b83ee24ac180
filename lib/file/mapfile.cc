// MapFile: the public handle of an open map file. Storing and reading are
// here; mapfile_info.cc has the rest.
#include "mapfile/mapfile.h"

#include <utility>

#include "lib/base/try.h"
#include "lib/file/browse.h"
#include "lib/file/call.h"
#include "lib/file/info.h"
#include "lib/file/load.h"
#include "lib/file/open.h"
#include "lib/file/store.h"
#include "lib/file/waiting.h"

namespace mapfile {

using file::Reading;
using file::Writing;

Result<MapFile> MapFile::Open(const std::string& path, const Options& options) {
  MAPFILE_ASSIGN_OR_RETURN(auto core, file::Open(path, options));
  return MapFile(std::move(core));
}

Status MapFile::Close() { return core_->About(file::Close(*core_)); }

// --- Storing ---------------------------------------------------------------

Result<Record> MapFile::Bind(std::unique_ptr<Encoder> encoder,
                             const void* object,
                             std::optional<std::weak_ptr<const void>> lifetime,
                             std::string_view name, const AddOptions& options) {
  return Writing(*core_, name, [&] {
    return file::Bind(*core_, std::move(encoder), object, std::move(lifetime),
                      name, options);
  });
}

Status MapFile::Update() {
  return Writing(*core_, {}, [&] { return file::UpdateAll(*core_); });
}

Result<Generation> MapFile::Update(const void* object) {
  return Writing(*core_, {},
                 [&] { return file::UpdateObject(*core_, object); });
}

Result<Generation> MapFile::Update(std::string_view name) {
  return Writing(*core_, name, [&]() -> Result<Generation> {
    MAPFILE_ASSIGN_OR_RETURN(const auto id, file::FindId(*core_, name));
    return file::UpdateRecord(*core_, id);
  });
}

Result<Generation> MapFile::Store(std::string_view name, Encoder& encoder,
                                  const PutOptions& options) {
  return Writing(*core_, name,
                 [&] { return file::Store(*core_, name, encoder, options); });
}

Result<Record> MapFile::EmplaceRaw(std::string_view name, Encoder& encoder,
                                   const AddOptions& options) {
  return Writing(*core_, name,
                 [&] { return file::Emplace(*core_, name, encoder, options); });
}

Status MapFile::Remove(std::string_view name) {
  return Writing(*core_, name, [&] { return file::Remove(*core_, name); });
}

Status MapFile::Remove(const void* object) {
  return Writing(*core_, {},
                 [&] { return file::RemoveObject(*core_, object); });
}

Status MapFile::RemoveAll() {
  return Writing(*core_, {}, [&] { return file::RemoveAll(*core_); });
}

Status MapFile::Unbind(std::string_view name) {
  return Writing(*core_, name, [&] { return file::Unbind(*core_, name); });
}

Status MapFile::SetTitle(std::string_view title) {
  return Writing(*core_, {}, [&] { return core_->table().SetTitle(title); });
}

Status MapFile::SumBuffer(std::uint64_t size_bytes) {
  return Writing(*core_, {}, [&]() -> Status {
    file::SumBuffer(*core_, size_bytes);
    return {};
  });
}

// --- Reading ---------------------------------------------------------------

Result<RawValue> MapFile::GetRaw(std::string_view name,
                                 Generation generation) const {
  return Reading(*core_, name, [&]() -> Result<RawValue> {
    MAPFILE_ASSIGN_OR_RETURN(const auto id, file::FindId(*core_, name));
    return file::LoadRaw(*core_, id, generation);
  });
}

Status MapFile::Load(std::string_view name, Decoder& decoder,
                     VersionInfo* seen) const {
  return Reading(*core_, name, [&]() -> Status {
    MAPFILE_ASSIGN_OR_RETURN(const auto id, file::FindId(*core_, name));
    return file::Load(*core_, id, decoder, seen, 0);
  });
}

Result<std::unique_ptr<Object>> MapFile::Get(std::string_view name) const {
  MAPFILE_ASSIGN_OR_RETURN(const RawValue value, GetRaw(name));
  return Reading(*core_, name, [&] {
    return Registry::Create(*value.type, value.bytes, core_->types());
  });
}

Result<Record> MapFile::Find(std::string_view name) const {
  return Reading(*core_, name, [&] { return file::Find(*core_, name); });
}

Result<std::vector<Record>> MapFile::Records() const {
  return Reading(*core_, {}, [&] { return file::Records(*core_); });
}

Result<std::vector<RecordInfo>> MapFile::List(std::string_view below) const {
  return Reading(*core_, below, [&] { return file::List(*core_, below); });
}

Result<Record> MapFile::First() const {
  return Reading(*core_, {}, [&] { return file::First(*core_); });
}

Result<Record> MapFile::Last() const {
  return Reading(*core_, {}, [&] { return file::Last(*core_); });
}

Result<std::vector<BrowseEntry>> MapFile::Browse(std::string_view path) const {
  return Reading(*core_, path, [&] { return file::Browse(*core_, path); });
}

bool MapFile::IsFolder(std::string_view path) const {
  return core_->Usable() && file::IsFolder(*core_, path);
}

Status MapFile::ChangeDirectory(std::string_view path) {
  return Reading(*core_, path,
                 [&] { return file::ChangeDirectory(*core_, path); });
}

// --- Waiting ---------------------------------------------------------------

Result<Generation> MapFile::WaitFor(std::string_view name, Generation seen,
                                    std::chrono::nanoseconds timeout) const {
  return Reading(*core_, name, [&] {
    return file::WaitForName(*core_, name, seen, timeout);
  });
}

Result<Generation> MapFile::Wait(std::string_view name, Generation seen) const {
  return WaitFor(name, seen, std::chrono::nanoseconds::max());
}

std::uint64_t MapFile::activity() const {
  return core_->Usable() ? file::Activity(*core_) : 0;
}

Result<std::uint64_t> MapFile::WaitForActivity(
    std::uint64_t seen, std::chrono::nanoseconds timeout) const {
  return Reading(*core_, {},
                 [&] { return file::WaitForActivity(*core_, seen, timeout); });
}

}  // namespace mapfile
