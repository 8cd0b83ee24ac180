#include "lib/file/subject.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "lib/base/atomic.h"
#include "lib/base/try.h"
#include "lib/format/header.h"
#include "lib/os/clock.h"
#include "lib/os/tenancy.h"

namespace mapfile::file {
namespace {

// Room for what a repair has to put somewhere.
constexpr std::uint64_t kRoomToGrow = 64 << 20;
constexpr std::uint64_t kLargestImage = std::uint64_t{1} << 46;

std::uint64_t LimitOf(const format::FileHeader& header) {
  return std::min({header.max_size, header.size + kRoomToGrow, kLargestImage});
}

// What CheckHeader() refuses is a fault, whether a judge saw why or not.
Status AddUnseenFault(const os::Image& image, std::uint64_t file_size,
                      format::JudgedHeader& judged) {
  if (!judged.faults.empty()) return {};
  const auto size =
      std::min<std::uint64_t>(sizeof(format::FileHeader), image.size());
  const Status good =
      format::CheckHeader(std::span<const std::byte>(image.base(), size),
                          file_size, format::Use::kRead);
  if (good) return {};
  // Whoever tells of faults says himself what is damaged.
  constexpr std::string_view kPrefix = "damaged header: ";
  std::string message = good.error().message();
  if (message.starts_with(kPrefix)) message.erase(0, kPrefix.size());
  judged.faults.push_back({0, std::move(message), {}});
  return {};
}

}  // namespace

record::Times PrivateHost::Now() {
  const os::CoarseTimes now = os::CoarseNow();
  return {.wall_ns = now.wall_ns, .mono_ns = now.mono_ns};
}

Result<std::unique_ptr<os::Image>> Subject::PrivateImage() const {
  MAPFILE_ASSIGN_OR_RETURN(auto fresh,
                           os::Image::Map(*file, header.size, LimitOf(header)));
  MAPFILE_RETURN_IF_ERROR(fresh->MakePrivate());
  // Those of its words that change are taken as they are now.
  if (!faults.empty()) {
    std::memcpy(fresh->base(), &header, sizeof header);
  }
  return fresh;
}

bool Subject::IsSignedHere() const {
  const auto boot_id = os::BootId();
  const os::Identity signed_as{LoadRelaxed(live_header().device),
                               LoadRelaxed(live_header().inode)};
  return signed_as == file->identity() &&
         std::equal(boot_id.begin(), boot_id.end(), live_header().boot_id);
}

std::uint32_t Subject::LivingWriter() const {
  std::uint32_t slot = 0;
  while (slot < format::kWriterSlots && !os::IsSlotHeld(*file, slot)) ++slot;
  return slot;
}

Result<Subject> OpenSubject(const std::string& path, os::Access access) {
  Subject subject;
  MAPFILE_ASSIGN_OR_RETURN(os::File file, os::File::Open(path, access));
  subject.file = std::make_unique<os::File>(std::move(file));
  MAPFILE_ASSIGN_OR_RETURN(subject.file_size, subject.file->Size());
  MAPFILE_ASSIGN_OR_RETURN(
      const auto whole,
      os::Image::Map(*subject.file, std::min(subject.file_size, kLargestImage),
                     0));
  MAPFILE_ASSIGN_OR_RETURN(auto judged, format::JudgeHeader(*whole));
  MAPFILE_RETURN_IF_ERROR(AddUnseenFault(*whole, subject.file_size, judged));
  subject.header = judged.header;
  subject.faults = std::move(judged.faults);
  if (subject.faults.empty()) {
    MAPFILE_ASSIGN_OR_RETURN(
        subject.image,
        os::Image::Map(*subject.file, subject.header.size,
                       std::min(subject.header.max_size, kLargestImage)));
  } else {
    MAPFILE_ASSIGN_OR_RETURN(subject.image, subject.PrivateImage());
  }
  return subject;
}

}  // namespace mapfile::file
