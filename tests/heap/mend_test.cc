// Headers of blocks that were damaged, and put back.
#include "lib/heap/mend.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/heap/worn_heap.h"

namespace mapfile::heap {
namespace {

using Actions = std::vector<std::string>;
using format::HeapControl;
using format::OwnerWord;
using format::SizeWord;

constexpr HeapPlace kPlace{.control_offset = 0,
                           .data_offset = format::kHeapControlSize};
const std::string kLists = "made the heap's lists and counts afresh";

// A heap in use, its lists in the order in which they are made afresh.
struct Patient : WornHeap {
  explicit Patient(std::uint64_t key = 0) {
    for (const std::uint64_t offset : used) {
      std::memset(region.base() + offset, 'a', Usable(offset));
    }
    control().keys[3] = key;
    REQUIRE(allocator.Rebuild());
    whole = Bytes();
  }

  std::uint64_t Usable(std::uint64_t offset) const {
    return allocator.BlockSize(offset, Kind::kUser).value_or(0);
  }
  Actions Mend(const Hints& hints = {}) {
    auto did = heap::Mend(region, kPlace, hints);
    REQUIRE_MESSAGE(did, (did ? "" : did.error().message()));
    return *std::move(did);
  }
  // As other parts of a file know the blocks: they needed so many bytes.
  Hints HintsOfUsed() const {
    Hints hints;
    for (const std::uint64_t offset : used) {
      hints[offset] = {Usable(offset) - 8, Kind::kUser, 7};
    }
    return hints;
  }

  // The owner's word of a free block means nothing: as it was.
  void ForgetOwner(std::uint64_t at) {
    std::memcpy(&Word(at + 8), whole.data() + at + 8, 8);
  }

  std::vector<std::byte> whole;
};

// Nothing more is done a second time.
void CheckSettled(Patient& heap, const Hints& hints = {}) {
  CHECK(heap.allocator.Check().empty());
  const std::vector<std::byte> mended = heap.Bytes();
  CHECK(heap.Mend(hints).empty());
  CHECK(heap.Is(mended));
}

// The bytes of all blocks in use but that one are what they were.
void CheckOthers(const Patient& heap, std::uint64_t but) {
  for (const std::uint64_t offset : heap.used) {
    if (offset == but) continue;
    CAPTURE(offset);
    const std::uint64_t size = heap.Usable(offset);
    CHECK(size != 0);
    CHECK(std::memcmp(heap.region.base() + offset, heap.whole.data() + offset,
                      size) == 0);
  }
}

std::string GotBack(std::uint64_t offset, std::uint64_t size) {
  return "the heap's block at offset " + std::to_string(offset) +
         " got its header back: " + std::to_string(size) + " bytes";
}

TEST_CASE("a whole heap stays as it is") {
  Patient heap;
  CHECK(heap.Mend().empty());
  CHECK(heap.Is(heap.whole));
  const Hints hints = heap.HintsOfUsed();
  CHECK(heap.Mend(hints).empty());
  CHECK(heap.Is(heap.whole));
}

TEST_CASE("each field of the control block is put back, and told") {
  const struct {
    void (*damage)(HeapControl& control);
    const char* action;
  } kCases[] = {
      {[](HeapControl& c) { c.magic[2] ^= 8; },
       "the heap's magic was put back"},
      {[](HeapControl& c) { c.version = 3; }, "the heap's version is 1"},
      {[](HeapControl& c) { c.control_size = 0; },
       "the heap's control size is 8192"},
      {[](HeapControl& c) { c.first_offset += 64; },
       "the heap's first block is 8192"},
      {[](HeapControl& c) { c.end_offset = 1ull << 40; },
       "the heap's end is 32768"},
      {[](HeapControl& c) { c.end_offset = 0; }, "the heap's end is 32768"},
      {[](HeapControl& c) { c.end_offset -= 8; }, "the heap's end is 32768"},
      {[](HeapControl& c) { c.end_offset -= 4096; }, "the heap's end is 32768"},
      {[](HeapControl& c) { c.used_bytes += 16; }, kLists.c_str()},
      {[](HeapControl& c) { c.list_offset[4] = 0; }, kLists.c_str()},
  };
  for (const auto& example : kCases) {
    Patient heap;
    example.damage(heap.control());
    CHECK(heap.Mend() == Actions{example.action});
    CHECK(heap.Is(heap.whole));
    CheckSettled(heap);
  }
}

TEST_CASE("the end mark is put back") {
  Patient heap;
  const std::uint64_t mark = HeadersOf(heap).back();
  heap.Word(mark) = 0;
  heap.Word(mark + 8) = 0;
  CHECK(heap.Mend() == Actions{"the heap's end mark was put back", kLists});
  CHECK(heap.Is(heap.whole));
  CheckSettled(heap);
}

TEST_CASE("a size that was lost is proven by the owner's word") {
  Patient heap;
  std::vector<std::uint64_t> words;
  for (const std::uint64_t offset : heap.used) words.push_back(offset - 16);
  WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
    CAPTURE(word);
    CAPTURE(bit);
    const Actions actions = heap.Mend();
    CHECK(actions.at(0) == GotBack(word + 16, heap.Usable(word + 16)));
    CHECK(heap.Is(heap.whole));
  });
  heap.Word(heap.used[3] - 16) = 0;
  heap.Mend();
  CHECK(heap.Is(heap.whole));
  CheckSettled(heap);
}

