#include "lib/os/bus_guard.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <mutex>

namespace mapfile::os {
namespace {

constexpr int kEntries = 4096;

// Written by guards, read by the signal handler. `flag` is set last and
// cleared first: where it isn't null, the others hold.
struct Entry {
  std::atomic<bool> taken = false;
  std::atomic<std::uintptr_t> begin = 0;
  std::atomic<std::uintptr_t> end = 0;
  std::atomic<std::atomic<bool>*> flag = nullptr;
};
Entry entries[kEntries];
std::atomic<int> entries_used = 0;  // All taken ones lie below

struct sigaction predecessor;

std::atomic<bool>* FlagOf(std::uintptr_t address) {
  const int used = entries_used.load(std::memory_order_acquire);
  for (int i = 0; i < used; ++i) {
    std::atomic<bool>* const flag =
        entries[i].flag.load(std::memory_order_acquire);
    if (flag != nullptr &&
        address >= entries[i].begin.load(std::memory_order_relaxed) &&
        address < entries[i].end.load(std::memory_order_relaxed)) {
      return flag;
    }
  }
  return nullptr;
}

// False: the page couldn't be replaced.
bool Replace(std::uintptr_t address) {
  const auto page_size = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  void* const page = reinterpret_cast<void*>(address & ~(page_size - 1));
  return mmap(page, page_size, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED;
}

void PassOn(int signal, siginfo_t* info, void* context) {
  if ((predecessor.sa_flags & SA_SIGINFO) != 0) {
    predecessor.sa_sigaction(signal, info, context);
  } else if (predecessor.sa_handler == SIG_DFL ||
             predecessor.sa_handler == SIG_IGN) {
    // The fault repeats on return, and then kills as it would have without
    // us. (A fault can't be ignored.)
    struct sigaction action {};
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
    if (info->si_code <= 0) raise(signal);  // Sent by kill(): repeat it
  } else {
    predecessor.sa_handler(signal);
  }
}

void OnBusError(int signal, siginfo_t* info, void* context) {
  const int saved_errno = errno;
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  // si_code > 0: a fault of this thread, not a signal somebody sent.
  std::atomic<bool>* const flag =
      info->si_code > 0 ? FlagOf(address) : nullptr;
  if (flag != nullptr && Replace(address)) {
    flag->store(true, std::memory_order_release);
  } else {
    PassOn(signal, info, context);
  }
  errno = saved_errno;
}

void InstallOnce() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction action {};
    action.sa_sigaction = OnBusError;
    // NODEFER: a predecessor may leave by siglongjmp and must see the next.
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &predecessor);
  });
}

}  // namespace

BusGuard::BusGuard(const void* base, std::size_t size,
                   std::atomic<bool>& flag) {
  InstallOnce();
  for (int i = 0; i < kEntries; ++i) {
    Entry& entry = entries[i];
    if (entry.taken.exchange(true, std::memory_order_acquire)) continue;
    const auto begin = reinterpret_cast<std::uintptr_t>(base);
    entry.begin.store(begin, std::memory_order_relaxed);
    entry.end.store(begin + size, std::memory_order_relaxed);
    entry.flag.store(&flag, std::memory_order_release);
    int used = entries_used.load(std::memory_order_relaxed);
    while (used <= i && !entries_used.compare_exchange_weak(
                            used, i + 1, std::memory_order_release)) {
    }
    entry_ = i;
    return;
  }
}

BusGuard::~BusGuard() {
  if (entry_ < 0) return;
  entries[entry_].flag.store(nullptr, std::memory_order_release);
  entries[entry_].taken.store(false, std::memory_order_release);
}

}  // namespace mapfile::os
