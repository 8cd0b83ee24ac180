#include "lib/file/info.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "lib/base/atomic.h"
#include "lib/base/try.h"
#include "lib/file/load.h"
#include "lib/file/names.h"
#include "lib/file/producers.h"
#include "lib/os/huge_pages.h"

namespace mapfile::file {
namespace {

// A record is stalled once it is this many of its periods late.
constexpr std::uint64_t kStalledPeriods = 3;

// Records whose lines are fetched while one is described.
constexpr std::size_t kAhead = 8;

bool IsLate(const RecordInfo& info) {
  return info.period_ms != 0 &&
         info.version.age_ns / 1'000'000 / kStalledPeriods > info.period_ms;
}

// Who wrote the versions of a list: asking the kernel for each would take
// longer than all the rest, and most have one producer.
class KnownProducers {
 public:
  explicit KnownProducers(const Core& core) : core_(core) {}

  const Producer& Of(std::uint32_t slot, std::uint32_t incarnation) {
    if (!last_ || slot != slot_ || incarnation != incarnation_) {
      last_ = ProducerOf(core_, slot, incarnation);
      slot_ = slot;
      incarnation_ = incarnation;
    }
    return *last_;
  }

 private:
  const Core& core_;
  std::optional<Producer> last_;
  std::uint32_t slot_ = 0;
  std::uint32_t incarnation_ = 0;
};

RecordInfo Describe(Core& core, KnownProducers& producers,
                    record::Summary summary) {
  const record::Version& version = summary.version;
  RecordInfo info;
  info.name = std::move(summary.name);
  info.version = DescribeVersion(version);
  info.updates = summary.updates;
  info.buffer_bytes = summary.capacity;
  info.buffer_offset = version.offset;
  info.slots = summary.slots;
  info.producer = producers.Of(version.writer_slot, version.writer_incarnation);
  info.title = std::move(summary.title);
  info.period_ms = summary.attributes.period_ms;
  info.unit = std::move(summary.attributes.unit);
  info.description = std::move(summary.attributes.description);
  info.durable_generation = summary.durable_generation;
  info.damaged = (version.flags & format::kDamaged) != 0;
  if (info.producer.state == ProducerState::kAlive && IsLate(info)) {
    info.producer.state = ProducerState::kStalled;
  }
  if (auto type = core.types().TypeOf(version.type_id)) {
    info.type = *std::move(type);
    info.class_name = info.type->name();
  }
  return info;
}

std::span<format::WriterSlot> Writers(const Core& core) {
  return core.region().writers();
}

std::string Creator(const format::FileHeader& header) {
  const std::string_view creator(header.creator, sizeof header.creator);
  return std::string(creator.substr(0, creator.find('\0')));
}

void DescribeHeader(const Core& core, FileInfo& info) {
  const format::FileHeader& header = core.header();
  info.creator = Creator(header);
  info.format_version = header.format_version;
  info.max_size_bytes = header.max_size;
  info.created_ns = header.created_ns;
  info.structure_generation = LoadAcquire(header.structure_generation);
  info.durable = (header.read_only_compatible_flags & format::kDurable) != 0;
  info.closed_in_order = LoadAcquire(header.state) == format::kStateClosed;
}

}  // namespace

Result<RecordInfo> InfoOf(Core& core, record::RecordId id) {
  MAPFILE_ASSIGN_OR_RETURN(record::Summary summary, core.table().Info(id));
  KnownProducers producers(core);
  return Describe(core, producers, std::move(summary));
}

Result<std::vector<RecordInfo>> List(Core& core, std::string_view below) {
  MAPFILE_ASSIGN_OR_RETURN(const std::string folder,
                           ResolveFolder(core.directory(), below));
  MAPFILE_ASSIGN_OR_RETURN(const auto ids, core.table().List());
  std::vector<RecordInfo> infos;
  infos.reserve(ids.size());
  os::PreferHugePages(infos.data(), ids.size() * sizeof(RecordInfo));
  KnownProducers producers(core);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i + kAhead < ids.size()) core.table().Prefetch(ids[i + kAhead]);
    auto summary = core.table().Info(ids[i]);
    if (!summary && summary.error().code() == Code::kNotFound) continue;
    if (!summary) return Fail(std::move(summary).error());
    if (Below(folder, summary->name).empty()) continue;
    infos.push_back(Describe(core, producers, *std::move(summary)));
  }
  return infos;
}

Result<FileInfo> InfoOfFile(Core& core) {
  FileInfo info;
  info.path = core.path();
  MAPFILE_ASSIGN_OR_RETURN(info.title, core.table().Title());
  info.option = ModeName(core.options().mode);
  DescribeHeader(core, info);
  core.region().Refresh();
  info.size_bytes = core.region().size();
  info.records = core.table().live();
  info.updates = Updates(core);
  info.writable = core.host() != nullptr && core.host()->is_writer();
  info.base_address = reinterpret_cast<std::uintptr_t>(core.region().base());
  MAPFILE_ASSIGN_OR_RETURN(info.heap, core.Allocator().Stats());
  info.break_offset = info.heap.break_offset;
  info.producers = LivingProducers(core);
  return info;
}

std::uint64_t Updates(const Core& core) {
  std::uint64_t updates = 0;
  for (const format::WriterSlot& writer : Writers(core)) {
    // seq_cst: after a waiter's store to the notify word.
    updates += Atomic(writer.updates).load(std::memory_order_seq_cst);
  }
  return updates;
}

void SumBuffer(Core& core, std::uint64_t size_bytes) {
  format::WriterSlot& writer = Writers(core)[core.host()->writer_slot()];
  const double size = static_cast<double>(size_bytes);
  // Relaxed: statistics. Threads that race here may lose a size.
  StoreRelaxed(writer.sizes, LoadRelaxed(writer.sizes) + 1);
  StoreRelaxed(writer.sum_size, LoadRelaxed(writer.sum_size) + size);
  StoreRelaxed(writer.sum_size_squared,
               LoadRelaxed(writer.sum_size_squared) + size * size);
}

std::uint64_t BestBufferSize(const Core& core) {
  double count = 0;
  double sum = 0;
  double squares = 0;
  for (const format::WriterSlot& writer : Writers(core)) {
    count += static_cast<double>(LoadRelaxed(writer.sizes));
    sum += LoadRelaxed(writer.sum_size);
    squares += LoadRelaxed(writer.sum_size_squared);
  }
  if (count == 0) return 0;
  const double mean = sum / count;
  const double variance = std::max(0.0, squares / count - mean * mean);
  const double best = mean + std::sqrt(variance);
  // Bytes of a file: NaN and the like may stand there.
  if (!(best >= 0 && best < 0x1p63)) return 0;
  return static_cast<std::uint64_t>(best);
}

}  // namespace mapfile::file
