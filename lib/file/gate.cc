#include "lib/file/gate.h"

#include <thread>
#include <vector>

namespace mapfile::file {
namespace {

std::uint32_t ThreadNumber() {
  static std::atomic<std::uint32_t> next = 0;
  thread_local const std::uint32_t mine =
      next.fetch_add(1, std::memory_order_relaxed);
  return mine;
}

// The gates that this thread is inside of: a call of one file may, from a
// callback, call another.
thread_local std::vector<const Gate*> inside;

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
  inside.push_back(this);
  return true;
}

void Gate::Leave() {
  // Calls nest, so that the last one entered is left first.
  inside.pop_back();
  MyShard().inside.fetch_sub(1, std::memory_order_release);
}

bool Gate::Close() {
  for (const Gate* gate : inside) {
    if (gate == this) return false;
  }
  closed_.store(true, std::memory_order_seq_cst);
  for (Shard& shard : shards_) {
    while (shard.inside.load(std::memory_order_seq_cst) != 0) {
      std::this_thread::yield();
    }
  }
  return true;
}

}  // namespace mapfile::file
