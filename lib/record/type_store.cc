#include "lib/record/type_store.h"

#include <utility>

#include "lib/base/copy.h"
#include "lib/base/hash.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/record/locks.h"
#include "lib/record/pending.h"
#include "lib/types/lasting_types.h"

namespace mapfile::record {
namespace {

using format::TypeHeader;

// The word that leads to the description behind the last one.
Result<std::uint64_t*> NextLink(const Space& space) {
  const std::uint64_t last = LoadRelaxed(space.control->type_last_offset);
  if (last == 0) return &space.control->type_first_offset;
  auto* header = space.region->At<TypeHeader>(last);
  if (header != nullptr) return &header->next_offset;
  return Fail(Code::kCorrupt, "the list of types leads outside of the file");
}

// Whatever of this a kill leaves undone, LinkPendingType() does.
void FinishLink(const Space& space, std::uint64_t offset, std::uint32_t id) {
  StoreRelaxed(space.control->types, std::uint64_t{id});
  MAPFILE_STEP("type: counted");
  StoreRelaxed(space.control->type_last_offset, offset);
  MAPFILE_STEP("type: last");
  StoreRelease(space.header->pending_offset, std::uint64_t{0});
  MAPFILE_STEP("type: linked");
}

}  // namespace

Status LinkPendingType(const Space& space) {
  const std::uint64_t pending = LoadRelaxed(space.header->pending_offset);
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t* link, NextLink(space));
  if (LoadRelaxed(*link) != pending &&
      LoadRelaxed(space.control->type_last_offset) != pending) {
    return {};
  }
  const auto* header = space.region->At<TypeHeader>(pending);
  if (header == nullptr) {
    return Fail(Code::kCorrupt, "the pending block lies outside of the file");
  }
  FinishLink(space, pending, LoadRelaxed(header->id));
  return {};
}

TypeStore::~TypeStore() {
  for (Bucket& bucket : by_id_) {
    const Entry* entry = bucket.load(std::memory_order_relaxed);
    while (entry != nullptr) delete std::exchange(entry, entry->next_of_id);
  }
}

Status TypeStore::ReadNext(std::uint64_t offset) {
  const Space& space = table_.space_;
  const auto* header = space.region->At<TypeHeader>(offset);
  const std::uint32_t id = last_id_ + 1;
  if (header == nullptr || LoadRelaxed(header->id) != id) {
    // Ids rise by one, so that no circle can keep us here.
    return Fail(Code::kCorrupt, "there is no description of type " +
                                    std::to_string(id) + " at offset " +
                                    std::to_string(offset));
  }
  const std::uint32_t size = LoadRelaxed(header->size);
  if (size > format::kMaxTypeSize) {
    return Fail(Code::kCorrupt, "the description of a type is too long");
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                           Bytes(space, offset + sizeof(TypeHeader), size));
  auto entry = std::make_unique<Entry>();
  entry->id = id;
  entry->hash = LoadRelaxed(header->hash);
  entry->text.resize(size);
  CopyShared(entry->text.data(), bytes.data(), size);
  if (HashText(entry->text, 0) != entry->hash) {
    return Fail(Code::kCorrupt, "the description of type " +
                                    std::to_string(id) + " is damaged");
  }
  Bucket& of_hash = by_hash_[entry->hash % kBuckets];
  Bucket& of_id = by_id_[id % kBuckets];
  entry->next_of_hash = of_hash.load(std::memory_order_relaxed);
  entry->next_of_id = of_id.load(std::memory_order_relaxed);
  of_hash.store(entry.get(), std::memory_order_release);
  of_id.store(entry.release(), std::memory_order_release);
  last_offset_ = offset;
  last_id_ = id;
  return {};
}

Status TypeStore::Refresh() {
  const Space& space = table_.space_;
  for (;;) {
    std::uint64_t* link = &space.control->type_first_offset;
    if (last_offset_ != 0) {
      link = &space.region->At<TypeHeader>(last_offset_)->next_offset;
    }
    // Acquire: the description was complete when the link was set.
    const std::uint64_t next = LoadAcquire(*link);
    if (next == 0) return {};
    MAPFILE_RETURN_IF_ERROR(ReadNext(next));
  }
}

