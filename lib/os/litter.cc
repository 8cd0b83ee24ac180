#include "lib/os/litter.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "lib/os/random.h"

namespace mapfile::os {
namespace {

constexpr std::string_view kPrefix = ".mapfile-";
constexpr std::string_view kSuffix = ".tmp";
constexpr std::size_t kDigits = 16;

// Entries looked at; a folder with more is left to others to tidy.
constexpr int kMostEntries = 100'000;

// Behind the bytes of the 64 writers.
struct flock MakerLock(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = (off_t{1} << 62) + 4096;
  lock.l_len = 1;
  return lock;
}

bool IsTemporaryName(std::string_view name) {
  if (name.size() != kPrefix.size() + kDigits + kSuffix.size() ||
      !name.starts_with(kPrefix) || !name.ends_with(kSuffix)) {
    return false;
  }
  const auto digits = name.substr(kPrefix.size(), kDigits);
  return digits.find_first_not_of("0123456789abcdef") == digits.npos;
}

// Whoever has the lock may be sure that nobody else makes or removes it.
void RemoveUnlessOwned(int directory, const char* name) {
  const int fd =
      openat(directory, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return;
  struct stat status {};
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && Own(fd)) {
    unlinkat(directory, name, 0);
  }
  close(fd);
}

}  // namespace

std::string TemporaryPath(const std::string& directory) {
  char digits[kDigits + 1];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(RandomBits()));
  return directory + '/' + std::string(kPrefix) + digits + std::string(kSuffix);
}

bool Own(int fd) {
  struct flock lock = MakerLock(F_WRLCK);
  if (fcntl(fd, F_OFD_SETLK, &lock) != 0) return false;
  struct stat status {};
  return fstat(fd, &status) == 0 && status.st_nlink != 0;
}

void Disown(int fd) {
  struct flock lock = MakerLock(F_UNLCK);
  (void)fcntl(fd, F_OFD_SETLK, &lock);
}

void RemoveLitter(const std::string& directory) {
  DIR* const entries = opendir(directory.c_str());
  if (entries == nullptr) return;
  for (int i = 0; i < kMostEntries; ++i) {
    const dirent* const entry = readdir(entries);
    if (entry == nullptr) break;
    if (IsTemporaryName(entry->d_name)) {
      RemoveUnlessOwned(dirfd(entries), entry->d_name);
    }
  }
  closedir(entries);
}

}  // namespace mapfile::os
