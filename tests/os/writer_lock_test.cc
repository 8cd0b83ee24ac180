#include "lib/os/writer_lock.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <random>
#include <thread>
#include <vector>

#include "lib/base/atomic.h"
#include "lib/os/process.h"
#include "lib/os/tenancy.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using std::chrono::milliseconds;
using testing::Child;
using testing::TempDir;

// What processes share: writer slots, a lock, and what it guards.
struct Shared {
  format::WriterSlot slots[format::kWriterSlots];
  std::uint64_t lock;
  std::uint64_t a;  // Under the lock, a == b
  std::uint64_t b;
  std::uint64_t recoveries;
  std::uint64_t flag;
};

class World {
 public:
  World() {
    auto file = File::CreateUnnamed(dir_ / "a", 0600);
    REQUIRE(file->Allocate(0, 1 << 16));
    REQUIRE(file->Publish(dir_ / "a", File::IfExists::kFail));
    shared_ = static_cast<Shared*>(mmap(nullptr, sizeof(Shared),
                                        PROT_READ | PROT_WRITE, MAP_SHARED,
                                        file->fd(), 0));
  }
  ~World() { munmap(shared_, sizeof(Shared)); }

  Shared* operator->() { return shared_; }
  Result<File> Open() { return File::Open(dir_ / "a", Access::kReadWrite); }
  std::span<format::WriterSlot> slots() { return shared_->slots; }

 private:
  TempDir dir_{true};
  Shared* shared_;
};

// One writer of the world, in this process.
struct Writer {
  explicit Writer(World& world)
      : file(*world.Open()),
        tenancy(*Tenancy::Claim(file, world.slots())),
        lock(file, world.slots()) {
    lock.SetTenant(tenancy.slot(), tenancy.incarnation());
  }
  File file;
  Tenancy tenancy;
  WriterLock lock;
};

TEST_CASE("a lock is free, taken and free again") {
  World world;
  const Writer writer(world);
  CHECK(writer.lock.Lock(&world->lock, milliseconds(10)).value() == false);
  CHECK(world->lock != 0);
  CHECK(writer.lock.Lock(&world->lock, milliseconds(10))
            .error()
            .message()
            .find("this thread") != std::string::npos);
  writer.lock.Unlock(&world->lock);
  CHECK(world->lock == 0);
}

TEST_CASE("only a free word is taken at once") {
  World world;
  const Writer writer(world);
  CHECK(writer.lock.TryLock(&world->lock));
  CHECK(!writer.lock.TryLock(&world->lock));  // By this thread already
  writer.lock.Unlock(&world->lock);
  // Sleepers, and a dead owner, are Lock()'s business.
  for (const std::uint64_t word :
       {format::LockWord::kWaiters, format::LockWord::Make(0xfffe, 1)}) {
    world->lock = word;
    CHECK(!writer.lock.TryLock(&world->lock));
    CHECK(world->lock == word);
    CHECK(writer.lock.Lock(&world->lock, milliseconds(10)));
    writer.lock.Unlock(&world->lock);
  }
}

TEST_CASE("threads of one writer exclude each other") {
  World world;
  const Writer writer(world);
  std::vector<std::thread> threads;
  std::uint64_t count = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 2000; ++n) {
        REQUIRE(writer.lock.Lock(&world->lock, milliseconds(10000)).value() ==
                false);
        ++count;
        writer.lock.Unlock(&world->lock);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(count == 8000);
}

TEST_CASE("another thread of this writer is busy, and not taken for dead") {
  World world;
  const Writer writer(world);
  REQUIRE(writer.lock.Lock(&world->lock, milliseconds(10)));
  Result<bool> taken = false;
  std::thread([&] {
    taken = writer.lock.Lock(&world->lock, milliseconds(100));
  }).join();
  REQUIRE(!taken);
  CHECK(taken.error().code() == Code::kBusy);
  CHECK(taken.error().message().find("another thread of this process") !=
        std::string::npos);
  writer.lock.Unlock(&world->lock);
}

TEST_CASE("a stopped owner keeps its lock, and is named") {
  World world;
  Child owner([&] {
    const Writer writer(world);
    (void)writer.lock.Lock(&world->lock, milliseconds(10));
    StoreRelease(world->flag, std::uint64_t{1});
    pause();
    return 0;
  });
  REQUIRE(testing::Eventually([&] { return LoadAcquire(world->flag) == 1; }));
  owner.Signal(SIGSTOP);
  const Writer writer(world);
  const auto taken = writer.lock.Lock(&world->lock, milliseconds(100));
  REQUIRE(!taken);
  CHECK(taken.error().code() == Code::kBusy);
  CHECK(taken.error().message().find("pid " + std::to_string(owner.pid())) !=
        std::string::npos);
  // Death is another matter.
  owner.Kill();
  CHECK(writer.lock.Lock(&world->lock, milliseconds(2000)).value() == true);
}