Result<const TypeStore::Entry*> TypeStore::Search(std::uint32_t id) {
  const std::lock_guard lock(mutex_);
  // What was found before a fault counts all the same.
  const Status refreshed = Refresh();
  if (const Entry* entry = Cached(id)) return entry;
  MAPFILE_RETURN_IF_ERROR(refreshed);
  return Fail(Code::kCorrupt, "there is no type with id " + std::to_string(id) +
                                  " in the file");
}

Result<std::uint64_t> TypeStore::BuildBlock(std::uint64_t hash,
                                            std::string_view text) {
  const Space& space = table_.space_;
  const TypeHeader header{.next_offset = 0,
                          .hash = hash,
                          .id = last_id_ + 1,
                          .size = static_cast<std::uint32_t>(text.size()),
                          .reserved = 0};
  const std::uint64_t size = sizeof(TypeHeader) + text.size();
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t offset,
                           AllocatePending(space, size, heap::Kind::kType));
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes, Bytes(space, offset, size));
  CopyShared(bytes.data(), &header, sizeof(header));
  CopyShared(bytes.data() + sizeof(header), text.data(), text.size());
  return offset;
}

// The file's lock and the mutex are held; all that is in the file was read.
Status TypeStore::Append(std::uint64_t hash, std::string_view text) {
  const Space& space = table_.space_;
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t offset, BuildBlock(hash, text));
  MAPFILE_ASSIGN_OR_RETURN(std::uint64_t* const link, NextLink(space));
  MAPFILE_STEP("type: built");
  // One word, and not journalled: an id that a reader has seen is never
  // given to another type, not even by a rollback.
  StoreRelease(*link, offset);
  MAPFILE_STEP("type: visible");
  FinishLink(space, offset, last_id_ + 1);
  return ReadNext(offset);
}

Result<std::uint32_t> TypeStore::Recognize(const Type& type) {
  MAPFILE_ASSIGN_OR_RETURN(const std::uint32_t id,
                           IdOf(type.hash(), type.text()));
  if (!IsLastingType(type)) return id;
  if (const Entry* entry = Cached(type.hash(), type.text())) {
    entry->known.store(&type, std::memory_order_relaxed);
  }
  return id;
}

Result<std::uint32_t> TypeStore::Enter(std::uint64_t hash,
                                       std::string_view text) {
  if (text.size() > format::kMaxTypeSize) {
    return Fail(Code::kInvalidArgument,
                "the description of the type has " +
                    std::to_string(text.size()) + " bytes, " +
                    std::to_string(format::kMaxTypeSize) + " are possible");
  }
  {
    const std::lock_guard lock(mutex_);
    MAPFILE_RETURN_IF_ERROR(Refresh());
    if (const Entry* entry = Cached(hash, text)) return entry->id;
  }
  // The file's lock, then the mutex: a thread that has the former may need
  // the latter.
  Table::FileLock file(table_);
  MAPFILE_RETURN_IF_ERROR(file.Acquire());
  const std::lock_guard lock(mutex_);
  MAPFILE_RETURN_IF_ERROR(Refresh());
  if (Cached(hash, text) == nullptr) {
    MAPFILE_RETURN_IF_ERROR(Append(hash, text));
  }
  return Cached(hash, text)->id;
}

Result<const Type*> FileTypeTable::Parse(const TypeStore::Entry& entry) {
  std::call_once(entry.parse_once, [&entry] {
    auto type = Type::Parse(entry.text);
    if (!type) return;
    entry.type = *std::move(type);
    entry.parsed.store(entry.type.get(), std::memory_order_release);
  });
  if (entry.type != nullptr) return entry.type.get();
  return Fail(Code::kCorrupt, "the description of type " +
                                  std::to_string(entry.id) + " can't be read");
}

Result<std::shared_ptr<const Type>> FileTypeTable::TypeOf(std::uint32_t id) {
  MAPFILE_RETURN_IF_ERROR(Borrow(id));
  MAPFILE_ASSIGN_OR_RETURN(const TypeStore::Entry* entry, store_.Lookup(id));
  return entry->type;
}

}  // namespace mapfile::record
