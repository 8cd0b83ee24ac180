// Subject: a file that is looked at although it may be damaged.
#ifndef MAPFILE_LIB_FILE_SUBJECT_H_
#define MAPFILE_LIB_FILE_SUBJECT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/format/header_fix.h"
#include "lib/os/file.h"
#include "lib/os/image.h"
#include "lib/record/host.h"
#include "lib/record/table.h"
#include "mapfile/check.h"
#include "mapfile/status.h"

namespace mapfile::file {

// The host of a private image: its locks are free, nobody sleeps, and what is
// done is no writer's update.
class PrivateHost : public record::Host {
 public:
  Result<bool> Lock(std::uint64_t*) override { return false; }
  void Unlock(std::uint64_t*) override {}
  void Abandon(std::uint64_t*) override {}
  record::Times Now() override;
  void Wake(const std::uint32_t*) override {}
};

struct Subject {
  std::unique_ptr<os::File> file;  // Borrowed by the image
  std::uint64_t file_size = 0;
  std::vector<format::HeaderFault> faults;
  format::FileHeader header;  // As it should be
  std::unique_ptr<os::Image> image;

  // Another image of the file, to be changed, with its header mended.
  [[nodiscard]] Result<std::unique_ptr<os::Image>> PrivateImage() const;

  format::FileHeader& live_header() const {
    return *reinterpret_cast<format::FileHeader*>(image->base());
  }
  // Whether a writer of this boot signed the header last, for this very file:
  // a copy is not signed.
  bool IsSignedHere() const;
  // The first slot that a living writer holds; kWriterSlots: none.
  std::uint32_t LivingWriter() const;
};

// Opens the file at `path`. Its image shows the file as it changes, unless
// its header is damaged: then it is private and has a mended one. Corrupt,
// Version: there is nothing to look at, as JudgeHeader says.
[[nodiscard]] Result<Subject> OpenSubject(const std::string& path,
                                          os::Access access);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_SUBJECT_H_
