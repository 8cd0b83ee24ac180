// Lists and counts made afresh: Allocator::Rebuild.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "lib/base/step.h"
#include "tests/heap/worn_heap.h"

namespace mapfile::heap {
namespace {

std::string Faults(const Allocator& allocator) {
  std::string text;
  for (const std::string& fault : allocator.Check()) text += fault + "\n";
  return text;
}

// Nothing but the blocks themselves is left.
void DestroyLists(format::HeapControl& control) {
  for (std::uint64_t& head : control.list_offset) head = ~std::uint64_t{0};
  for (std::uint64_t& word : control.bitmap) word = ~std::uint64_t{0};
  control.used_bytes = 7;
  control.used_blocks = ~std::uint64_t{0};
  control.free_blocks = 0;
  control.journal_count = 3;
  control.moving_offset = 9 << 10;
}

TEST_CASE("lists and counts that were destroyed are made afresh") {
  WornHeap heap;
  const HeapStats before = heap.allocator.Stats().value();
  DestroyLists(heap.control());
  for (const std::uint64_t link : LinksOf(heap)) heap.Word(link) = 0x123;
  CHECK(Faults(heap.allocator) != "");
  REQUIRE(heap.allocator.Rebuild());
  CHECK(Faults(heap.allocator) == "");
  CHECK(heap.control().moving_offset == 0);
  const HeapStats after = heap.allocator.Stats().value();
  CHECK(after.used_bytes == before.used_bytes);
  CHECK(after.used_blocks == before.used_blocks);
  CHECK(after.free_blocks == before.free_blocks);
  CHECK(after.largest_free_bytes == before.largest_free_bytes);
  for (const std::uint64_t offset : heap.used) CHECK(heap.Free(offset));
  CHECK(Faults(heap.allocator) == "");
}

TEST_CASE("a whole heap stays whole") {
  WornHeap heap;
  REQUIRE(heap.allocator.Rebuild());
  CHECK(Faults(heap.allocator) == "");
  CHECK(heap.allocator.Stats()->used_blocks == heap.used.size());
}

TEST_CASE("free neighbours become one, and who is behind is told") {
  TestHeap heap(64 << 10);
  std::vector<std::uint64_t> blocks;
  for (int i = 0; i < 5; ++i) blocks.push_back(heap.Allocate(100).value());
  // As if only some pages of three units had reached the medium.
  for (const int i : {1, 2, 3}) {
    const std::uint64_t at = blocks[i] - 16;
    *heap.region.At<std::uint64_t>(at) =
        format::SizeWord::Make(at, 128, format::SizeWord::kFree, 0);
  }
  CHECK(Faults(heap.allocator) != "");
  REQUIRE(heap.allocator.Rebuild());
  CHECK(Faults(heap.allocator) == "");
  CHECK(heap.allocator.Stats()->used_blocks == 2);
  CHECK(heap.allocator.Stats()->free_blocks == 2);
  CHECK(heap.Allocate(3 * 128 - 16).value() == blocks[1]);
}

TEST_CASE("whatever bit of a list is flipped, it is mended") {
  WornHeap heap;
  std::vector<std::uint64_t> words = ListWordsOf(heap);
  for (const std::uint64_t link : LinksOf(heap)) words.push_back(link);
  for (std::uint64_t word = 32; word < 56; word += 8) words.push_back(word);
  words.push_back(offsetof(format::HeapControl, journal_count));
  WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
    CAPTURE(word);
    CAPTURE(bit);
    CHECK(Faults(heap.allocator) != "");
    CHECK(heap.allocator.Rebuild());
    CHECK(Faults(heap.allocator) == "");
  });
}

TEST_CASE("a damaged header is Corrupt, and nothing has changed") {
  WornHeap heap;
  std::vector<std::uint64_t> words = HeadersOf(heap);
  for (const std::uint64_t offset : heap.used) words.push_back(offset - 8);
  WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
    CAPTURE(word);
    CAPTURE(bit);
    const std::vector<std::byte> damaged = heap.Bytes();
    const Status rebuilt = heap.allocator.Rebuild();
    CHECK(!rebuilt);
    if (!rebuilt) CHECK(rebuilt.error().code() == Code::kCorrupt);
    CHECK(heap.Bytes() == damaged);
  });
}

// A heap in memory that children share.
struct SharedHeap {
  explicit SharedHeap(const WornHeap& from)
      : bytes(static_cast<std::byte*>(mmap(nullptr, WornHeap::kSize,
                                           PROT_READ | PROT_WRITE,
                                           MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
              WornHeap::kSize),
        region(bytes),
        allocator(region, 0) {
    std::memcpy(bytes.data(), from.region.base(), bytes.size());
    DestroyLists(*region.At<format::HeapControl>(0));
  }
  ~SharedHeap() { munmap(bytes.data(), bytes.size()); }

  std::span<std::byte> bytes;
  Region region;
  Allocator allocator;
};

// False: it was over before that step.
bool KillAt(SharedHeap& shared, int last) {
  const pid_t child = fork();
  if (child == 0) {
    int steps = 0;
    step_hook = [&](const char*) {
      if (++steps == last) kill(getpid(), SIGKILL);
    };
    _exit(shared.allocator.Rebuild() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return true;
  REQUIRE(WEXITSTATUS(status) == 0);
  return false;
}

TEST_CASE("killed in it at any step, it is done again") {
  const WornHeap heap;
  bool killed = true;
  int last = 0;
  while (killed) {
    ++last;
    CAPTURE(last);
    SharedHeap shared(heap);
    killed = KillAt(shared, last);
    REQUIRE(shared.allocator.Rebuild());
    REQUIRE(Faults(shared.allocator) == "");
    CHECK(shared.allocator.Stats()->used_blocks == heap.used.size());
  }
  CHECK(last > 100);
}

}  // namespace
}  // namespace mapfile::heap
