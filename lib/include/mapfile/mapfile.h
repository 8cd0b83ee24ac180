// Start here. MapFile: typed objects that several processes share live.
//
//     auto file = mapfile::MapFile::Open(
//         "/dev/shm/run.map", {.mode = mapfile::Mode::kUpdate});
//     if (!file) return Complain(file.error().message());
//     mapfile::Histogram1D energy("energy", mapfile::RegularAxis(100, 0, 10));
//     auto record = file->Add(energy);     // visible from now on
//     energy.Fill(3.7);
//     record->Update();                    // others see the new version
//
// and in any other process, with read permission only:
//
//     auto seen = mapfile::MapFile::Open("/dev/shm/run.map");
//     auto copy = seen->Get<mapfile::Histogram1D>("energy");
#ifndef MAPFILE_MAPFILE_H_
#define MAPFILE_MAPFILE_H_

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mapfile/heap.h"
#include "mapfile/info.h"
#include "mapfile/options.h"
#include "mapfile/record.h"
#include "mapfile/registry.h"
#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/trackable.h"

namespace mapfile {

// An object that knows the name of its record.
template <class T>
concept Named = requires(const T& object) {
  { object.name() } -> std::convertible_to<std::string_view>;
};

// An open map file.
//
// Copies are the same open file; it closes when Close() is called or the last
// copy is gone. Every call may come from any thread at any time. After fork()
// the child must not use it: Closed. Names are paths ("detector/ecal"), 1 to
// 255 bytes, any but NUL, without empty, "." or ".." elements; they count
// from the current directory(), from the top with a leading slash.
//
// Errors of all calls, besides those stated: Closed; Io (the medium failed,
// the file was truncated meanwhile); Corrupt (its bytes contradict
// themselves). Of calls that write: ReadOnly; Busy (a living process kept a
// lock for longer than Options::lock_timeout); NoSpace (limit, disk or
// address space; nothing has changed).
class MapFile {
 public:
  // Copied also where it could be moved: no handle is ever empty.
  MapFile(const MapFile&) = default;
  MapFile& operator=(const MapFile&) = default;

  // Opens or creates the file at `path`. NotFound, Exists, ReadOnly, Io as
  // usual; Version: a newer format; Corrupt: not a map file, or truncated;
  // Busy: kRecreate while a living producer has it open.
  [[nodiscard]] static Result<MapFile> Open(const std::string& path,
                                            const Options& options = {});

  // Ends the use of the file by all copies of this object and by its Records.
  // Says what went wrong on the way; the file is closed all the same.
  Status Close();

  // --- Storing -----------------------------------------------------------

  // Adds a record with `object` as its first version and remembers where the
  // object lies, for Update(). A record of that name gets it as its next
  // version, whatever its class was. Unless T is Trackable, `object` must
  // live until it is removed, Unbind()ed or the file closed.
  template <Storable T>
  Result<Record> Add(const T& object, std::string_view name,
                     const AddOptions& options = {}) {
    std::optional<std::weak_ptr<const void>> lifetime;
    if constexpr (std::derived_from<T, Trackable>) lifetime = object.lifetime();
    return Bind(std::make_unique<internal::ValueEncoder<T>>(object), &object,
                std::move(lifetime), name, options);
  }
  template <Storable T>
  requires Named<T> Result<Record> Add(const T& object,
                                       const AddOptions& options = {}) {
    return Add(object, object.name(), options);
  }
  template <Storable T>
  Result<Record> Add(const T&& object, std::string_view name = {},
                     const AddOptions& options = {}) = delete;

  // Publishes everything that was Add()ed, as it is now, in that order; all
  // are tried and the first error is returned.
  Status Update();
  // Only `object`, or only the record `name`. NotFound: it wasn't Add()ed.
  Result<Generation> Update(const void* object);
  Result<Generation> Update(std::string_view name);
  // A literal is a name, not an object.
  Result<Generation> Update(const char* name) {
    return Update(std::string_view(name));
  }

