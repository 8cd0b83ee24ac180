// BusGuard: turns SIGBUS in a mapping into a flag.
//
// A mapped file that somebody truncates, or whose medium fails, answers a
// touch with SIGBUS, which kills. Instead, the touched page becomes an
// anonymous one, full of zeroes, and the flag of its mapping is set: whoever
// copied from it looks at the flag afterwards. See man/mapfile.5, SIGBUS.
#ifndef MAPFILE_LIB_OS_BUS_GUARD_H_
#define MAPFILE_LIB_OS_BUS_GUARD_H_

#include <atomic>
#include <cstddef>

namespace mapfile::os {

// Guards [base, base + size) while it lives; not in children of fork(). All
// calls from any thread; the handler, installed once and kept, passes other
// faults, and signals that were sent, on to its predecessor.
class BusGuard {
 public:
  // Borrows the flag. Where 4096 mappings are guarded already, it does
  // nothing.
  BusGuard(const void* base, std::size_t size, std::atomic<bool>& flag);
  BusGuard(const BusGuard&) = delete;
  BusGuard& operator=(const BusGuard&) = delete;
  ~BusGuard();

 private:
  int entry_ = -1;
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_BUS_GUARD_H_