TEST_CASE("a new tenant of its slot doesn't hide a dead owner") {
  World world;
  std::uint32_t slot = 0;
  Child owner([&] {
    const Writer writer(world);
    (void)writer.lock.Lock(&world->lock, milliseconds(10));
    StoreRelease(world->flag, std::uint64_t{1});
    pause();
    return 0;
  });
  REQUIRE(testing::Eventually([&] { return LoadAcquire(world->flag) == 1; }));
  owner.Kill();
  const Writer successor(world);
  CHECK(successor.tenancy.slot() == slot);
  const Writer other(world);
  CHECK(other.lock.Lock(&world->lock, milliseconds(2000)).value() == true);
  other.lock.Unlock(&world->lock);
}

TEST_CASE("the slot's own new tenant sees its predecessor dead") {
  World world;
  world->lock = format::LockWord::Make(0, 1);
  world->slots[0].incarnation = 1;
  const Writer writer(world);
  REQUIRE(writer.tenancy.slot() == 0);
  CHECK(writer.lock.Lock(&world->lock, milliseconds(100)).value() == true);
}

TEST_CASE("a forked child doesn't keep a dead owner alive") {
  World world;
  Child owner([&] {
    const Writer writer(world);
    (void)writer.lock.Lock(&world->lock, milliseconds(10));
    const pid_t grandchild = fork();
    if (grandchild == 0) {
      StoreRelease(world->flag, std::uint64_t{1});
      sleep(5);
      _exit(0);
    }
    pause();
    return 0;
  });
  REQUIRE(testing::Eventually([&] { return LoadAcquire(world->flag) == 1; }));
  owner.Kill();
  const Writer writer(world);
  CHECK(writer.lock.Lock(&world->lock, milliseconds(1000)).value() == true);
}

TEST_CASE("an abandoned lock is taken over") {
  World world;
  const Writer writer(world);
  REQUIRE(writer.lock.Lock(&world->lock, milliseconds(10)));
  writer.lock.Abandon(&world->lock);
  CHECK(writer.lock.Lock(&world->lock, milliseconds(10)).value() == true);
}

TEST_CASE("words of no owner that can be are taken over") {
  World world;
  const Writer writer(world);
  for (const std::uint64_t word :
       {~std::uint64_t{0}, std::uint64_t{0xffff}, std::uint64_t{500},
        format::LockWord::Make(63, 7)}) {
    world->lock = word;
    CHECK(writer.lock.Lock(&world->lock, milliseconds(100)).value() == true);
    writer.lock.Unlock(&world->lock);
  }
}

// Takes the lock again and again, and leaves a == b when it lets it go.
int Work(World& world) {
  const Writer writer(world);
  for (;;) {
    const auto taken = writer.lock.Lock(&world->lock, milliseconds(10000));
    if (!taken) return 1;
    if (*taken) {
      // The dead owner may have been between the two.
      if (world->a != world->b && world->a != world->b + 1) return 2;
      world->b = world->a;
      ++world->recoveries;
    } else if (world->a != world->b) {
      return 3;
    }
    StoreRelaxed(world->a, world->a + 1);
    StoreRelaxed(world->b, world->a);
    writer.lock.Unlock(&world->lock);
  }
}

TEST_CASE("random kills never break what the lock guards") {
  World world;
  std::mt19937 random(3);
  std::vector<Child> children;
  for (int i = 0; i < 3; ++i)
    children.emplace_back([&] { return Work(world); });
  for (int kills = 0; kills < 300; ++kills) {
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 6000));
    Child& victim = children[random() % children.size()];
    REQUIRE(victim.Kill() == -SIGKILL);
    victim.~Child();
    new (&victim) Child([&] { return Work(world); });
  }
  for (Child& child : children) CHECK(child.Kill() == -SIGKILL);
  const Writer writer(world);
  const auto taken = writer.lock.Lock(&world->lock, milliseconds(2000));
  REQUIRE(taken);
  CHECK(world->a > 1000);
  MESSAGE(world->a << " turns, " << world->recoveries << " recoveries");
}

}  // namespace
}  // namespace mapfile::os
