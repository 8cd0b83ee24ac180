#include "lib/file/gate.h"

#include <thread>

namespace mapfile::file {

std::uint32_t Gate::NextNumber() {
  static std::atomic<std::uint32_t> last = 0;
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

bool Gate::Close() {
  // In calls nested deeper than can be remembered it may be inside.
  if (mine_.inside.Has(this) || mine_.inside.is_full()) return false;
  closed_.store(true, std::memory_order_seq_cst);
  if (is_asymmetric_) os::AsymmetricFence();
  for (Shard& shard : shards_) {
    while (shard.inside.load(std::memory_order_seq_cst) != 0) {
      std::this_thread::yield();
    }
  }
  return true;
}

}  // namespace mapfile::file
