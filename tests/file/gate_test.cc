#include "lib/file/gate.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace mapfile::file {
namespace {

TEST_CASE("a closed gate lets nobody in until it is opened") {
  Gate gate;
  CHECK(static_cast<bool>(Pass(gate)));
  CHECK(gate.Close());
  CHECK(gate.is_closed());
  CHECK(!static_cast<bool>(Pass(gate)));
  gate.Open();
  CHECK(static_cast<bool>(Pass(gate)));
}

TEST_CASE("who is inside can't close it") {
  Gate gate;
  const Pass pass(gate);
  REQUIRE(static_cast<bool>(pass));
  CHECK(!gate.Close());
  CHECK(!gate.is_closed());
}

TEST_CASE("another gate's inside doesn't matter") {
  Gate outer;
  Gate inner;
  const Pass pass(outer);
  CHECK(inner.Close());
}

TEST_CASE("closing waits for those inside") {
  Gate gate;
  std::atomic<bool> is_inside = false;
  std::atomic<bool> has_left = false;
  std::thread visitor([&] {
    const Pass pass(gate);
    is_inside = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    has_left = true;
  });
  while (!is_inside) std::this_thread::yield();
  CHECK(gate.Close());
  CHECK(has_left);
  visitor.join();
}

TEST_CASE("nobody is inside once it is closed") {
  for (int round = 0; round < 200; ++round) {
    Gate gate;
    std::atomic<int> inside = 0;
    std::atomic<bool> go = false;
    std::vector<std::thread> visitors;
    for (int i = 0; i < 3; ++i) {
      visitors.emplace_back([&] {
        while (!go) std::this_thread::yield();
        for (;;) {
          const Pass pass(gate);
          if (!pass) return;
          ++inside;
          --inside;
        }
      });
    }
    go = true;
    REQUIRE(gate.Close());
    CHECK(inside == 0);
    for (std::thread& visitor : visitors) visitor.join();
  }
}

}  // namespace
}  // namespace mapfile::file