  // Stores `value` under `name` once; adds the record if need be.
  template <Storable T>
  Result<Generation> Put(std::string_view name, const T& value,
                         const PutOptions& options = {}) {
    internal::ValueEncoder<T> encoder(value);
    return Store(name, encoder, options);
  }
  Result<Generation> PutRaw(std::string_view name, const Type& type,
                            std::span<const std::byte> bytes,
                            const PutOptions& options = {});

  // A record that is edited in place; added with `initial` if it isn't there.
  // TypeMismatch: it is there with another class.
  template <InPlace T>
  [[nodiscard]] Result<InPlaceRecord<T>> Emplace(
      std::string_view name, const T& initial = T{},
      const AddOptions& options = {}) {
    internal::ValueEncoder<T> encoder(initial);
    auto record = EmplaceRaw(name, encoder, options);
    if (!record) return Fail(std::move(record).error());
    return InPlaceRecord<T>(*std::move(record));
  }

  // Removes a record. Readers that have a copy keep it. NotFound.
  Status Remove(std::string_view name);
  Status Remove(const void* object);
  Status Remove(const char* name) { return Remove(std::string_view(name)); }
  // Removes all records, one by one, not those added meanwhile.
  Status RemoveAll();
  // Forgets the object bound to a record; the record stays. NotFound.
  Status Unbind(std::string_view name);

  Status SetTitle(std::string_view title);

  // --- Reading -----------------------------------------------------------

  // A copy of the current version of `name`. NotFound, TypeMismatch.
  template <Storable T>
  [[nodiscard]] Result<T> Get(std::string_view name,
                              VersionInfo* seen = nullptr) const {
    Result<T> value{T{}};
    auto status = Get(name, &*value, seen);
    if (!status) value = Fail(std::move(status).error());
    return value;
  }
  // The same into an existing object, reusing its memory.
  template <Storable T>
  [[nodiscard]] Status Get(std::string_view name, T* into,
                           VersionInfo* seen = nullptr) const {
    internal::ValueDecoder<T> decoder(into);
    return Load(name, decoder, seen);
  }
  // For code that has no T: an object of the registered class, see registry.h.
  [[nodiscard]] Result<std::unique_ptr<Object>> Get(
      std::string_view name) const;
  [[nodiscard]] Result<RawValue> GetRaw(std::string_view name,
                                        Generation generation = 0) const;

  // The handle of a record. NotFound.
  [[nodiscard]] Result<Record> Find(std::string_view name) const;
  // All records in the order of their insertion.
  [[nodiscard]] Result<std::vector<Record>> Records() const;
  // The same with what is known of each; those that vanish meanwhile are
  // left out. `below`: only those inside this path.
  [[nodiscard]] Result<std::vector<RecordInfo>> List(
      std::string_view below = {}) const;
  // The first and the last record. NotFound: there is none.
  [[nodiscard]] Result<Record> First() const;
  [[nodiscard]] Result<Record> Last() const;

  // --- Waiting -----------------------------------------------------------

  // Sleeps until `name` has a version newer than `seen` (0: until it exists)
  // and returns its generation. Timeout; Conflict: another file has taken
  // this one's place, so that there will be none.
  [[nodiscard]] Result<Generation> WaitFor(
      std::string_view name, Generation seen,
      std::chrono::nanoseconds timeout) const;
  // The same without a limit.
  [[nodiscard]] Result<Generation> Wait(std::string_view name,
                                        Generation seen) const;
  // A number that changes with every publication, addition and removal, and
  // when a writer enters or dies or the file is replaced. A few system calls.
  std::uint64_t activity() const;
  // Sleeps until activity() differs from `seen`; returns the new one. Also
  // returns, unchanged, when a signal handler ran. Timeout.
  [[nodiscard]] Result<std::uint64_t> WaitForActivity(
      std::uint64_t seen, std::chrono::nanoseconds timeout) const;

  // --- Paths -------------------------------------------------------------

