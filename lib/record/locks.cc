#include "lib/record/locks.h"

#include "lib/base/step.h"
#include "lib/base/try.h"

namespace mapfile::record {

tl::unexpected<Error> ReadOnly() {
  return Fail(Code::kReadOnly, "the file is open for reading only");
}

namespace {

// The lock of a dead owner until what it guards is repaired: where that ends
// early, even by an exception, the next owner has to do it.
class Takeover {
 public:
  Takeover(Host& host, std::uint64_t* word) : host_(host), word_(word) {}
  Takeover(const Takeover&) = delete;
  Takeover& operator=(const Takeover&) = delete;
  ~Takeover() {
    if (word_ != nullptr) host_.Abandon(word_);
  }
  void Finish() { word_ = nullptr; }

 private:
  Host& host_;
  std::uint64_t* word_;
};

// A writer that died between the stamp and the published word left a stamp
// that its successor is about to give to other bytes.
void DropUnpublished(const Block& block) {
  const std::uint64_t published = LoadRelaxed(block.header->published);
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    std::uint64_t& stamp = block.slots[i].stamp;
    if (LoadRelaxed(stamp) > format::PublishedWord::Generation(published)) {
      StoreRelease(stamp, std::uint64_t{0});
    }
  }
}

}  // namespace

Status Table::FileLock::Acquire() {
  const Space& space = table_.space_;
  if (space.host == nullptr) return ReadOnly();
  // A takeover needs nothing more: Recover() is due in any case.
  auto taken = space.host->Lock(&space.header->lock);
  if (!taken) return Fail(std::move(taken).error());
  held_ = true;
  MAPFILE_STEP("file lock: taken");
  Status recovered = table_.Recover();
  if (!recovered) Release();
  return recovered;
}

void Table::FileLock::Release() {
  if (!held_) return;
  held_ = false;
  table_.space_.host->Unlock(&table_.space_.header->lock);
}

Status Table::RecordLock::WaitFor(Table& table, Block block, RecordId id) {
  auto taken = table.space_.host->Lock(&block.header->lock);
  if (!taken) return Fail(std::move(taken).error());
  return *taken ? TakeOver(table, block, id) : Status{};
}

// Under the file's lock, since the dead owner may have held that one too,
// and since its record may be gone and the block be used for another.
Status Table::RecordLock::TakeOver(Table& table, const Block& block,
                                   RecordId id) {
  Takeover takeover(*table.space_.host, &block.header->lock);
  MAPFILE_STEP("record lock: taken over");
  FileLock file(table);
  MAPFILE_RETURN_IF_ERROR(file.Acquire());
  if (block.incarnation() == id.incarnation) DropUnpublished(block);
  MAPFILE_STEP("record lock: repaired");
  takeover.Finish();
  return {};
}

}  // namespace mapfile::record
