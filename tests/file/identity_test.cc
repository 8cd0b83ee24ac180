// Who is who: other boots, pids, namespaces, mounts, users, forks.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "lib/format/layout.h"
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using std::chrono::milliseconds;
using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Eventually;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

constexpr int kNotPermitted = 77;

MapFile Writer(const std::string& path, int lock_timeout_ms = 60000) {
  return Must(MapFile::Open(
      path,
      {.mode = Mode::kUpdate, .lock_timeout = milliseconds(lock_timeout_ms)}));
}

struct World {
  World() {
    MapFile file = Create(path);
    Must(file.Put("a", 1));
    Must(file.Close());
  }
  void Store(std::uint64_t offset, const void* bytes, std::size_t size) const {
    const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(pwrite(fd, bytes, size, static_cast<off_t>(offset)) ==
            static_cast<ssize_t>(size));
    close(fd);
  }
  TempDir dir{true};
  std::string path = dir / "a.map";
};

// A child that takes the file's lock and then waits to be killed.
Child Holder(const std::string& path) {
  Child holder([&] {
    MapFile file = Writer(path);
    Must(file.Put("held", 1));
    Must(file.AcquireLock());
    Must(file.Put("held", 2));
    pause();
    return 0;
  });
  const MapFile seen = Must(MapFile::Open(path));
  REQUIRE(Eventually([&] { return seen.Get<int>("held").value_or(0) == 2; }));
  return holder;
}

TEST_CASE("another boot: what was closed in order goes on") {
  World world;
  const char other_boot[16] = "another boot id";
  world.Store(offsetof(format::FileHeader, boot_id), other_boot, 16);
  CHECK(Must(Must(MapFile::Open(world.path)).Get<int>("a")) == 1);
  MapFile file = Writer(world.path);
  CHECK(Must(file.Get<int>("a")) == 1);
  Must(file.Put("a", 2));
}

TEST_CASE("another boot: what was not closed isn't trusted") {
  World world;
  Child killed = Holder(world.path);
  killed.Kill();
  const char other_boot[16] = "another boot id";
  world.Store(offsetof(format::FileHeader, boot_id), other_boot, 16);
  CHECK(CodeOf(Must(MapFile::Open(world.path)).Get<int>("held")) ==
        Code::kCorrupt);
  // A writer that can't repair it must not vouch for it either.
  const std::uint64_t nonsense = 0x1234;
  std::uint64_t first = 0;
  std::ifstream(world.path, std::ios::binary)
      .seekg(format::kHeapOffset + 16)
      .read(reinterpret_cast<char*>(&first), sizeof first);
  world.Store(first, &nonsense, sizeof nonsense);
  CHECK(CodeOf(MapFile::Open(world.path, {.mode = Mode::kUpdate})) ==
        Code::kCorrupt);
  CHECK(CodeOf(Must(MapFile::Open(world.path)).Get<int>("held")) ==
        Code::kCorrupt);
}

TEST_CASE("a pid that is used again hides no dead owner") {
  World world;
  Child killed = Holder(world.path);
  killed.Kill();
  // As if this very process had got the dead one's pid.
  const auto pid = static_cast<std::uint32_t>(getpid());
  const std::uint64_t ticks = 1;
  const std::uint64_t slot = format::kWritersOffset;
  world.Store(slot + offsetof(format::WriterSlot, pid), &pid, sizeof pid);
  world.Store(slot + offsetof(format::WriterSlot, start_ticks), &ticks,
              sizeof ticks);
  const MapFile seen = Must(MapFile::Open(world.path));
  CHECK(Must(seen.Info()).producers.empty());
  CHECK(Must(seen.Find("held")).Info()->producer.state == ProducerState::kDead);
  MapFile file = Writer(world.path);
  Must(file.Put("b", 2));
}

