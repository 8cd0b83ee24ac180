// Gate: lets calls into an open file until it is closed.
#ifndef MAPFILE_LIB_FILE_GATE_H_
#define MAPFILE_LIB_FILE_GATE_H_

#include <array>
#include <atomic>
#include <cstdint>

#include "lib/base/thread_list.h"
#include "lib/os/fence.h"

namespace mapfile::file {

class Gate;

// What a thread knows: its number, and the gates that it is inside of, since
// a call of one file may, from a callback, call another.
struct GateThread {
  std::uint32_t number = 0;  // None yet
  ThreadList<const Gate*> inside;
};

// Any number of threads pass at once, without waiting for each other; who
// closes the gate waits for those inside. A pass costs a few plain
// instructions for the first threads of a process, and two additions to a
// line that they share for later ones.
class Gate {
 public:
  Gate() : is_asymmetric_(os::HasAsymmetricFence()) {}

  // False: the gate is closed; there is nothing to Leave() then.
  bool Enter() {
    const std::uint32_t thread = MyNumber();
    std::atomic<std::uint32_t>& count = ShardOf(thread);
    if (IsAlone(thread)) [[likely]] {
      count.store(count.load(std::memory_order_relaxed) + 1,
                  std::memory_order_relaxed);
      // For the compiler; for the processor there is the fence of Close().
      std::atomic_signal_fence(std::memory_order_seq_cst);
    } else {
      // seq_cst on both sides: either this sees the gate closed, or Close()
      // sees this count.
      count.fetch_add(1, std::memory_order_seq_cst);
    }
    if (closed_.load(std::memory_order_seq_cst)) [[unlikely]] {
      Subtract(thread, count);
      return false;
    }
    mine_.inside.Remember(this);
    return true;
  }
  void Leave() {
    mine_.inside.Forget(this);
    const std::uint32_t thread = mine_.number;
    Subtract(thread, ShardOf(thread));
  }

  // Lets nobody in any more and waits until all have left. Returns false,
  // with the gate as it was, when this thread is inside itself.
  bool Close();
  // Undoes Close().
  void Open() { closed_.store(false, std::memory_order_seq_cst); }

  bool is_closed() const { return closed_.load(std::memory_order_acquire); }

 private:
  static constexpr std::uint32_t kShards = 16;
  struct alignas(64) Shard {
    std::atomic<std::uint32_t> inside = 0;
  };
  static inline constinit thread_local GateThread mine_;
  static std::uint32_t NextNumber();

  static std::uint32_t MyNumber() {
    if (mine_.number == 0) [[unlikely]]
      mine_.number = NextNumber();
    return mine_.number;
  }

  // Threads have numbers from 1: the first have a shard each, the others
  // share shard 0.
  bool IsAlone(std::uint32_t thread) const {
    return is_asymmetric_ && thread < kShards;
  }
  std::atomic<std::uint32_t>& ShardOf(std::uint32_t thread) {
    return shards_[thread < kShards ? thread : 0].inside;
  }
  void Subtract(std::uint32_t thread, std::atomic<std::uint32_t>& count) {
    if (IsAlone(thread)) [[likely]] {
      count.store(count.load(std::memory_order_relaxed) - 1,
                  std::memory_order_release);
    } else {
      count.fetch_sub(1, std::memory_order_release);
    }
  }

  const bool is_asymmetric_;
  std::array<Shard, kShards> shards_;
  std::atomic<bool> closed_ = false;
};

// Being inside a gate, by scope.
class Pass {
 public:
  explicit Pass(Gate& gate) : gate_(gate), entered_(gate.Enter()) {}
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;
  ~Pass() {
    if (entered_) gate_.Leave();
  }
  explicit operator bool() const { return entered_; }

 private:
  Gate& gate_;
  bool entered_;
};

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_GATE_H_
