#include "lib/os/fence.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace mapfile::os {
namespace {

[[maybe_unused]] bool Membarrier(int command) {
  return syscall(__NR_membarrier, command, 0, 0) == 0;
}

}  // namespace

bool HasAsymmetricFence() {
#ifdef MAPFILE_TSAN
  return false;
#else
  static const bool has_it =
      Membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
  return has_it;
#endif
}

void AsymmetricFence() {
  // A process that was frozen and thawed elsewhere, say, has to register anew.
  if (!Membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) &&
      Membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED)) {
    Membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
  }
}

}  // namespace mapfile::os
