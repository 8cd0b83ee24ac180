// Locks of a file, between hosts and between threads of one.
#include "lib/file/file_host.h"

#include <memory>
#include <thread>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::CodeOf;
using testing::Create;
using testing::Must;
using testing::TempDir;

using std::chrono::milliseconds;

struct Party {
  os::File file;
  std::unique_ptr<file::FileRegion> region;
  file::FileHost host;

  explicit Party(const std::string& path)
      : file(Must(os::File::Open(path, os::Access::kReadWrite))),
        region(Must(file::FileRegion::Map(file,
                                          {.access = os::Access::kReadWrite,
                                           .size = 48_KiB,
                                           .max_size = 1_MiB},
                                          format::kWritersOffset))),
        host(file, *region, milliseconds(20)) {
    Must(host.BecomeWriter(false));
  }
  std::uint64_t* lock() { return &region->header().lock; }
};

struct Fixture {
  TempDir dir{true};
  Fixture() { const MapFile file = Create(dir / "a.map"); }
};

TEST_CASE_FIXTURE(Fixture, "one has a lock, the other waits and is Busy") {
  Party a(dir / "a.map");
  Party b(dir / "a.map");
  CHECK(a.host.writer_slot() != b.host.writer_slot());
  CHECK(!Must(a.host.Lock(a.lock())));
  CHECK(CodeOf(b.host.Lock(b.lock())) == Code::kBusy);
  CHECK(CodeOf(a.host.Lock(a.lock())) == Code::kBusy);
  a.host.Unlock(a.lock());
  CHECK(!Must(b.host.Lock(b.lock())));
  b.host.Unlock(b.lock());
}

TEST_CASE_FIXTURE(Fixture, "a lock is taken over from who left with it") {
  Party b(dir / "a.map");
  {
    Party a(dir / "a.map");
    Must(a.host.Lock(a.lock()));
    a.host.Resign();
    CHECK(!a.host.is_writer());
  }
  CHECK(Must(b.host.Lock(b.lock())));
  b.host.Abandon(b.lock());
  // Its own, but from somebody who is dead to all.
  CHECK(Must(b.host.Lock(b.lock())));
  b.host.Unlock(b.lock());
  CHECK(!Must(b.host.Lock(b.lock())));
  b.host.Unlock(b.lock());
}

TEST_CASE_FIXTURE(Fixture, "a user's lock nests, and is one thread's") {
  Party a(dir / "a.map");
  Party b(dir / "a.map");
  CHECK(CodeOf(a.host.EndUserLock()) == Code::kInvalidArgument);
  Must(a.host.BeginUserLock(milliseconds(20)));
  Must(a.host.BeginUserLock(milliseconds(20)));
  // The table's own calls find it theirs, the long way.
  CHECK(!a.host.TryLock(a.lock()));
  CHECK(!Must(a.host.Lock(a.lock())));
  a.host.Unlock(a.lock());
  std::thread([&] {
    CHECK(CodeOf(a.host.EndUserLock()) == Code::kInvalidArgument);
    CHECK(CodeOf(a.host.Lock(a.lock())) == Code::kBusy);
    CHECK(CodeOf(a.host.BeginUserLock(milliseconds(1))) == Code::kBusy);
  }).join();
  Must(a.host.EndUserLock());
  CHECK(CodeOf(b.host.Lock(b.lock())) == Code::kBusy);
  Must(a.host.EndUserLock());
  CHECK(CodeOf(a.host.EndUserLock()) == Code::kInvalidArgument);
  CHECK(!Must(b.host.Lock(b.lock())));
  b.host.Unlock(b.lock());
}

TEST_CASE_FIXTURE(Fixture, "a tenant that signed off is told from a dead one") {
  std::uint32_t slot = 0;
  {
    Party a(dir / "a.map");
    slot = a.host.writer_slot();
    a.host.SignOff();
  }
  Party b(dir / "a.map");
  REQUIRE(b.host.writer_slot() == slot);
  const format::WriterSlot& writer = b.region->writers()[slot];
  CHECK(writer.closed == 0);
  // The file's creator and a closed in order, without a gap.
  CHECK(writer.closed_since < b.host.incarnation());
}

TEST_CASE_FIXTURE(Fixture, "times are those of the system's clocks") {
  Party a(dir / "a.map");
  const record::Times first = a.host.Now();
  std::this_thread::sleep_for(milliseconds(30));
  const record::Times second = a.host.Now();
  CHECK(second.mono_ns > first.mono_ns);
  CHECK(first.wall_ns > 1'500'000'000'000'000'000);
}

}  // namespace
}  // namespace mapfile
