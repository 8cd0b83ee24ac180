// MapFile: the file itself, its addresses and its lock.
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Must;
using testing::Pipe;
using testing::TempDir;

struct Fixture {
  TempDir dir{true};
  MapFile file = Create(dir / "a.map");
};

TEST_CASE_FIXTURE(Fixture, "offsets are the same in all mappings") {
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  Must(file.Put("big", std::vector<double>(100'000)));
  for (const std::uint64_t offset :
       {std::uint64_t{0}, std::uint64_t{500'000}, file.size_bytes() - 1}) {
    CHECK(Must(file.OffsetOf(Must(file.AddressOf(offset)))) == offset);
    void* const there = Must(reader.AddressOf(offset));
    CHECK(Must(reader.OffsetOf(there)) == offset);
    CHECK(Must(reader.OriginalAddress(
              there, reinterpret_cast<std::uintptr_t>(file.base_address()))) ==
          reinterpret_cast<std::uintptr_t>(Must(file.AddressOf(offset))));
  }
  for (const std::uint64_t outside : {file.size_bytes(), UINT64_MAX}) {
    CHECK(CodeOf(file.AddressOf(outside)) == Code::kInvalidArgument);
  }
  const char* const end =
      static_cast<char*>(file.base_address()) + file.size_bytes();
  CHECK(CodeOf(file.OffsetOf(end)) == Code::kInvalidArgument);
  CHECK(CodeOf(file.OffsetOf(nullptr)) == Code::kInvalidArgument);
  CHECK(file.MappingOffset(
            reinterpret_cast<std::uintptr_t>(file.base_address())) == 0);
}

TEST_CASE_FIXTURE(Fixture, "the break is the end of the heap in use") {
  const auto at = [&] { return static_cast<char*>(file.break_address()); };
  char* const before = at();
  const auto block = Must(file.heap().Malloc(10'000));
  CHECK(at() >= before + 10'000);
  Must(file.heap().Free(block));
  CHECK(at() == before);
  CHECK(at() <= static_cast<char*>(file.base_address()) + file.size_bytes());
}

TEST_CASE_FIXTURE(Fixture, "titles are replaced whole, for all to see") {
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  CHECK(reader.title() == "");
  for (const std::string& title :
       {std::string("one"), std::string(4096, 't'), std::string()}) {
    Must(file.SetTitle(title));
    CHECK(reader.title() == title);
  }
  CHECK(CodeOf(file.SetTitle(std::string(4097, 't'))) ==
        Code::kInvalidArgument);
}

TEST_CASE_FIXTURE(Fixture, "while one has the lock others update, not add") {
  Must(file.Put("n", 1));
  MapFile other = Must(MapFile::Open(
      dir / "a.map",
      {.mode = Mode::kUpdate, .lock_timeout = std::chrono::milliseconds(20)}));
  Must(other.Put("n", 2));
  Must(other.Put("n", 2));
  Must(file.AcquireLock());
  Must(other.Put("n", 3));
  CHECK(CodeOf(other.Put("new", 1)) == Code::kBusy);
  CHECK(CodeOf(other.Remove("n")) == Code::kBusy);
  CHECK(CodeOf(other.AcquireLock()) == Code::kBusy);
  CHECK(CodeOf(other.AcquireLock(std::chrono::milliseconds(-5))) ==
        Code::kBusy);
  Must(file.Put("mine", 1));
  Must(file.ReleaseLock());
  Must(other.Put("new", 1));
  CHECK(Must(file.Get<int>("n")) == 3);
}

TEST_CASE_FIXTURE(Fixture, "a lock ends with the process that has it") {
  const Pipe ready;
  Child child([&] {
    const MapFile own =
        Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
    Must(own.AcquireLock());
    ready.Tell();
    pause();
    return 0;
  });
  ready.Hear();
  child.Kill();
  Must(file.Put("n", 1));
}

}  // namespace
}  // namespace mapfile
