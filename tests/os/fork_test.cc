// A fork() by another thread while this one enters or leaves a file.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/syscall.h>

#include <atomic>
#include <chrono>
#include <cstdarg>
#include <thread>

#include "lib/format/layout.h"
#include "lib/os/process.h"
#include "lib/os/tenancy.h"
#include "tests/support/process.h"

namespace {

// Called when a lock was just got, before anybody can take note of it.
std::atomic<void (*)()> after_lock = nullptr;

}  // namespace

// The C library's, with a look at what it did.
extern "C" int fcntl64(int fd, int command, ...) {
  std::va_list list;
  va_start(list, command);
  void* const argument = va_arg(list, void*);
  va_end(list);
  const long result = syscall(SYS_fcntl, fd, command, argument);
  if (command == F_OFD_SETLK && after_lock != nullptr) {
    after_lock.exchange(nullptr)();
  }
  return static_cast<int>(result);
}
extern "C" int fcntl(int fd, int command, ...) {
  std::va_list list;
  va_start(list, command);
  void* const argument = va_arg(list, void*);
  va_end(list);
  return fcntl64(fd, command, argument);
}

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

std::atomic<pid_t> grandchild = 0;
int pipe_ends[2];

// Another thread forks, and its child says so once it is out of fork(): what
// a child does there is done. It must not get through before the lock's
// descriptor is known; if it does, there is time to.
void ForkElsewhere() {
  std::thread([] {
    const pid_t pid = fork();
    if (pid == 0) {
      const pid_t self = getpid();
      if (write(pipe_ends[1], &self, sizeof self) == sizeof self) pause();
      _exit(0);
    }
    grandchild = pid;
  }).detach();
  for (int i = 0; i < 100 && grandchild == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST_CASE("a fork in the middle of entering keeps no dead owner alive") {
  const TempDir dir(true);
  auto file = File::CreateUnnamed(dir / "a", 0600);
  REQUIRE(file->Allocate(0, 4096));
  REQUIRE(file->Publish(dir / "a", File::IfExists::kFail));
  REQUIRE(pipe(pipe_ends) == 0);
  Child owner([&] {
    format::WriterSlot slots[format::kWriterSlots] = {};
    after_lock = ForkElsewhere;
    const auto tenancy = Tenancy::Claim(*file, slots);
    if (!tenancy) return 1;
    while (grandchild == 0) std::this_thread::yield();
    raise(SIGKILL);
    return 2;
  });
  close(pipe_ends[1]);
  pid_t pid = 0;
  REQUIRE(read(pipe_ends[0], &pid, sizeof pid) == sizeof pid);
  CHECK(owner.Wait() == -SIGKILL);
  CHECK(!IsSlotHeld(*file, 0));
  CHECK(kill(pid, SIGKILL) == 0);
  close(pipe_ends[0]);
}

TEST_CASE("a fork waits for who must not be copied, and goes on") {
  std::atomic<bool> forked = false;
  std::thread forker;
  {
    const NoFork no_fork;
    forker = std::thread([&] {
      Child child([] { return 0; });
      CHECK(child.Wait() == 0);
      forked = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(!forked);
  }
  forker.join();
  CHECK(forked);
}

}  // namespace
}  // namespace mapfile::os
