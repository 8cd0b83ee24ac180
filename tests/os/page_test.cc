#include "lib/os/page.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

File NewFile(const TempDir& dir) {
  File file = File::CreateUnnamed(dir / "a", 0600).value();
  REQUIRE(file.Allocate(0, 4 * Page::kSize));
  return file;
}

char ByteAt(const File& file, std::uint64_t offset) {
  char byte = 0;
  REQUIRE(pread(file.fd(), &byte, 1, static_cast<off_t>(offset)) == 1);
  return byte;
}

TEST_CASE("a page is the file's, at its place, whatever became of the file") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    const File file = NewFile(dir);
    std::unique_ptr<Page> page;
    {
      const File other = file.Reopen(Access::kReadWrite).value();
      page = Page::Map(other, 2 * Page::kSize).value();
    }
    page->base()[7] = std::byte{'x'};
    CHECK(ByteAt(file, 2 * Page::kSize + 7) == 'x');
    CHECK(ByteAt(file, 7) == 0);
  }
}

TEST_CASE("a place that can't be mapped is an error") {
  const TempDir dir(true);
  const File file = NewFile(dir);
  CHECK(Page::Map(file, 100).error().code() == Code::kIo);
  CHECK(Page::Map(file, ~std::uint64_t{0}).error().code() == Code::kIo);
}

TEST_CASE("who writes to a page that was lost misses nothing") {
  const TempDir dir(true);
  const File file = NewFile(dir);
  const auto page = Page::Map(file, 2 * Page::kSize).value();
  REQUIRE(ftruncate(file.fd(), Page::kSize) == 0);
  page->base()[7] = std::byte{'x'};
  CHECK(page->base()[7] == std::byte{'x'});
  CHECK(file.Size().value() == Page::kSize);
}

TEST_CASE("who wants no guard gets none") {
  const TempDir dir(true);
  const File file = NewFile(dir);
  Child child([&] {
    signal(SIGBUS, SIG_DFL);  // A sanitizer's, and that of the case above
    const auto page = Page::Map(file, 2 * Page::kSize, false);
    if (ftruncate(file.fd(), Page::kSize) != 0) return 1;
    (*page)->base()[7] = std::byte{'x'};
    return 2;
  });
  CHECK(child.Wait() == -SIGBUS);
}

TEST_CASE("a child of fork has no page, and leaves alone what is there") {
  const TempDir dir(true);
  const File file = NewFile(dir);
  auto page = Page::Map(file, 0).value();
  Child child([&] {
    unsigned char resident = 0;
    if (mincore(page->base(), Page::kSize, &resident) == 0) return 1;
    void* const mine = mmap(page->base(), Page::kSize, PROT_READ,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mine != page->base()) return 2;
    page.reset();
    return mincore(mine, Page::kSize, &resident) == 0 ? 0 : 3;
  });
  CHECK(child.Wait() == 0);
  page->base()[0] = std::byte{1};
}

}  // namespace
}  // namespace mapfile::os