  // What lies at `path`: records and folders, in order of insertion.
  [[nodiscard]] Result<std::vector<BrowseEntry>> Browse(
      std::string_view path = {}) const;
  // Whether `path` has records below it; the top always is a folder.
  bool IsFolder(std::string_view path = {}) const;
  // The path that names count from, for all copies of this object; empty:
  // the top. A folder need not exist before something is added to it.
  Status ChangeDirectory(std::string_view path);
  std::string directory() const;

  // --- The file ----------------------------------------------------------

  [[nodiscard]] Result<FileInfo> Info() const;
  const std::string& path() const;
  std::string title() const;
  const char* option() const;  // ModeName of the mode it was opened with
  bool is_open() const;
  bool writable() const;
  std::uint64_t size_bytes() const;
  std::uint64_t max_size_bytes() const;
  int fd() const;  // For fstat and the like; -1 when closed. Don't close it.

  // Writes the file to its medium; see mapfile(3), SYNC, for what survives.
  // NotDurable: the file system lives in memory.
  Status Sync();

  // Whether the path still leads to this file. A system call.
  PathState path_state() const;

  // The heap that the records lie in. ReadOnly errors through a kRead file.
  Heap heap() const;

  // --- Addresses ---------------------------------------------------------

  void* base_address() const;   // Of this mapping; the same until Close
  void* break_address() const;  // End of the heap in use
  // Between addresses in this mapping and offsets in the file, the same for
  // all processes. InvalidArgument outside of it.
  [[nodiscard]] Result<std::uint64_t> OffsetOf(const void* address) const;
  [[nodiscard]] Result<void*> AddressOf(std::uint64_t offset) const;
  // Where the byte at `address` here lies in a mapping that starts at
  // `other_base`, as another process tells it by base_address().
  [[nodiscard]] Result<std::uintptr_t> OriginalAddress(
      const void* address, std::uintptr_t other_base) const;
  // What to add to an address there to get the one here.
  std::ptrdiff_t MappingOffset(std::uintptr_t other_base) const;
  // The open map file of this process whose mapping holds `address`.
  static std::optional<MapFile> WhichMapFile(const void* address);
  // Preferred address of the mappings opened from now on; 0: none.
  static void SetMapAddress(std::uintptr_t address);

  // --- The writers' lock -------------------------------------------------

  // Keeps other processes and threads from adding, removing and allocating
  // until ReleaseLock() by the same thread; existing records go on being
  // updated. Nests. Ends by itself if this process dies.
  Status AcquireLock(std::chrono::milliseconds timeout) const;
  Status AcquireLock() const;  // Options::lock_timeout
  Status ReleaseLock() const;  // InvalidArgument: this thread has it not
  // Enters this handle among the file's writers (Open does it), and leaves
  // them: a handle that resigned can only read. Busy: all 64 slots taken.
  Status BecomeWriter();
  Status Resign();

  // --- Buffer sizes ------------------------------------------------------

  // Counts a value of `size_bytes` among those written (Put and Update do).
  Status SumBuffer(std::uint64_t size_bytes);
  // Mean plus one standard deviation of the sizes written so far; 0: none.
  std::uint64_t BestBufferSize() const;

  // The parts that know no T; see codec.h.
  Result<Generation> Store(std::string_view name, Encoder& encoder,
                           const PutOptions& options);
  [[nodiscard]] Status Load(std::string_view name, Decoder& decoder,
                            VersionInfo* seen) const;
  Result<Record> Bind(std::unique_ptr<Encoder> encoder, const void* object,
                      std::optional<std::weak_ptr<const void>> lifetime,
                      std::string_view name, const AddOptions& options);
  Result<Record> EmplaceRaw(std::string_view name, Encoder& encoder,
                            const AddOptions& options);
  // Ids of this file's types; may be used from any thread.
  TypeTable& types() const;

 private:
  friend class file::Core;
  explicit MapFile(std::shared_ptr<file::Core> core) : core_(std::move(core)) {}

  std::shared_ptr<file::Core> core_;
};

}  // namespace mapfile

#endif  // MAPFILE_MAPFILE_H_
