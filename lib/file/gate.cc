#include "lib/file/gate.h"

#include <thread>

#include "lib/base/thread_list.h"

namespace mapfile::file {
namespace {

std::uint32_t ThreadNumber() {
  static std::atomic<std::uint32_t> next = 0;
  constinit thread_local std::uint32_t mine = 0;  // None yet
  if (mine == 0) [[unlikely]] {
    mine = next.fetch_add(1, std::memory_order_relaxed) + 1;
  }
  return mine;
}

// The gates that this thread is inside of: a call of one file may, from a
// callback, call another.
constinit thread_local ThreadList<const Gate*> inside;

}  // namespace

Gate::Shard& Gate::MyShard() { return shards_[ThreadNumber() % kShards]; }

bool Gate::Enter() {
  std::atomic<std::uint32_t>& count = MyShard().inside;
  // seq_cst on both sides: either this sees the gate closed, or Close() sees
  // this count.
  count.fetch_add(1, std::memory_order_seq_cst);
  if (closed_.load(std::memory_order_seq_cst)) {
    count.fetch_sub(1, std::memory_order_release);
    return false;
  }
  inside.Remember(this);
  return true;
}

void Gate::Leave() {
  inside.Forget(this);
  MyShard().inside.fetch_sub(1, std::memory_order_release);
}

bool Gate::Close() {
  // In calls nested deeper than can be remembered it may be inside.
  if (inside.Has(this) || inside.is_full()) return false;
  closed_.store(true, std::memory_order_seq_cst);
  for (Shard& shard : shards_) {
    while (shard.inside.load(std::memory_order_seq_cst) != 0) {
      std::this_thread::yield();
    }
  }
  return true;
}

}  // namespace mapfile::file