// In a process of its own that may change what it sees of the system.
template <class F>
void WithNewNamespace(int flags, F&& run) {
  Child child([&] {
    if (unshare(flags) != 0) return kNotPermitted;
    return run();
  });
  const int status = child.Wait();
  if (status == kNotPermitted) {
    MESSAGE("not permitted here: passed over");
    return;
  }
  CHECK(status == 0);
}

// Pid 1 of a new namespace, with the /proc that goes with it, which takes the
// file's lock and waits to be killed.
int HoldInNewPidNamespace(const std::string& path) {
  if (unshare(CLONE_NEWPID | CLONE_NEWNS) != 0 ||
      mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return kNotPermitted;
  }
  Child first([&] {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (mount("proc", "/proc", "proc", 0, nullptr) != 0) return kNotPermitted;
    MapFile file = Writer(path);
    Must(file.AcquireLock());
    Must(file.Put("held", 2));
    pause();
    return 0;
  });
  return first.Wait();
}

TEST_CASE("a writer in another pid namespace lives, and dies") {
  World world;
  Child holder([&] { return HoldInNewPidNamespace(world.path); });
  const MapFile seen = Must(MapFile::Open(world.path));
  siginfo_t over{};
  REQUIRE(Eventually([&] {
    waitid(P_PID, static_cast<id_t>(holder.pid()), &over,
           WEXITED | WNOHANG | WNOWAIT);
    return over.si_pid != 0 || seen.Get<int>("held").value_or(0) == 2;
  }));
  if (over.si_pid != 0) {
    CHECK(holder.Wait() == kNotPermitted);
    MESSAGE("not permitted here: passed over");
    return;
  }
  const auto busy = MapFile::Open(
      world.path, {.mode = Mode::kUpdate, .lock_timeout = milliseconds(100)});
  CHECK(CodeOf(busy) == Code::kBusy);
  CHECK(Has(MessageOf(busy), "pid 1,"));
  holder.Kill();
  Must(Writer(world.path).Put("b", 2));
}

TEST_CASE("another mount of the same file is the same file") {
  World world;
  Child holder = Holder(world.path);
  const std::string elsewhere = world.dir / "mount";
  std::filesystem::create_directory(elsewhere);
  WithNewNamespace(CLONE_NEWNS, [&] {
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount(world.dir.path().c_str(), elsewhere.c_str(), nullptr, MS_BIND,
              nullptr) != 0) {
      return kNotPermitted;
    }
    auto file = MapFile::Open(
        elsewhere + "/a.map",
        {.mode = Mode::kUpdate, .lock_timeout = milliseconds(100)});
    if (CodeOf(file) != Code::kBusy) return 1;
    const MapFile seen = Must(MapFile::Open(elsewhere + "/a.map"));
    return Must(seen.Get<int>("held")) == 2 ? 0 : 2;
  });
}

TEST_CASE("another user reads with read permission only") {
  if (geteuid() != 0) {
    MESSAGE("not root: passed over");
    return;
  }
  World world;
  std::filesystem::permissions(world.dir.path(), std::filesystem::perms(0755));
  Child other([&] {
    if (setresuid(65534, 65534, 65534) != 0) return 1;
    const MapFile seen = Must(MapFile::Open(world.path));
    if (Must(seen.Get<int>("a")) != 1) return 2;
    if (CodeOf(MapFile::Open(world.path, {.mode = Mode::kUpdate})) !=
        Code::kReadOnly) {
      return 3;
    }
    // It can't ask for a wake-up, and misses nothing.
    const Generation now = Must(seen.Find("a")).Info()->version.generation;
    return seen.WaitFor("a", now, std::chrono::seconds(60)) ? 0 : 4;
  });
  MapFile file = Writer(world.path);
  std::this_thread::sleep_for(milliseconds(100));
  // Until the child has seen one: the first may come before it looks.
  std::atomic<bool> is_over = false;
  std::thread writer([&] {
    for (int i = 2; !is_over; ++i) {
      Must(file.Put("a", i));
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  CHECK(other.Wait() == 0);
  is_over = true;
  writer.join();
}

}  // namespace
}  // namespace mapfile
