// Record: a handle to one record of a map file.
#ifndef MAPFILE_RECORD_H_
#define MAPFILE_RECORD_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "mapfile/codec.h"
#include "mapfile/info.h"
#include "mapfile/schema.h"
#include "mapfile/status.h"

namespace mapfile {

namespace file {
class Core;
struct Binding;
}  // namespace file

// Names one record for as long as it exists; resolves its name only once.
//
// Cheap to copy. May be used from several threads and may outlive both the
// record (NotFound then, also when the name was added again) and the file
// (Closed). Errors of all calls: NotFound, Closed, Corrupt, Io; of those that
// write also ReadOnly, Busy, NoSpace.
class Record {
 public:
  // Copied also where it could be moved: no handle is ever empty.
  Record(const Record&) = default;
  Record& operator=(const Record&) = default;

  // Its whole name, without a leading slash.
  const std::string& name() const { return name_; }

  [[nodiscard]] Result<RecordInfo> Info() const;

  // Publishes the object that was Add()ed, as it is now. InvalidArgument:
  // this record was not Add()ed through this handle's file, or the object
  // is gone.
  Result<Generation> Update();

  // Publishes `value` as the next version.
  template <Storable T>
  Result<Generation> Put(const T& value, const PutOptions& options = {}) {
    internal::ValueEncoder<T> encoder(value);
    return Store(encoder, options);
  }

  // A copy of the current version, and what is known of it in `*seen`.
  // TypeMismatch if it can't become a T. Where a T leads to itself, use the
  // other Get: the pointers of one that is moved lead to where it was.
  template <Storable T>
  [[nodiscard]] Result<T> Get(VersionInfo* seen = nullptr) const {
    Result<T> value{T{}};
    auto status = Get(&*value, seen);
    if (!status) value = Fail(std::move(status).error());
    return value;
  }

  // The same into an object that exists, reusing its memory. On failure
  // `*into` is valid but unspecified.
  template <Storable T>
  [[nodiscard]] Status Get(T* into, VersionInfo* seen = nullptr) const {
    internal::ValueDecoder<T> decoder(into);
    return Load(decoder, seen, 0);
  }

  // The bytes of the current version or, where it is still kept, of another.
  [[nodiscard]] Result<RawValue> GetRaw(Generation generation = 0) const;

  // Sleeps until the record has a version newer than `seen`, which it
  // returns. Pass the generation that you last got: none is missed. Timeout;
  // Conflict: another file has taken this one's place.
  [[nodiscard]] Result<Generation> WaitFor(
      Generation seen, std::chrono::nanoseconds timeout) const;

  // The object given to Add in this process; null for other records.
  const void* object() const;

  // The record that was added next. NotFound behind the last one.
  [[nodiscard]] Result<Record> Next() const;

  // The parts that know no T; see codec.h.
  Result<Generation> Store(Encoder& encoder, const PutOptions& options = {});
  [[nodiscard]] Status Load(Decoder& decoder, VersionInfo* seen,
                            Generation generation) const;
  // Copies the current version aside, lets `edit` change the copy, and
  // publishes it. An error of `edit` publishes nothing and is returned.
  using Edit = std::function<Status(const Type&, std::span<std::byte>)>;
  Result<Generation> ModifyRaw(const Edit& edit);
  // Adds `n` to the u64 at byte `at` of the current version, which has to be
  // `generation` (else Conflict), in place; see counters.h.
  Result<std::uint64_t> CountRaw(Generation generation, std::uint64_t at,
                                 std::uint64_t n);

 private:
  friend class MapFile;
  friend class file::Core;
  Record(std::shared_ptr<file::Core> core,
         std::shared_ptr<file::Binding> binding, std::string name,
         std::uint64_t offset, std::uint32_t incarnation)
      : core_(std::move(core)),
        binding_(std::move(binding)),
        name_(std::move(name)),
        offset_(offset),
        incarnation_(incarnation) {}

  std::shared_ptr<file::Core> core_;
  std::shared_ptr<file::Binding> binding_;  // As Add left it; null: look it up
  std::string name_;
  std::uint64_t offset_ = 0;
  std::uint32_t incarnation_ = 0;
};

// A record whose value is a T in place: edited in the file, without copies
// through an encoder. Readers see each Modify whole or not at all.
template <InPlace T>
class InPlaceRecord : public Record {
 public:
  explicit InPlaceRecord(Record record) : Record(std::move(record)) {}

  // Calls `edit(T&)` on a copy of the current version inside the file and
  // publishes it. The reference is valid during the call only; `edit` must
  // not touch this record by other means (Busy).
  template <class F>
  Result<Generation> Modify(F&& edit) {
    return ModifyRaw([&](const Type& type, std::span<std::byte> bytes) {
      return internal::EditInPlace<T>(type, bytes, std::forward<F>(edit));
    });
  }

  [[nodiscard]] Result<T> Get(VersionInfo* seen = nullptr) const {
    return Record::Get<T>(seen);
  }
};

}  // namespace mapfile

#endif  // MAPFILE_RECORD_H_