TEST_CASE("an owner that was lost is who others say") {
  Patient heap;
  const Hints hints = heap.HintsOfUsed();
  std::vector<std::uint64_t> words;
  for (const std::uint64_t offset : heap.used) words.push_back(offset - 8);
  WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
    CAPTURE(word);
    CAPTURE(bit);
    const Actions actions = heap.Mend(hints);
    CHECK(actions.at(0) == GotBack(word + 8, heap.Usable(word + 8)));
    CHECK(heap.Is(heap.whole));
  });
  const std::uint64_t lost = heap.used[5];
  heap.Word(lost - 16) = 0;
  heap.Word(lost - 8) = 0;
  heap.Mend(hints);
  CHECK(heap.Is(heap.whole));
  CheckSettled(heap, hints);
}

TEST_CASE("a free block stays free, whatever was in use there before") {
  for (const std::uint64_t key : {0, 1}) {
    Patient heap(key);
    std::vector<std::uint64_t> words;
    for (const std::uint64_t offset : heap.freed) words.push_back(offset - 16);
    words.push_back(*(HeadersOf(heap).end() - 2));
    WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
      CAPTURE(word);
      CAPTURE(bit);
      const Actions actions = heap.Mend();
      CHECK(actions.at(0).ends_with(" bytes, free"));
      heap.ForgetOwner(word);
      CHECK(heap.Is(heap.whole));
    });
  }
}

TEST_CASE("of what nothing is known is the user's, if there is one") {
  Patient heap(/*key=*/1);
  const std::uint64_t lost = heap.used[2];
  const std::uint64_t size = heap.Usable(lost);
  heap.Word(lost - 16) = heap.Word(lost - 8) = 0;
  CHECK(heap.Mend().at(0) == GotBack(lost, size));
  CHECK(heap.Usable(lost) == size);
  CheckOthers(heap, 0);
  CheckSettled(heap);
}

TEST_CASE("without a user it is free, and one with its neighbours") {
  Patient heap;
  const std::uint64_t lost = heap.used[2];
  const HeapStats before = heap.allocator.Stats().value();
  const std::uint64_t size = heap.Usable(lost);
  heap.Word(lost - 16) = heap.Word(lost - 8) = 0;
  CHECK(heap.Mend() == Actions{GotBack(lost, size) + ", free", kLists});
  const HeapStats after = heap.allocator.Stats().value();
  CHECK(after.used_blocks == before.used_blocks - 1);
  CHECK(after.used_bytes == before.used_bytes - size);
  CHECK(after.free_blocks == before.free_blocks - 1);
  CheckOthers(heap, lost);
  CheckSettled(heap);
}

TEST_CASE("a hint that can't be is not believed") {
  const Patient model;
  const std::uint64_t lost = model.used[3];
  for (const std::uint64_t size :
       {std::uint64_t{1} << 40, model.used[4] - lost, model.used[6] - lost}) {
    CAPTURE(size);
    Patient heap;
    Hints hints = heap.HintsOfUsed();
    hints[lost].size = size;
    heap.Word(lost - 16) = heap.Word(lost - 8) = 0;
    CHECK(heap.Mend(hints).at(0).ends_with(", free"));
    CheckOthers(heap, lost);
    CHECK(heap.allocator.Check().empty());
  }
}

TEST_CASE("no free block takes in what others lead to") {
  Patient heap;
  const std::vector<std::uint64_t> headers = HeadersOf(heap);
  // The second block is free; as if it reached to behind the third.
  const std::uint64_t at = headers[1];
  heap.Word(at) = SizeWord::Make(at, headers[3] - at, SizeWord::kFree, 0);
  const Hints hints = heap.HintsOfUsed();
  heap.Mend(hints);
  heap.ForgetOwner(at);
  CHECK(heap.Is(heap.whole));
  CheckSettled(heap, hints);
}

TEST_CASE("what can't be mended is Corrupt, and says where") {
  Patient heap;
  const std::vector<std::uint64_t> headers = HeadersOf(heap);
  const std::uint64_t at = *(headers.end() - 2);
  // It leaves room that is too small for a block.
  const std::uint64_t gap = headers.back() - 32;
  heap.Word(at) = SizeWord::Make(at, gap - at, 0, 1);
  heap.Word(at + 8) = OwnerWord::Make(at, heap.Word(at), 7);
  const auto open = heap::Mend(heap.region, kPlace, {});
  REQUIRE(!open);
  CHECK(open.error().code() == Code::kCorrupt);
  CHECK(open.error().message() ==
        "the chain of the heap's blocks can't be closed at offset " +
            std::to_string(gap));
  Region cut(heap.region.base(), sizeof(HeapControl) - 1);
  const auto none = heap::Mend(cut, kPlace, {});
  REQUIRE(!none);
  CHECK(none.error().code() == Code::kCorrupt);
  CHECK(none.error().message() ==
        "its heap's control block is not in the file");
  Region empty(heap.region.base(), sizeof(HeapControl));
  CHECK(heap::Mend(empty, kPlace, {}).error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::heap
