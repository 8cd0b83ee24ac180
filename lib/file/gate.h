// Gate: lets calls into an open file until it is closed.
#ifndef MAPFILE_LIB_FILE_GATE_H_
#define MAPFILE_LIB_FILE_GATE_H_

#include <array>
#include <atomic>
#include <cstdint>

#include "lib/base/thread_list.h"

namespace mapfile::file {

class Gate;

// What a thread knows: its number, and the gates that it is inside of, since
// a call of one file may, from a callback, call another.
struct GateThread {
  std::uint32_t number = 0;  // None yet
  ThreadList<const Gate*> inside;
};

// Any number of threads pass at once, without waiting for each other; who
// closes the gate waits for those inside. A pass costs two additions to a
// line that few threads share.
class Gate {
 public:
  // False: the gate is closed; there is nothing to Leave() then.
  bool Enter() {
    std::atomic<std::uint32_t>& count = MyShard().inside;
    // seq_cst on both sides: either this sees the gate closed, or Close()
    // sees this count.
    count.fetch_add(1, std::memory_order_seq_cst);
    if (closed_.load(std::memory_order_seq_cst)) [[unlikely]] {
      count.fetch_sub(1, std::memory_order_release);
      return false;
    }
    mine_.inside.Remember(this);
    return true;
  }
  void Leave() {
    mine_.inside.Forget(this);
    MyShard().inside.fetch_sub(1, std::memory_order_release);
  }

  // Lets nobody in any more and waits until all have left. Returns false,
  // with the gate as it was, when this thread is inside itself.
  bool Close();
  // Undoes Close().
  void Open() { closed_.store(false, std::memory_order_seq_cst); }

  bool is_closed() const { return closed_.load(std::memory_order_acquire); }

 private:
  static constexpr int kShards = 16;
  struct alignas(64) Shard {
    std::atomic<std::uint32_t> inside = 0;
  };
  static inline constinit thread_local GateThread mine_;
  static std::uint32_t NextNumber();

  Shard& MyShard() {
    if (mine_.number == 0) [[unlikely]]
      mine_.number = NextNumber();
    return shards_[mine_.number % kShards];
  }

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
