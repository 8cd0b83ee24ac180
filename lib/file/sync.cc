#include "lib/file/sync.h"

#include <utility>
#include <vector>

#include "lib/base/atomic.h"
#include "lib/base/try.h"
#include "lib/file/names.h"

namespace mapfile::file {
namespace {

// How often Sync tries to be faster than a writer.
constexpr int kRounds = 8;

struct Checked {
  record::RecordId id;
  Generation generation = 0;
};

// Records that are removed meanwhile need no checksum. Lost values have none.
bool MayPass(const Error& error) {
  return error.code() == Code::kNotFound || error.code() == Code::kCorrupt;
}

// Says which record an error is about.
tl::unexpected<Error> Named(const Core& core, record::RecordId id,
                            const Error& error) {
  const auto summary = core.table().Info(id);
  return Fail(summary ? error.In(Quoted(summary->name)) : error);
}

bool IsDurable(const Core& core) {
  return (core.header().read_only_compatible_flags & format::kDurable) != 0;
}

// From now on writers spare these versions: their bytes are on the medium,
// and stay there until newer ones are. Returns those that a fast writer has
// overwritten already.
Result<std::vector<record::RecordId>> Spare(
    Core& core, const std::vector<Checked>& checked) {
  std::vector<record::RecordId> lapped;
  for (const Checked& version : checked) {
    Status spared = core.table().SetDurable(version.id, version.generation);
    if (spared) continue;
    if (!MayPass(spared.error())) {
      return Named(core, version.id, spared.error());
    }
    if (core.table().CurrentGeneration(version.id)) {
      lapped.push_back(version.id);
    }
  }
  return lapped;
}

// The current version of each, with a checksum from now on.
Result<std::vector<Checked>> Checksum(
    Core& core, const std::vector<record::RecordId>& ids) {
  std::vector<Checked> checked;
  checked.reserve(ids.size());
  for (const record::RecordId id : ids) {
    auto generation = core.table().ChecksumCurrent(id);
    if (generation) {
      checked.push_back({id, *generation});
    } else if (!MayPass(generation.error())) {
      return Named(core, id, generation.error());
    }
  }
  return checked;
}

Status MakeDurable(Core& core, std::vector<Checked> checked) {
  for (int round = 1;; ++round) {
    MAPFILE_ASSIGN_OR_RETURN(const auto lapped, Spare(core, checked));
    if (lapped.empty()) return {};
    if (round == kRounds) {
      return Named(core, lapped.front(),
                   Error(Code::kBusy,
                         "it changes faster than its medium takes it; give "
                         "it more slots"));
    }
    MAPFILE_ASSIGN_OR_RETURN(checked, Checksum(core, lapped));
    MAPFILE_RETURN_IF_ERROR(core.file().Sync());
  }
}

}  // namespace

Status Sync(Core& core) {
  MAPFILE_ASSIGN_OR_RETURN(const auto ids, core.table().List());
  MAPFILE_ASSIGN_OR_RETURN(auto checked, Checksum(core, ids));
  if (core.file().IsInMemory()) {
    return Fail(Code::kNotDurable,
                "its file system lives in memory, which a loss of power "
                "empties; keep the file on a disk");
  }
  MAPFILE_RETURN_IF_ERROR(core.file().Sync());
  if (IsDurable(core)) {
    MAPFILE_RETURN_IF_ERROR(MakeDurable(core, std::move(checked)));
  }
  // Relaxed: a number for people; syncs that race may count as one.
  std::uint64_t& epoch = core.header().sync_epoch;
  StoreRelaxed(epoch, LoadRelaxed(epoch) + 1);
  return {};
}

Status ChecksumAll(Core& core) {
  MAPFILE_ASSIGN_OR_RETURN(const auto ids, core.table().List());
  for (const record::RecordId id : ids) {
    const Status checked = core.table().ChecksumKept(id);
    if (checked || MayPass(checked.error())) continue;
    return Named(core, id, checked.error());
  }
  return {};
}

}  // namespace mapfile::file
