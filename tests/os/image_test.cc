#include "lib/os/image.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "lib/base/copy.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::TempDir;

constexpr std::uint64_t kPage = 4096;

File NewFile(const TempDir& dir, std::uint64_t size) {
  auto file = File::CreateUnnamed(dir / "a", 0600);
  REQUIRE(file);
  REQUIRE(file->Allocate(0, size));
  return *std::move(file);
}

void Store(const File& file, std::uint64_t at, char c) {
  REQUIRE(::pwrite(file.fd(), &c, 1, static_cast<off_t>(at)) == 1);
}

char Load(const File& file, std::uint64_t at) {
  char c = 0;
  REQUIRE(::pread(file.fd(), &c, 1, static_cast<off_t>(at)) == 1);
  return c;
}

char Byte(const Image& image, std::uint64_t at) {
  return static_cast<char>(image.base()[at]);
}

TEST_CASE("it follows the file until it is stored to, page by page") {
  const TempDir dir(true);
  const File file = NewFile(dir, 2 * kPage);
  const auto image = Image::Map(file, 2 * kPage, 4 * kPage).value();
  Store(file, 0, 'a');
  CHECK(Byte(*image, 0) == 'a');
  REQUIRE(image->MakePrivate());
  image->base()[1] = std::byte{'p'};
  Store(file, 0, 'b');
  Store(file, kPage, 'c');
  CHECK(Byte(*image, 0) == 'a');
  CHECK(Byte(*image, kPage) == 'c');
  CHECK(Load(file, 1) == 0);
}

TEST_CASE("behind the end of the file there are zeroes") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const auto image = Image::Map(file, 3 * kPage, 3 * kPage).value();
  CHECK(image->size() == 3 * kPage);
  CHECK(Byte(*image, 3 * kPage - 1) == 0);
  CHECK(!image->poisoned());
}

TEST_CASE("it grows with the file, or alone once it is private") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const auto image = Image::Map(file, kPage, 4 * kPage).value();
  CHECK(image->Grow(2 * kPage).error().code() == Code::kNoSpace);
  REQUIRE(file.Allocate(0, 2 * kPage));
  Store(file, kPage, 'g');
  image->Refresh();
  REQUIRE(image->size() == 2 * kPage);
  CHECK(Byte(*image, kPage) == 'g');
  REQUIRE(image->MakePrivate());
  REQUIRE(image->Grow(4 * kPage));
  image->base()[4 * kPage - 1] = std::byte{1};
  CHECK(image->Grow(5 * kPage).error().code() == Code::kNoSpace);
  CHECK(file.Size().value() == 2 * kPage);
}

TEST_CASE("bytes that a truncation took are zero, and it is told") {
  const TempDir dir(true);
  const File file = NewFile(dir, 2 * kPage);
  const auto image = Image::Map(file, 2 * kPage, 2 * kPage).value();
  REQUIRE(::ftruncate(file.fd(), kPage) == 0);
  char c = 1;
  CopyShared(&c, image->base() + kPage, 1);
  CHECK(c == 0);
  CHECK(image->poisoned());
}

TEST_CASE("no address space is an error") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const auto image = Image::Map(file, kPage, std::uint64_t{1} << 62);
  REQUIRE(!image);
  CHECK(image.error().message().find("address space") != std::string::npos);
}

}  // namespace
}  // namespace mapfile::os
