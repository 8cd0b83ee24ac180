// Gate: lets calls into an open file until it is closed.
#ifndef MAPFILE_LIB_FILE_GATE_H_
#define MAPFILE_LIB_FILE_GATE_H_

#include <array>
#include <atomic>
#include <cstdint>

namespace mapfile::file {

// Any number of threads pass at once, without waiting for each other; who
// closes the gate waits for those inside. A pass costs two additions to a
// line that few threads share.
class Gate {
 public:
  // False: the gate is closed; there is nothing to Leave() then.
  bool Enter();
  void Leave();

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
  Shard& MyShard();

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
