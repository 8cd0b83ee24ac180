// Repair(): a damaged file is mended in a private image, and written once
// the image is better than the file.
#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "lib/base/try.h"
#include "lib/file/look.h"
#include "lib/file/subject.h"
#include "lib/format/heap_layout.h"
#include "lib/heap/journal.h"
#include "lib/heap/mend.h"
#include "lib/os/clock.h"
#include "lib/os/tenancy.h"
#include "lib/record/mend.h"
#include "lib/record/type_store.h"
#include "lib/text/validate.h"
#include "mapfile/check.h"

namespace mapfile {
namespace {

using file::Subject;
using record::Mended;

// Values against the types in an image.
class ImageJudge : public record::ValueJudge {
 public:
  explicit ImageJudge(record::Table& table) : types_(table) {}

  Status Judge(std::uint32_t type_id,
               std::span<const std::byte> bytes) override {
    MAPFILE_ASSIGN_OR_RETURN(const auto type, types_.TypeOf(type_id));
    Status good = text::Validate(*type, bytes, types_);
    // Nested too deep to be shown is no damage.
    if (!good && good.error().code() == Code::kInvalidArgument) return {};
    return good;
  }
  std::string ClassName(std::uint32_t type_id) override {
    const auto type = types_.TypeOf(type_id);
    return type ? (*type)->name() : std::string();
  }

