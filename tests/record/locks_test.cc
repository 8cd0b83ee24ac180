#include <doctest/doctest.h>

#include <new>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

constexpr std::uint32_t kDead = 7;

// As a writer that died with the lock at `word`.
void DieWith(std::uint64_t& word) { word = format::LockWord::Make(kDead, 3); }

std::uint64_t& LockOf(TestTable& t, RecordId id) {
  return t.region.At<format::RecordHeader>(id.offset)->lock;
}

constexpr auto kRefuse = [](std::span<std::byte>) -> Status {
  return Fail(Code::kInvalidArgument, "no");
};

// A record whose writer was killed between the stamp and the published word.
struct HalfPublished {
  explicit HalfPublished(TestTable& t)
      : id(AddText(*t.table, "a", 'x', 10).value()),
        block(Block::At(t.region, id.offset).value()),
        now(t.table->CurrentGeneration(id).value()) {
    block.slots[1].stamp = now + 1;
    DieWith(block.header->lock);
  }
  const RecordId id;
  const Block block;
  const Generation now;
};

TEST_CASE("a lock is given back after each call, whatever came of it") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  auto& file_lock = t.region.At<format::FileHeader>(0)->lock;
  (void)t.table->Publish(id, 10, 1, kRefuse);
  (void)t.table->Add("b", {}, 1, 10, kRefuse);
  (void)PutText(*t.table, id, 'y', 1 << 30);
  (void)PutText(*t.table, id, 'y', 10, {77});
  (void)AddText(*t.table, "a", 'x', 1);
  (void)t.table->SetDurable(id, 99);
  CHECK(LockOf(t, id) == 0);
  CHECK(file_lock == 0);
  REQUIRE(t.table->Remove(id));
  (void)t.table->Remove(id);
  CHECK(LockOf(t, id) == 0);
  CHECK(file_lock == 0);
}

TEST_CASE("who takes over drops a stamp that was never published") {
  TestTable t;
  const HalfPublished half(t);
  t.host.dead_slot = kDead;
  CHECK(!t.table->Publish(half.id, 10, 1, kRefuse));
  CHECK(half.block.slots[1].stamp == 0);
  CHECK(half.block.slots[0].stamp == half.now);
  CHECK(t.table->CurrentGeneration(half.id).value() == half.now);
}

// Has no memory to say why it can't have the file's lock.
class PoorHost : public TestHost {
 public:
  explicit PoorHost(const std::uint64_t* file_lock)
      : TestHost(2, 1), file_lock_(file_lock) {}
  Result<bool> Lock(std::uint64_t* word) override {
    if (word == file_lock_) throw std::bad_alloc();
    return TestHost::Lock(word);
  }

 private:
  const std::uint64_t* file_lock_;
};

TEST_CASE("a takeover that throws is left to the next owner") {
  TestTable t;
  const HalfPublished half(t);
  PoorHost poor(&t.region.At<format::FileHeader>(0)->lock);
  poor.dead_slot = kDead;
  CHECK_THROWS_AS((void)PutText(*t.Other(poor), half.id, 'y', 10),
                  std::bad_alloc);
  const std::uint64_t& lock = half.block.header->lock;
  CHECK(format::LockWord::Slot(lock) == TestHost::kNobody);
  CHECK(!t.table->Publish(half.id, 10, 1, kRefuse));
  CHECK(half.block.slots[1].stamp == 0);
  CHECK(lock == 0);
}

TEST_CASE("a dead owner of both locks is cleared up in the right order") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  auto& header = *t.region.At<format::FileHeader>(0);
  // Killed in a removal, after the entry was taken out.
  const Space space = *Space::Of(t.region, &t.host);
  const Index index(space);
  *index.EntryOf(index.Hash("a"), id.offset).value() = 1;
  header.dying_offset = id.offset;
  DieWith(header.lock);
  DieWith(LockOf(t, id));
  t.host.dead_slot = kDead;
  CHECK(PutText(*t.table, id, 'y', 10).error().code() == Code::kNotFound);
  CHECK(header.dying_offset == 0);
  CHECK(header.lock == 0);
  CHECK(LockOf(t, id) == 0);
  CHECK(t.table->live() == 0);
  CHECK(AddText(*t.table, "a", 'z', 10));
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a takeover that can't be finished is left to the next owner") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  const Block block = Block::At(t.region, id.offset).value();
  const Generation now = t.table->CurrentGeneration(id).value();
  block.slots[1].stamp = now + 1;
  DieWith(block.header->lock);
  t.host.dead_slot = kDead;
  auto& header = *t.region.At<format::FileHeader>(0);
  header.dying_offset = 8;  // Recovery fails
  CHECK(PutText(*t.table, id, 'y', 10).error().code() == Code::kCorrupt);
  CHECK(header.lock == 0);
  CHECK(block.slots[1].stamp == now + 1);
  header.dying_offset = 0;
  // Taken over once more: else the stamp would still be there.
  const auto fail = [&](std::span<std::byte>) -> Status {
    return Fail(Code::kInvalidArgument, "no");
  };
  CHECK(t.table->Publish(id, 10, 1, fail).error().message() == "no");
  CHECK(block.slots[1].stamp == 0);
  CHECK(PutText(*t.table, id, 'z', 10).value() == now + 1);
}

TEST_CASE("a block that has another record by now isn't written to") {
  TestTable t;
  const RecordId old = AddText(*t.table, "a", 'x', 10).value();
  REQUIRE(t.table->Remove(old));
  const RecordId fresh = AddText(*t.table, "b", 'y', 10).value();
  REQUIRE(fresh.offset == old.offset);
  CHECK(PutText(*t.table, old, 'z', 10).error().code() == Code::kNotFound);
  CHECK(t.table->SetDurable(old, 1).error().code() == Code::kNotFound);
  CHECK(t.table->ChecksumCurrent(old).error().code() == Code::kNotFound);
  CHECK(GetText(*t.table, fresh) == std::string(10, 'y'));
  CHECK(LockOf(t, fresh) == 0);
}

}  // namespace
}  // namespace mapfile::record
