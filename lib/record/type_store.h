// TypeStore: the descriptions of classes in a map file.
//
// Each is stored once and gets an id that never changes. What was seen once
// is kept in the process: known ids and types cost no lock and no search.
#ifndef MAPFILE_LIB_RECORD_TYPE_STORE_H_
#define MAPFILE_LIB_RECORD_TYPE_STORE_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "lib/base/try.h"
#include "lib/record/table.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::record {

// All calls may come from any thread. Entries live as long as the store.
class TypeStore {
 public:
  // Borrows the table.
  explicit TypeStore(Table& table) : table_(table) {}
  ~TypeStore();
  TypeStore(const TypeStore&) = delete;
  TypeStore& operator=(const TypeStore&) = delete;

  struct Entry {
    std::uint32_t id = 0;
    std::uint64_t hash = 0;
    std::string text;
    mutable std::shared_ptr<const Type> type;  // Set once, under parse_once
    mutable std::once_flag parse_once;
    mutable std::atomic<const Type*> parsed = nullptr;  // type, once it is set
    // A lasting type that had this hash and this text: it needs no more than
    // its address to be known again.
    mutable std::atomic<const Type*> known = nullptr;
    const Entry* next_of_hash = nullptr;
    const Entry* next_of_id = nullptr;
  };

  // The id of a description, entered if it is new; takes the file's lock
  // only then. ReadOnly: it isn't there and can't be entered. NoSpace, Busy,
  // Corrupt; InvalidArgument: over format::kMaxTypeSize.
  [[nodiscard]] Result<std::uint32_t> IdOf(std::uint64_t hash,
                                           std::string_view text) {
    if (const Entry* entry = Cached(hash, text)) [[likely]]
      return entry->id;
    return Enter(hash, text);
  }
  [[nodiscard]] Result<std::uint32_t> IdOf(const Type& type) {
    const Entry* entry = FirstOf(type.hash());
    if (entry != nullptr && entry->hash == type.hash() &&
        entry->known.load(std::memory_order_relaxed) == &type) [[likely]] {
      return entry->id;
    }
    return Recognize(type);
  }

  // The description with an id from a slot header or a value. Corrupt:
  // there is none, or its bytes don't have its hash.
  [[nodiscard]] Result<const Entry*> Lookup(std::uint32_t id) {
    if (const Entry* entry = Cached(id)) [[likely]]
      return entry;
    return Search(id);
  }

 private:
  static constexpr std::size_t kBuckets = 256;
  using Bucket = std::atomic<const Entry*>;

  // Acquire, both: entries are complete when a bucket leads to them.
  const Entry* FirstOf(std::uint64_t hash) const {
    return by_hash_[hash % kBuckets].load(std::memory_order_acquire);
  }
  const Entry* Cached(std::uint64_t hash, std::string_view text) const {
    const Entry* entry = FirstOf(hash);
    while (entry != nullptr && (entry->hash != hash || entry->text != text)) {
      entry = entry->next_of_hash;
    }
    return entry;
  }
  const Entry* Cached(std::uint32_t id) const {
    const Entry* entry = by_id_[id % kBuckets].load(std::memory_order_acquire);
    while (entry != nullptr && entry->id != id) entry = entry->next_of_id;
    return entry;
  }
  Result<const Entry*> Search(std::uint32_t id);
  Result<std::uint32_t> Recognize(const Type& type);
  Result<std::uint32_t> Enter(std::uint64_t hash, std::string_view text);
  // Reads what others entered since; the cache's mutex is held.
  Status Refresh();
  Status ReadNext(std::uint64_t offset);
  Status Append(std::uint64_t hash, std::string_view text);
  Result<std::uint64_t> BuildBlock(std::uint64_t hash, std::string_view text);

  Table& table_;
  std::mutex mutex_;  // Guards the words below and insertion into the buckets
  std::uint64_t last_offset_ = 0;  // Of the last TypeHeader seen
  std::uint32_t last_id_ = 0;
  std::array<Bucket, kBuckets> by_hash_{};
  std::array<Bucket, kBuckets> by_id_{};
};

// The types of a map file, as encoders and decoders see them. All calls may
// come from any thread; known types and ids take no lock.
class FileTypeTable final : public TypeTable {
 public:
  explicit FileTypeTable(Table& table) : store_(table) {}

  [[nodiscard]] Result<std::uint32_t> IdOf(const Type& type) override {
    return store_.IdOf(type);
  }
  [[nodiscard]] Result<std::shared_ptr<const Type>> TypeOf(
      std::uint32_t id) override;

  // The same, borrowed: it lives as long as this table.
  [[nodiscard]] Result<const Type*> Borrow(std::uint32_t id) {
    MAPFILE_ASSIGN_OR_RETURN(const TypeStore::Entry* entry, store_.Lookup(id));
    // Acquire: the type was complete when this was set.
    const Type* parsed = entry->parsed.load(std::memory_order_acquire);
    if (parsed != nullptr) [[likely]]
      return parsed;
    return Parse(*entry);
  }

 private:
  static Result<const Type*> Parse(const TypeStore::Entry& entry);

  TypeStore store_;
};

// After a kill: if the pending block is a description that the list leads to
// already, it stays, and nothing is pending any more. The file's lock is held.
[[nodiscard]] Status LinkPendingType(const Space& space);

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_TYPE_STORE_H_
