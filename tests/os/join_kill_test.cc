// A tenant is killed at each step of its coming: what is said of the one
// before it stays true.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <span>

#include "lib/base/step.h"
#include "lib/os/tenancy.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using format::WriterSlot;
using testing::Child;
using testing::TempDir;

struct World {
  World() {
    REQUIRE(file->Allocate(0, 4096));
    REQUIRE(file->Publish(dir / "a", File::IfExists::kFail));
  }
  ~World() { munmap(slots.data(), slots.size_bytes()); }
  TempDir dir{true};
  Result<File> file = File::CreateUnnamed(dir / "a", 0600);
  // Shared with children.
  std::span<WriterSlot> slots{
      static_cast<WriterSlot*>(
          mmap(nullptr, format::kWriterSlots * sizeof(WriterSlot),
               PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
      format::kWriterSlots};
};

// As mapfile.5 says it; the slot is nobody's.
bool CountsAsClosed(const WriterSlot& slot, std::uint32_t incarnation) {
  if (slot.incarnation == incarnation) return slot.closed != 0;
  return incarnation >= slot.closed_since;
}

// False: it had come before that step.
bool IsKilledAt(World& world, int last) {
  Child child([&] {
    int steps = 0;
    step_hook = [&](const char*) {
      if (++steps == last) raise(SIGKILL);
    };
    const auto tenancy = Tenancy::Claim(*world.file, world.slots);
    _exit(0);  // Without leaving
    return 0;
  });
  return child.Wait() == -SIGKILL;
}

TEST_CASE("killed while it comes, at any step") {
  for (const bool closed : {true, false}) {
    CAPTURE(closed);
    bool killed = true;
    for (int last = 1; killed; ++last) {
      CAPTURE(last);
      World world;
      {
        auto former = Tenancy::Claim(*world.file, world.slots);
        REQUIRE(former->incarnation() == 1);
        if (closed) former->Leave();
      }
      killed = IsKilledAt(world, last);
      const WriterSlot& slot = world.slots[0];
      CHECK(CountsAsClosed(slot, 1) == closed);
      // Who has come and gone without a word is dead.
      const bool is_dead =
          slot.incarnation == 2 && !CountsAsClosed(slot, slot.incarnation);
      if (!killed) CHECK(is_dead);
      // And the next one knows; but no more of those before a dead one.
      auto next = Tenancy::Claim(*world.file, world.slots);
      REQUIRE(next->slot() == 0);
      next->Leave();
      CHECK(CountsAsClosed(slot, 1) == (closed && !is_dead));
      if (is_dead) CHECK(!CountsAsClosed(slot, 2));
      CHECK(CountsAsClosed(slot, next->incarnation()));
      if (!killed) CHECK(last > 4);
    }
  }
}

}  // namespace
}  // namespace mapfile::os
