#include "lib/file/structure.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "lib/base/atomic.h"
#include "lib/base/try.h"
#include "lib/format/heap_layout.h"
#include "lib/os/tenancy.h"

namespace mapfile::file {
namespace {

// A race that looks like damage looks the same each time only if it is lost
// in the same way each time.
constexpr int kLeastLooks = 12;
constexpr auto kLongest = std::chrono::seconds(3);

// Words that tell whether the structure held still, and at rest.
struct Stamp {
  std::uint64_t lock = 0;
  std::uint64_t units = 0;
  std::uint64_t structure = 0;
  std::uint64_t unfinished = 0;  // Journal, blocks of nobody's, dying list

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

Stamp StampOf(const Subject& subject) {
  const format::FileHeader& header = subject.live_header();
  Stamp stamp;
  stamp.lock = LoadAcquire(header.lock) & ~format::LockWord::kWaiters;
  stamp.structure = LoadAcquire(header.structure_generation);
  stamp.unfinished =
      LoadAcquire(header.pending_offset) | LoadAcquire(header.dying_offset);
  const auto* heap =
      subject.image->At<format::HeapControl>(subject.header.heap_offset);
  if (heap != nullptr) {
    stamp.units = LoadAcquire(heap->units);
    stamp.unfinished |=
        LoadAcquire(heap->journal_count) | LoadAcquire(heap->moving_offset);
  }
  return stamp;
}

// Whether nobody living is at work behind that lock word.
bool IsOwnerGone(const Subject& subject, std::uint64_t lock) {
  if (format::LockWord::IsFree(lock)) return true;
  const std::uint32_t slot = format::LockWord::Slot(lock);
  if (slot >= format::kWriterSlots) return true;
  const auto* writer = subject.image->At<format::WriterSlot>(
      subject.header.writers_offset + slot * sizeof(format::WriterSlot));
  return writer == nullptr ||
         LoadAcquire(writer->incarnation) !=
             format::LockWord::Incarnation(lock) ||
         !os::IsSlotHeld(*subject.file, slot);
}

// Where two counts differ by a little, their numbers change all the time.
bool IsSame(const Finding& a, const Finding& b) {
  return a == b || (a.part == Part::kCount && b.part == Part::kCount &&
                    a.offset == b.offset);
}

std::vector<Finding> InBoth(const std::vector<Finding>& a,
                            std::vector<Finding> b) {
  std::erase_if(b, [&](const Finding& found) {
    return std::none_of(a.begin(), a.end(), [&](const Finding& other) {
      return IsSame(found, other);
    });
  });
  return b;
}

class Look {
 public:
  explicit Look(const Subject& subject)
      : subject_(subject), end_(std::chrono::steady_clock::now() + kLongest) {}

  Result<Structure> Run();

 private:
  bool Once(record::Table& table);
  Result<bool> Settle(const Stamp& before);

  const Subject& subject_;
  const std::chrono::steady_clock::time_point end_;
  Structure result_;
  std::optional<std::vector<Finding>> kept_;
  int still_ = 0;  // Looks at a structure that held still
};

// True: this look decided.
bool Look::Once(record::Table& table) {
  const Stamp before = StampOf(subject_);
  std::vector<Finding> found = table.Examine(&result_.census);
  // Fence: the stamps after all that was seen.
  (void)FenceThenLoad(subject_.live_header().lock);
  const bool is_still = before == StampOf(subject_) && before.unfinished == 0;
  kept_ = kept_ ? InBoth(*kept_, std::move(found)) : std::move(found);
  if (is_still) ++still_;
  result_.findings = *kept_;
  return kept_->empty() || still_ == 2;
}

// What writers that died left is finished, as far as an image can tell.
Result<bool> Look::Settle(const Stamp& before) {
  const bool is_crash =
      !subject_.IsSignedHere() &&
      LoadAcquire(subject_.live_header().state) != format::kStateClosed &&
      subject_.LivingWriter() == format::kWriterSlots;
  if (!is_crash &&
      (before.unfinished == 0 || !IsOwnerGone(subject_, before.lock))) {
    return false;
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto image, subject_.PrivateImage());
  PrivateHost host;
  MAPFILE_ASSIGN_OR_RETURN(const auto table,
                           record::Table::Attach(*image, &host));
  Status done;
  if (is_crash) {
    auto repairs = table->RepairAfterCrash();
    if (!repairs) done = Fail(std::move(repairs).error());
  } else {
    done = table->Recover();
  }
  std::vector<Finding> found = table->Examine(&result_.census);
  if (!(StampOf(subject_) == before)) return false;  // Somebody took over
  if (!done) {
    found.push_back({Part::kFile,
                     0,
                     {},
                     "what a killed writer left can't be finished: " +
                         done.error().message()});
  } else {
    result_.remarks.push_back(
        is_crash ? "the machine went down while it was written to, or it is "
                   "a copy of a file in use; the next writer puts its lists "
                   "in order"
                 : "a writer was killed at work; the next one finishes that");
  }
  result_.findings = std::move(found);
  return true;
}

Result<Structure> Look::Run() {
  auto table = record::Table::Attach(*subject_.image, nullptr);
  if (!table) {
    result_.findings.push_back({Part::kHeader, 0, {}, table.error().message()});
    return result_;
  }
  for (int i = 0; i < kLeastLooks || std::chrono::steady_clock::now() < end_;
       ++i) {
    if (Once(**table)) return result_;
    MAPFILE_ASSIGN_OR_RETURN(const bool settled, Settle(StampOf(subject_)));
    if (settled) return result_;
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(i, 20)));
  }
  if (still_ == 0) {
    std::erase_if(result_.findings, [](const Finding& found) {
      return found.part == Part::kCount;
    });
    result_.remarks.push_back(
        "it changed all the time: its counts were not compared");
  }
  return result_;
}

}  // namespace

Result<Structure> LookAtStructure(const Subject& subject) {
  return Look(subject).Run();
}

}  // namespace mapfile::file