 private:
  record::FileTypeTable types_;
};

// An unfinished change is put back if the journal can be believed.
Status MendJournal(os::Image& image, const format::FileHeader& header,
                   Mended& mended) {
  auto* control = image.At<format::HeapControl>(header.heap_offset);
  if (control == nullptr || control->journal_count == 0) return {};
  const auto rolled_back = heap::RollBack(image, header.heap_offset);
  if (rolled_back) {
    mended.actions.push_back("put back an unfinished change");
    return {};
  }
  control->journal_count = 0;
  mended.actions.push_back("dropped the heap's journal, which is garbage");
  return {};
}

// What a killed writer left, as far as it can be finished.
void FinishWork(os::Image& image, file::PrivateHost& host) {
  auto table = record::Table::Attach(image, &host);
  if (table) (void)(*table)->Recover();
}

struct Attempt {
  std::unique_ptr<os::Image> image;
  Mended mended;
};

void Sign(os::Image& image) {
  auto* header = image.At<format::FileHeader>(0);
  const auto boot_id = os::BootId();
  std::copy(boot_id.begin(), boot_id.end(), header->boot_id);
}

Result<Attempt> TryToMend(const Subject& subject, bool drop,
                          bool believe_journal) {
  Attempt attempt;
  for (const format::HeaderFault& fault : subject.faults) {
    if (!fault.fix.empty()) {
      attempt.mended.actions.push_back("in the header, " + fault.fix);
    }
  }
  MAPFILE_ASSIGN_OR_RETURN(attempt.image, subject.PrivateImage());
  os::Image& image = *attempt.image;
  const format::FileHeader& header = subject.header;
  if (!believe_journal) {
    auto* control = image.At<format::HeapControl>(header.heap_offset);
    if (control != nullptr) control->journal_count = 0;
  }
  MAPFILE_RETURN_IF_ERROR(MendJournal(image, header, attempt.mended));
  file::PrivateHost host;
  FinishWork(image, host);
  MAPFILE_ASSIGN_OR_RETURN(const auto space, record::Space::Of(image, &host));
  MAPFILE_ASSIGN_OR_RETURN(
      auto actions, heap::Mend(image, {header.heap_offset, header.data_offset},
                               record::CollectHints(space)));
  for (std::string& action : actions) {
    attempt.mended.actions.push_back(std::move(action));
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto table,
                           record::Table::Attach(image, &host));
  ImageJudge judge(*table);
  const bool of_this_boot = subject.IsSignedHere();
  MAPFILE_RETURN_IF_ERROR(record::MendTable(
      image, host, judge, {.drop = drop, .need_checksum = !of_this_boot},
      attempt.mended));
  // Its values were all looked at: they count from now on.
  if (!of_this_boot && (drop || attempt.mended.dropped.empty())) Sign(image);
  return attempt;
}

// The image as a file would be that has these bytes.
Result<CheckReport> Judge(const Subject& subject,
                          std::unique_ptr<os::Image>& image) {
  Subject result;
  result.header = *image->At<format::FileHeader>(0);
  result.file_size = image->size();
  MAPFILE_ASSIGN_OR_RETURN(os::File file,
                           subject.file->Reopen(os::Access::kRead));
  result.file = std::make_unique<os::File>(std::move(file));
  result.image = std::move(image);
  CheckReport report;
  Status looked = file::LookAtSubject(result, {}, report);
  image = std::move(result.image);
  if (!looked) return Fail(std::move(looked).error());
  return report;
}

struct Candidate {
  Attempt attempt;
  CheckReport after;
};

Result<Candidate> Consider(const Subject& subject, const RepairOptions& options,
                           bool believe_journal) {
  Candidate candidate;
  MAPFILE_ASSIGN_OR_RETURN(candidate.attempt,
                           TryToMend(subject, options.drop, believe_journal));
  MAPFILE_ASSIGN_OR_RETURN(candidate.after,
                           Judge(subject, candidate.attempt.image));
  return candidate;
}

bool IsBetter(const Candidate& a, const Candidate& b) {
  const auto losses = [](const Candidate& c) {
    return c.attempt.mended.dropped.size() + c.after.findings.size();
  };
  return losses(a) < losses(b);
}

// A flipped bit can make an old journal look like one that holds: what it
// puts back is damage then. The better of both ways is the right one.
Result<Candidate> Best(const Subject& subject, const RepairOptions& options) {
  auto believed = Consider(subject, options, true);
  const auto* control =
      subject.image->At<format::HeapControl>(subject.header.heap_offset);
  const bool clean = believed && believed->after.whole() &&
                     believed->attempt.mended.dropped.empty();
  if (clean || control == nullptr || control->journal_count == 0) {
    return believed;
  }
  auto doubted = Consider(subject, options, false);
  if (!believed) return doubted;
  if (doubted && IsBetter(*doubted, *believed)) return doubted;
  return believed;
}

Result<std::string> MakeBackup(const Subject& subject, const std::string& path,
                               const RepairOptions& options) {
  const std::string backup =
      options.backup_path.empty() ? path + ".bak" : options.backup_path;
  const auto copy = [&]() -> Status {
    MAPFILE_ASSIGN_OR_RETURN(os::File file,
                             os::File::CreateUnnamed(backup, 0600));
    MAPFILE_RETURN_IF_ERROR(file.CopyFrom(*subject.file));
    file.CopyOwnership(*subject.file);
    MAPFILE_RETURN_IF_ERROR(file.Sync());
    return file.Publish(backup, os::File::IfExists::kFail);
  };
  if (Status copied = copy(); !copied) {
    return Fail(copied.error().In(backup));
  }
  return backup;
}

// Only the pages that differ; the file's own are read afresh.
Status WriteBack(const Subject& subject, const os::Image& image,
                 const RepairOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size, subject.file->Size());
  if (image.size() > size) {
    MAPFILE_RETURN_IF_ERROR(subject.file->Allocate(size, image.size()));
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto now,
                           os::Image::Map(*subject.file, image.size(), 0));
  constexpr std::uint64_t kPage = format::kPageSize;
  for (std::uint64_t at = 0; at < image.size(); at += kPage) {
    const std::uint64_t count = std::min(kPage, image.size() - at);
    if (options.progress && at % (kPage * 4096) == 0) {
      options.progress({"pages", at, image.size()});
    }
    if (std::memcmp(now->base() + at, image.base() + at, count) == 0) continue;
    MAPFILE_RETURN_IF_ERROR(subject.file->Write(at, image.base() + at, count));
  }
  return subject.file->Sync();
}

Status CheckNoWriter(const Subject& subject) {
  const std::uint32_t slot = subject.LivingWriter();
  if (slot == format::kWriterSlots) return {};
  const auto* writer = subject.image->At<format::WriterSlot>(
      subject.header.writers_offset + slot * sizeof(format::WriterSlot));
  return Fail(Code::kBusy,
              "a living process (pid " +
                  std::to_string(writer == nullptr ? 0 : writer->pid) +
                  ") has it open for writing; stop it first");
}

Result<RepairReport> RepairFile(const std::string& path,
                                const RepairOptions& options) {
  const os::Access access =
      options.dry_run ? os::Access::kRead : os::Access::kReadWrite;
  RepairReport report;
  MAPFILE_ASSIGN_OR_RETURN(Subject subject, file::OpenSubject(path, access));
  MAPFILE_RETURN_IF_ERROR(CheckNoWriter(subject));
  MAPFILE_RETURN_IF_ERROR(
      file::LookAtSubject(subject, {options.progress}, report.before));
  report.after = report.before;
  if (report.before.whole()) return report;
  std::optional<os::Exclusion> exclusion;
  if (!options.dry_run) {
    auto taken = os::Exclusion::Take(*subject.file);
    if (!taken) return Fail(std::move(taken).error());
    exclusion.emplace(*std::move(taken));
    // Again: a writer may have come and gone.
    MAPFILE_ASSIGN_OR_RETURN(subject, file::OpenSubject(path, access));
  }
  MAPFILE_ASSIGN_OR_RETURN(Candidate best, Best(subject, options));
  report.actions = std::move(best.attempt.mended.actions);
  report.dropped = std::move(best.attempt.mended.dropped);
  report.after = std::move(best.after);
  report.after.is_live = false;  // The locks are this call's
  if (!options.drop) report.dropped.clear();
  if (options.dry_run) return report;
  if (options.backup) {
    MAPFILE_ASSIGN_OR_RETURN(report.backup_path,
                             MakeBackup(subject, path, options));
  }
  MAPFILE_RETURN_IF_ERROR(WriteBack(subject, *best.attempt.image, options));
  report.written = true;
  return report;
}

}  // namespace

Result<RepairReport> Repair(const std::string& path,
                            const RepairOptions& options) {
  if (path.empty()) {
    return Fail(Code::kInvalidArgument, "the name of a file is empty");
  }
  auto report = RepairFile(path, options);
  if (!report) return Fail(report.error().In(path));
  return report;
}

}  // namespace mapfile
