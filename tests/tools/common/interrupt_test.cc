#include "tools/common/interrupt.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace mapfile::tools {
namespace {

using Clock = std::chrono::steady_clock;

TEST_CASE("a signal is noticed, and wakes a sleeper") {
  CatchInterrupts();
  CHECK_FALSE(Interrupted());
  const auto begin = Clock::now();
  SleepInterruptibly(20'000'000);
  CHECK(Clock::now() - begin >= std::chrono::milliseconds(20));
  CHECK_FALSE(Interrupted());
  const pthread_t sleeper = ::pthread_self();
  std::thread alarm([sleeper] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ::pthread_kill(sleeper, SIGINT);
  });
  SleepInterruptibly(20'000'000'000);
  alarm.join();
  CHECK(Interrupted());
  CHECK(Clock::now() - begin < std::chrono::seconds(10));
  ::raise(SIGTERM);  // Ends nothing either
}

}  // namespace
}  // namespace mapfile::tools
