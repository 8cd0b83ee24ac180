// Each case runs in a child: the handler is installed once per process.
#include "lib/os/bus_guard.h"

#include <doctest/doctest.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <thread>
#include <vector>

#include "lib/base/copy.h"
#include "lib/os/file.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

constexpr std::size_t kPage = 4096;
constexpr std::size_t kPages = 4;

// A file of four pages, mapped. Touched behind its first page after Cut(),
// it answers with SIGBUS.
class Bytes {
 public:
  explicit Bytes(const TempDir& dir, void* where = nullptr)
      : file_(File::CreateUnnamed(dir / "a", 0600).value()) {
    if (!file_.Allocate(0, kPages * kPage)) abort();
    base_ =
        static_cast<char*>(mmap(where, kPages * kPage, PROT_READ | PROT_WRITE,
                                MAP_SHARED, file_.fd(), 0));
    for (std::size_t i = 0; i < kPages; ++i) base_[i * kPage] = 'x';
  }
  ~Bytes() { munmap(base_, kPages * kPage); }

  char* base() const { return base_; }
  std::size_t size() const { return kPages * kPage; }
  void Cut() { (void)!ftruncate(file_.fd(), kPage); }

  // As those who know that bytes may be lost read them.
  char At(std::size_t page) const {
    char byte = 0;
    CopyShared(&byte, base_ + page * kPage, 1);
    return byte;
  }

 private:
  File file_;
  char* base_;
};

struct Guarded : Bytes {
  explicit Guarded(const TempDir& dir) : Bytes(dir) {}
  std::atomic<bool> lost = false;
  BusGuard guard{base(), size(), lost};
};

// Sanitizers bring handlers of their own.
template <class F>
int InChild(F&& run) {
  Child child([&] {
    signal(SIGBUS, SIG_DFL);
    return run();
  });
  return child.Wait();
}

TEST_CASE("lost pages are zeroes from then on, and the flag tells") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    CHECK(InChild([&] {
            Guarded bytes(dir);
            bytes.Cut();
            if (bytes.At(0) != 'x' || bytes.lost) return 1;
            if (bytes.At(2) != 0 || !bytes.lost) return 2;
            if (bytes.At(3) != 0 || bytes.At(0) != 'x') return 3;
            bytes.base()[1 * kPage + 5] = 'y';  // A writer is met with the same
            return bytes.base()[1 * kPage + 5] == 'y' ? 0 : 4;
          }) == 0);
  }
}

TEST_CASE("a mapping's loss is its own") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          Guarded before(dir);
          Guarded bytes(dir);
          Guarded after(dir);
          bytes.Cut();
          if (bytes.At(1) != 0 || !bytes.lost) return 1;
          if (before.lost || after.lost) return 2;
          return before.At(1) == 'x' && after.At(1) == 'x' ? 0 : 3;
        }) == 0);
}

TEST_CASE("no thread sees zeroes before the flag") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          std::atomic<int> early = 0;
          for (int round = 0; round < 200; ++round) {
            Guarded bytes(dir);
            bytes.Cut();
            std::atomic<int> ready = 0;
            std::vector<std::thread> threads;
            for (int i = 0; i < 2; ++i) {
              threads.emplace_back([&] {
                ++ready;
                while (ready < 2) std::this_thread::yield();
                if (bytes.At(2) == 0 && !bytes.lost) ++early;
              });
            }
            for (std::thread& thread : threads) thread.join();
          }
          return early == 0 ? 0 : 1;
        }) == 0);
}

TEST_CASE("bus errors of others kill as ever") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          Guarded guarded(dir);
          Bytes bytes(dir);
          bytes.Cut();
          return bytes.At(2) == 0 ? 1 : 2;
        }) == -SIGBUS);
}

TEST_CASE("a guard that is gone guards nothing") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          Bytes bytes(dir);
          std::atomic<bool> lost = false;
          { const BusGuard guard(bytes.base(), bytes.size(), lost); }
          bytes.Cut();
          return bytes.At(2) == 0 ? 1 : 2;
        }) == -SIGBUS);
}

TEST_CASE("signals that somebody sends do what they did before") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          Guarded guarded(dir);
          kill(getpid(), SIGBUS);
          return 1;
        }) == -SIGBUS);
  CHECK(InChild([&] {
          signal(SIGBUS, SIG_IGN);
          Guarded bytes(dir);
          kill(getpid(), SIGBUS);
          kill(getpid(), SIGBUS);
          bytes.Cut();
          return bytes.At(2) == 0 && bytes.lost ? 0 : 1;
        }) == 0);
}

TEST_CASE("a fault can't be ignored") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          signal(SIGBUS, SIG_IGN);
          Guarded guarded(dir);
          Bytes bytes(dir);
          bytes.Cut();
          return bytes.At(2) == 0 ? 1 : 2;
        }) == -SIGBUS);
}

sigjmp_buf back;
void* volatile fault_address = nullptr;

void JumpBack(int, siginfo_t* info, void*) {
  fault_address = info->si_addr;
  siglongjmp(back, 1);
}

// Whether the handler that was there before was told of a fault at `at`.
bool IsTold(const char* at) {
  fault_address = nullptr;
  if (sigsetjmp(back, 1) == 0) {
    (void)*static_cast<const volatile char*>(at);
    return false;
  }
  return fault_address == at;
}

TEST_CASE("the handler that was there before gets its faults, each of them") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          struct sigaction action {};
          action.sa_sigaction = JumpBack;
          action.sa_flags = SA_SIGINFO;
          sigaction(SIGBUS, &action, nullptr);
          Guarded guarded(dir);
          Bytes bytes(dir);
          bytes.Cut();
          guarded.Cut();
          for (int i = 0; i < 3; ++i) {
            if (!IsTold(bytes.base() + 2 * kPage + i)) return 1;
          }
          return guarded.At(2) == 0 && guarded.lost ? 0 : 2;
        }) == 0);
}

TEST_CASE("a handler without siginfo is called too") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          signal(SIGBUS, [](int) { siglongjmp(back, 1); });
          Guarded guarded(dir);
          Bytes bytes(dir);
          bytes.Cut();
          if (sigsetjmp(back, 1) == 0) return bytes.At(2) == 0 ? 1 : 2;
          return guarded.lost ? 3 : 0;
        }) == 0);
}

TEST_CASE("what a child maps where its parent had a file is its own") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          Guarded bytes(dir);
          madvise(bytes.base(), bytes.size(), MADV_DONTFORK);
          Child child([&] {
            Bytes other(dir, bytes.base());
            if (other.base() != bytes.base()) return 1;
            other.Cut();
            return other.At(2) == 0 ? 2 : 3;
          });
          return child.Wait() == -SIGBUS && !bytes.lost ? 0 : 4;
        }) == 0);
}

TEST_CASE("places are used again; where there are none, there is no guard") {
  const TempDir dir(true);
  CHECK(InChild([&] {
          static std::array<std::atomic<bool>, 5000> lost{};
          for (int round = 0; round < 2; ++round) {
            std::vector<std::unique_ptr<BusGuard>> guards;
            for (std::atomic<bool>& flag : lost) {
              guards.push_back(std::make_unique<BusGuard>(&flag, 1, flag));
            }
          }
          Guarded bytes(dir);
          bytes.Cut();
          return bytes.At(2) == 0 && bytes.lost ? 0 : 1;
        }) == 0);
}

}  // namespace
}  // namespace mapfile::os
