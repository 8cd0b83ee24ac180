// File: an open file, and what the library asks of one.
#ifndef MAPFILE_LIB_OS_FILE_H_
#define MAPFILE_LIB_OS_FILE_H_

#include <cstdint>
#include <string>

#include "mapfile/status.h"

namespace mapfile::os {

enum class Access { kRead, kReadWrite };

// Tells files of one host apart, whatever they are called.
struct Identity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const Identity&, const Identity&) = default;
};

// The file that `path` leads to now. NotFound, Io.
[[nodiscard]] Result<Identity> IdentityOf(const std::string& path);

// `path` from the root, for use after a chdir. Io.
[[nodiscard]] Result<std::string> AbsolutePath(const std::string& path);

// Owns a descriptor, closed on exec. Messages don't name the path.
class File {
 public:
  // An ordinary file that exists. In a directory where anybody may put links
  // (/tmp), it isn't followed through one. NotFound; ReadOnly or Io: no
  // permission; InvalidArgument: a directory, a device, a name too long; Io
  // also for a network file system, which can't share memory.
  [[nodiscard]] static Result<File> Open(const std::string& path,
                                         Access access);

  // A new, empty file in the directory of `path`, which nobody sees before
  // Publish(). `permissions` are exact: no umask applies. A killed process
  // leaves nothing behind, except where the file system has no unnamed files:
  // .mapfile-*.tmp there. NotFound: no such directory; ReadOnly: no
  // permission; NoSpace; Io.
  [[nodiscard]] static Result<File> CreateUnnamed(const std::string& path,
                                                  std::uint32_t permissions);

  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  // Gives a file of CreateUnnamed() its path. Exists, unless it may replace
  // what is there; a symbolic link is not followed, but exists or is replaced
  // itself. Io: `path` is a mount point.
  enum class IfExists { kFail, kReplace };
  [[nodiscard]] Status Publish(const std::string& path, IfExists if_exists);

  int fd() const { return fd_; }
  const Identity& identity() const { return identity_; }

  [[nodiscard]] Result<std::uint64_t> Size() const;

  // Gives the bytes [from, to) room on the medium, so that touching them
  // can't fail, and makes the file that long. NoSpace, with the limit that
  // was hit and the way out; nothing has changed then.
  [[nodiscard]] Status Allocate(std::uint64_t from, std::uint64_t to) const;

  // Up to `size` bytes from the start; returns how many there were.
  [[nodiscard]] Result<std::uint64_t> Read(void* to, std::uint64_t size) const;

  // Writes all of `size` bytes at `offset`; what is mapped shows them. Io,
  // NoSpace: some may have been written.
  [[nodiscard]] Status Write(std::uint64_t offset, const void* from,
                             std::uint64_t size) const;

  // Appends all of `other`'s bytes to this file, which is empty. Io, NoSpace.
  [[nodiscard]] Status CopyFrom(const File& other) const;

  // The same file as another open file description. Io: no permission.
  [[nodiscard]] Result<File> Reopen(Access access) const;

  // Copies permissions and group of `other`, as far as this process may.
  void CopyOwnership(const File& other) const;

  // Brings all that was stored to the medium.
  [[nodiscard]] Status Sync() const;

  // The same for the name that Publish() gave it. Io.
  [[nodiscard]] static Status SyncDirectoryOf(const std::string& path);

  // Lets go of the descriptor without closing it.
  void Forget() { fd_ = -1; }

  // Whether its file system keeps nothing over a loss of power.
  bool IsInMemory() const;

 private:
  explicit File(int fd) : fd_(fd) {}
  Status Identify();
  void Close();

  int fd_ = -1;
  Identity identity_;
  std::string temporary_;  // Its path until Publish(), where it must have one
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_FILE_H_
