#include "lib/os/fence.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

namespace mapfile::os {
namespace {

// Dekker's handshake with a fence on one side alone: at least one of the two
// sees the other.
TEST_CASE("of two sides, one sees the other") {
  if (!HasAsymmetricFence()) {
    MESSAGE("skipped: this system has no membarrier(2)");
    return;
  }
  for (int round = 0; round < 2000; ++round) {
    std::atomic<int> ready = 0;
    std::atomic<bool> hurried = false;
    std::atomic<bool> rare = false;
    bool hurried_saw = false;
    std::thread thread([&] {
      ++ready;
      while (ready != 2) {
      }
      hurried.store(true, std::memory_order_relaxed);
      std::atomic_signal_fence(std::memory_order_seq_cst);
      hurried_saw = rare.load(std::memory_order_relaxed);
    });
    ++ready;
    while (ready != 2) {
    }
    rare.store(true, std::memory_order_relaxed);
    AsymmetricFence();
    const bool rare_saw = hurried.load(std::memory_order_relaxed);
    thread.join();
    REQUIRE((rare_saw || hurried_saw));
  }
}

}  // namespace
}  // namespace mapfile::os
