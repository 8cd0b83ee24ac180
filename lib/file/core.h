// Core: an open map file, behind the handles that share it.
//
// It owns the parts; what is done with them lies in the other files of this
// folder, as functions that take a Core. All calls may come from any thread.
#ifndef MAPFILE_LIB_FILE_CORE_H_
#define MAPFILE_LIB_FILE_CORE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "lib/base/atomic.h"
#include "lib/file/bindings.h"
#include "lib/file/file_host.h"
#include "lib/file/file_region.h"
#include "lib/file/gate.h"
#include "lib/format/layout.h"
#include "lib/heap/allocator.h"
#include "lib/os/file.h"
#include "lib/os/process.h"
#include "lib/record/table.h"
#include "lib/record/type_store.h"
#include "mapfile/info.h"
#include "mapfile/options.h"
#include "mapfile/record.h"
#include "mapfile/status.h"

namespace mapfile::file {

class Core : public std::enable_shared_from_this<Core> {
 public:
  // A file whose header was checked, mapped, and its table attached.
  struct Parts {
    std::string path;           // As given, for messages
    std::string absolute_path;  // For system calls: the process may chdir
    Options options;
    std::unique_ptr<os::File> file;  // Borrowed by those below
    std::unique_ptr<FileRegion> region;
    std::unique_ptr<FileHost> host;  // Null: opened for reading
    std::unique_ptr<record::Table> table;
  };

  explicit Core(Parts parts);
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  // Closes the file if nobody has.
  ~Core();

  // --- Parts --------------------------------------------------------------

  const std::string& path() const { return parts_.path; }
  const std::string& absolute_path() const { return parts_.absolute_path; }
  const Options& options() const { return parts_.options; }
  os::File& file() const { return *parts_.file; }
  FileRegion& region() const { return *parts_.region; }
  format::FileHeader& header() const { return header_; }
  heap::Allocator Allocator() const { return {region(), heap_offset_}; }
  std::uint64_t heap_offset() const { return heap_offset_; }
  FileHost* host() const { return parts_.host.get(); }
  record::Table& table() const { return *parts_.table; }
  record::FileTypeTable& types() { return types_; }
  Bindings& bindings() { return bindings_; }
  Gate& gate() { return gate_; }
  std::mutex& close_mutex() { return close_mutex_; }
  bool is_forked() const { return fork_count_ != os::ForkCount(); }

  std::string directory() const;
  bool has_directory() const {
    // Acquire: who changed it before this call is seen.
    return has_directory_.load(std::memory_order_acquire);
  }
  void set_directory(std::string directory);

  // Whether a writer has looked after these very bytes on this boot. If not,
  // the machine has crashed since, perhaps, or they are a copy of a file that
  // was being written to.
  bool IsSignedHere() const;

  // How far versions found here are to be trusted: those of a file that isn't
  // signed may have been left, or copied, in part.
  record::Verify verify() const;

  // --- Whether calls may go on ---------------------------------------------

  // Closed: by Close(), or in a child of the process that opened it. Io: the
  // file was truncated, or its medium failed, under the mapping.
  [[nodiscard]] Status Usable() const;
  bool IsUsable() const {
    return !gate_.is_closed() && !is_forked() && !region().poisoned();
  }

  // Usable() for a call that writes and holds `pass`. ReadOnly: opened so,
  // or resigned. Conflict: another file has taken this one's place.
  [[nodiscard]] Status Writable(const Pass& pass) const;
  [[nodiscard]] Status Writable() const;  // Its gate was entered otherwise
  // Whether there is no need to ask Writable(), which knows what is wrong.
  bool IsWritable(const Pass& pass) const {
    return pass && IsUsable() && IsWriter() &&
           LoadAcquire(header().replaced) == format::kNotReplaced;
  }
  bool IsWriter() const { return host() != nullptr && host()->is_writer(); }

  // Whether this tenant of this slot is a living writer.
  bool IsTenantAlive(std::uint32_t slot, std::uint32_t incarnation) const;
  // Whether a living process has announced that it replaces the file.
  bool IsBeingReplaced() const;

  // --- Results on their way out ---------------------------------------------

  // The same with path and record in front of an error's message, and Io if
  // the mapping was lost meanwhile, whatever the call made of it.
  template <class R>
  R About(std::string_view name, R result) const {
    Tell(name, result);
    return result;
  }
  template <class R>
  void Tell(std::string_view name, R& result) const {
    const bool is_lost = region().poisoned();
    if (!result || is_lost) [[unlikely]]
      TellError(name, result, is_lost);
  }
  template <class R>
  R About(R result) const {
    return About({}, std::move(result));
  }
  Error Describe(std::string_view name, Error error) const;

  // Handles of this file and its records.
  Record MakeRecord(std::string name, record::RecordId id,
                    BindingPtr binding = nullptr);
  static record::RecordId IdOf(const Record& record) {
    return {record.offset_, record.incarnation_};
  }

 private:
  template <class R>
  [[gnu::noinline]] void TellError(std::string_view name, R& result,
                                   bool is_lost) const {
    result = Fail(Describe(name, is_lost ? Lost() : result.error()));
  }
  Error Lost() const;
  Error Cramped() const;
  Status CheckReplaced() const;

  Parts parts_;
  format::FileHeader& header_;  // Not in a child, which has no mapping
  record::FileTypeTable types_;
  Bindings bindings_;
  Gate gate_;
  std::mutex close_mutex_;           // One Close() at a time
  const std::uint64_t heap_offset_;  // Known in a child, too
  const std::uint64_t fork_count_;   // When it was opened
  mutable std::atomic<bool> is_signed_here_;
  mutable std::mutex directory_mutex_;
  std::string directory_;
  std::atomic<bool> has_directory_ = false;  // It costs no lock where not
};

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_CORE_H_
