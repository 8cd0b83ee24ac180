// Record: the public handle of one record.
#include "mapfile/record.h"

#include <utility>

#include "lib/file/call.h"
#include "lib/file/info.h"
#include "lib/file/load.h"
#include "lib/file/store.h"
#include "lib/file/waiting.h"

namespace mapfile {

using file::Reading;
using file::Writing;
Result<RecordInfo> Record::Info() const {
  return Reading(*core_, name_,
                 [&] { return file::InfoOf(*core_, file::Core::IdOf(*this)); });
}

Result<Generation> Record::Update() {
  return Writing(*core_, name_, [&]() -> Result<Generation> {
    if (binding_ != nullptr) return file::Update(*core_, *binding_);
    return file::UpdateRecord(*core_, file::Core::IdOf(*this));
  });
}

Result<RawValue> Record::GetRaw(Generation generation) const {
  return Reading(*core_, name_, [&] {
    return file::LoadRaw(*core_, file::Core::IdOf(*this), generation);
  });
}

Result<Generation> Record::WaitFor(Generation seen,
                                   std::chrono::nanoseconds timeout) const {
  return Reading(*core_, name_, [&] {
    return file::WaitForRecord(*core_, file::Core::IdOf(*this), seen, timeout);
  });
}

const void* Record::object() const {
  const auto binding = core_->bindings().OfRecord(file::Core::IdOf(*this));
  if (binding == nullptr) return nullptr;
  const std::lock_guard lock(binding->mutex);
  return binding->IsBound() ? binding->object : nullptr;
}

Result<Record> Record::Next() const {
  return Reading(*core_, name_,
                 [&] { return file::Next(*core_, file::Core::IdOf(*this)); });
}

Result<Generation> Record::Store(Encoder& encoder, const PutOptions& options) {
  return Writing(*core_, name_, [&]() -> Result<Generation> {
    if (options.create_only) {
      return Fail(Code::kExists, "there is such a record already");
    }
    return file::Publish(*core_, file::Core::IdOf(*this), encoder,
                         {options.if_generation});
  });
}

Status Record::Load(Decoder& decoder, VersionInfo* seen,
                    Generation generation) const {
  return Reading(*core_, name_, [&] {
    return file::Load(*core_, file::Core::IdOf(*this), decoder, seen,
                      generation);
  });
}

Result<Generation> Record::ModifyRaw(const Edit& edit) {
  return Writing(*core_, name_, [&] {
    return file::Modify(*core_, file::Core::IdOf(*this), edit);
  });
}

Result<std::uint64_t> Record::CountRaw(Generation generation, std::uint64_t at,
                                       std::uint64_t n) {
  return Writing(*core_, name_, [&] {
    return core_->table().Count(file::Core::IdOf(*this), generation, at, n);
  });
}

}  // namespace mapfile
