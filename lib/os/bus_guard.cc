#include "lib/os/bus_guard.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <mutex>

#include "lib/os/process.h"

namespace mapfile::os {
namespace {

constexpr int kEntries = 4096;

// Written by guards, read by the signal handler. `flag` is set last and
// cleared first: where it isn't null, the others hold, unless `guards` has
// changed meanwhile.
struct Entry {
  std::atomic<bool> taken = false;
  std::atomic<std::uint64_t> guards = 0;  // That have had it so far
  std::atomic<std::uint64_t> fork_count = 0;
  std::atomic<std::uintptr_t> begin = 0;
  std::atomic<std::uintptr_t> end = 0;
  std::atomic<std::atomic<bool>*> flag = nullptr;
};
Entry entries[kEntries];
std::atomic<int> entries_used = 0;  // All taken ones lie below

struct sigaction predecessor;

// The flag of a guard over `address`, or null. One that comes or goes
// meanwhile isn't it, since that one lives as long as its bytes are touched.
std::atomic<bool>* FlagIn(const Entry& entry, std::uintptr_t address) {
  const std::uint64_t guards = entry.guards.load(std::memory_order_acquire);
  std::atomic<bool>* const flag = entry.flag.load(std::memory_order_acquire);
  if (flag == nullptr) return nullptr;
  const bool is_inside =
      address >= entry.begin.load(std::memory_order_acquire) &&
      address < entry.end.load(std::memory_order_acquire) &&
      // A child of fork() hasn't got the mapping: others may be there.
      entry.fork_count.load(std::memory_order_acquire) == ForkCount();
  const bool is_same = entry.guards.load(std::memory_order_relaxed) == guards;
  return is_inside && is_same ? flag : nullptr;
}

std::atomic<bool>* FlagOf(std::uintptr_t address) {
  const int used = entries_used.load(std::memory_order_acquire);
  for (int i = 0; i < used; ++i) {
    if (auto* const flag = FlagIn(entries[i], address)) return flag;
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
  const bool is_sent = info->si_code <= 0;  // By kill(): no fault
  if ((predecessor.sa_flags & SA_SIGINFO) != 0) {
    predecessor.sa_sigaction(signal, info, context);
  } else if (predecessor.sa_handler == SIG_IGN && is_sent) {
    return;
  } else if (predecessor.sa_handler == SIG_DFL ||
             predecessor.sa_handler == SIG_IGN) {
    // The fault repeats on return, and then kills as it would have without
    // us. (A fault can't be ignored.)
    struct sigaction action {};
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
    if (is_sent) raise(signal);
  } else {
    predecessor.sa_handler(signal);
  }
}

void OnBusError(int signal, siginfo_t* info, void* context) {
  const int saved_errno = errno;
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  // si_code > 0: a fault of this thread, not a signal somebody sent.
  std::atomic<bool>* const flag = info->si_code > 0 ? FlagOf(address) : nullptr;
  // The flag first: other threads see the zeroes as soon as they are there.
  if (flag != nullptr) flag->store(true, std::memory_order_seq_cst);
  if (flag == nullptr || !Replace(address)) PassOn(signal, info, context);
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
  WatchForks();
  InstallOnce();
  for (int i = 0; i < kEntries; ++i) {
    Entry& entry = entries[i];
    if (entry.taken.exchange(true, std::memory_order_acquire)) continue;
    // Release, here and below: who sees a part of this sees the count.
    entry.guards.fetch_add(1, std::memory_order_release);
    const auto begin = reinterpret_cast<std::uintptr_t>(base);
    entry.begin.store(begin, std::memory_order_release);
    entry.end.store(begin + size, std::memory_order_release);
    entry.fork_count.store(ForkCount(), std::memory_order_release);
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
