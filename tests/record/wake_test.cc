// A waiter and a writer at the same instant: one of them sees the other.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "lib/record/wait.h"
#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

// Lets two threads go on together, again and again.
class Meeting {
 public:
  void Arrive() {
    const int round = round_.load();
    if (arrived_.fetch_add(1) == 1) {
      arrived_ = 0;
      round_.fetch_add(1);
      return;
    }
    for (int spins = 0; round_.load() == round; ++spins) {
      if (spins > 2000) std::this_thread::yield();
    }
  }

 private:
  std::atomic<int> arrived_ = 0;
  std::atomic<int> round_ = 0;
};

TEST_CASE("no wake-up is lost") {
  TestTable t(1 << 20);
  const RecordId id = AddText(*t.table, "a", 'a', 8).value();
  std::uint32_t* const notify = t.table->NotifyWord(id);
  Meeting meeting;
  std::atomic<bool> is_over = false;
  Generation seen = 0;
  std::thread waiter([&] {
    for (unsigned round = 0;; ++round) {
      meeting.Arrive();
      if (is_over) return;
      // Sooner or later it comes at the worst moment of a Put.
      for (unsigned i = 0; i < round % 256; ++i) asm volatile("");
      AskForWake(notify, t.host.now);
      seen = t.table->CurrentGeneration(id).value();
      meeting.Arrive();
    }
  });
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  int rounds = 0;
  int lost = 0;
  while (std::chrono::steady_clock::now() < end) {
    StoreRelaxed(*notify, 0u);
    const int wakes = t.host.wakes;
    meeting.Arrive();
    const Generation now = PutText(*t.table, id, 'b', 8).value();
    meeting.Arrive();
    ++rounds;
    // It neither saw the new version nor will it be woken.
    if (seen != now && t.host.wakes == wakes) ++lost;
  }
  is_over = true;
  meeting.Arrive();
  waiter.join();
  CHECK(lost == 0);
  MESSAGE(rounds << " rounds");
}

}  // namespace
}  // namespace mapfile::record
