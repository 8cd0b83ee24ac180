#include "tests/stress/audit.h"

#include <chrono>
#include <set>
#include <utility>

#include "lib/base/atomic.h"
#include "lib/base/try.h"
#include "lib/file/open.h"
#include "mapfile/mapfile.h"
#include "tests/stress/board.h"
#include "tests/stress/pattern.h"

namespace mapfile::stress {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kRootWords = 16;  // 8 fields, 8 sizes

// A version of every record by a writer who comes anew.
Status WriteAll(const std::string& path, std::uint32_t producers) {
  MAPFILE_ASSIGN_OR_RETURN(MapFile file,
                           MapFile::Open(path, {.mode = Mode::kUpdate}));
  for (std::uint32_t i = 0; i < OwnRecord(producers, 0); ++i) {
    Payload value;
    value.Fill(NameOf(i), kMostSeats, i, i);
    auto put = file.Put(value.name, value);
    if (!put) return Fail(std::move(put).error());
  }
  return file.Close();
}

// Blocks of the user's that no field of a root leads to.
Result<std::uint64_t> CountLeaks(file::Core& core, const MapFile& file,
                                 std::uint32_t producers) {
  std::set<std::uint64_t> known;
  Heap heap = file.heap();
  for (std::uint32_t i = 0; i < producers; ++i) {
    MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t root,
                             heap.GetKey(static_cast<int>(i)));
    known.insert(root);
    const auto bytes = heap.Resolve(Offset<void>{root});
    const auto* words = reinterpret_cast<std::uint64_t*>(bytes.data());
    for (std::uint64_t w = 0; w < kRootWords / 2; ++w) known.insert(words[w]);
  }
  std::uint64_t leaks = 0;
  MAPFILE_RETURN_IF_ERROR(
      core.Allocator().ForEachBlock([&](const heap::Allocator::Block& block) {
        if (block.kind == heap::Kind::kUser && !known.contains(block.offset)) {
          ++leaks;
        }
        return true;
      }));
  return leaks;
}

}  // namespace

Status MakeFile(const std::string& path, std::uint32_t producers) {
  MAPFILE_ASSIGN_OR_RETURN(MapFile file,
                           MapFile::Open(path, {.mode = Mode::kCreate,
                                                .title = MakeTitle(1),
                                                .durable = true}));
  Heap heap = file.heap();
  for (std::uint32_t i = 0; i < producers; ++i) {
    MAPFILE_ASSIGN_OR_RETURN(const Offset<void> root,
                             heap.Calloc(kRootWords, 8));
    MAPFILE_RETURN_IF_ERROR(heap.SetKey(static_cast<int>(i), root.bytes));
  }
  return file.Close();
}

Result<Observer> Observer::Of(const std::string& path) {
  MAPFILE_ASSIGN_OR_RETURN(auto core, file::Open(path, {}));
  return Observer(std::move(core));
}

bool Observer::HoldsLock(pid_t pid) const {
  const auto writers = core_->region().writers();
  const auto is_its = [&](const std::uint64_t& lock) {
    const std::uint64_t word = LoadAcquire(lock);
    const std::uint32_t slot = format::LockWord::Slot(word);
    return !format::LockWord::IsFree(word) && slot < writers.size() &&
           writers[slot].pid == static_cast<std::uint32_t>(pid) &&
           writers[slot].incarnation == format::LockWord::Incarnation(word);
  };
  if (is_its(core_->header().lock)) return true;
  const auto ids = core_->table().List();
  if (!ids) return false;
  for (const record::RecordId& id : *ids) {
    const auto* record = core_->region().At<format::RecordHeader>(id.offset);
    if (record != nullptr && is_its(record->lock)) return true;
  }
  return false;
}

Result<Findings> Audit(const std::string& path, std::uint32_t producers) {
  Findings findings;
  const auto begin = Clock::now();
  MAPFILE_RETURN_IF_ERROR(WriteAll(path, producers));
  findings.next_writer_ms = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() -
                                                            begin)
          .count());
  MAPFILE_ASSIGN_OR_RETURN(auto core,
                           file::Open(path, {.mode = Mode::kUpdate}));
  MAPFILE_ASSIGN_OR_RETURN(findings.faults, core->table().Check());
  MAPFILE_ASSIGN_OR_RETURN(MapFile file,
                           MapFile::Open(path, {.mode = Mode::kUpdate}));
  MAPFILE_ASSIGN_OR_RETURN(findings.leaked_blocks,
                           CountLeaks(*core, file, producers));
  // Removed, everything is accounted for as well.
  MAPFILE_RETURN_IF_ERROR(file.RemoveAll());
  MAPFILE_ASSIGN_OR_RETURN(const auto after, core->table().Check());
  findings.faults.insert(findings.faults.end(), after.begin(), after.end());
  return findings;
}

}  // namespace mapfile::stress
