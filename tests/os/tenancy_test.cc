#include "lib/os/tenancy.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include <cstring>
#include <vector>

#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

struct World {
  World() {
    REQUIRE(file->Allocate(0, 4096));
    REQUIRE(file->Publish(dir / "a", File::IfExists::kFail));
  }
  TempDir dir{true};
  Result<File> file = File::CreateUnnamed(dir / "a", 0600);
  format::WriterSlot slots[format::kWriterSlots] = {};
};

TEST_CASE("a tenant holds its slot, signs it, and leaves") {
  World world;
  {
    auto tenancy = Tenancy::Claim(*world.file, world.slots);
    REQUIRE(tenancy);
    CHECK(tenancy->slot() == 0);
    CHECK(tenancy->incarnation() == 1);
    CHECK(IsSlotHeld(*world.file, 0));
    CHECK(!IsSlotHeld(*world.file, 1));
    CHECK(world.slots[0].pid == static_cast<std::uint32_t>(getpid()));
    CHECK(std::strlen(world.slots[0].command) > 0);
    CHECK(world.slots[0].closed == 0);
    tenancy->Leave();
    CHECK(world.slots[0].closed == 1);
  }
  CHECK(!IsSlotHeld(*world.file, 0));
}

TEST_CASE("who closed in order is remembered") {
  World world;
  Tenancy::Claim(*world.file, world.slots)->Leave();  // 1 closed
  CHECK(Tenancy::Claim(*world.file, world.slots));    // 2 died
  CHECK(world.slots[0].closed_since == 1);
  Tenancy::Claim(*world.file, world.slots)->Leave();  // 3 closed
  CHECK(world.slots[0].closed_since == 3);
  Tenancy::Claim(*world.file, world.slots)->Leave();
  CHECK(world.slots[0].incarnation == 4);
  CHECK(world.slots[0].closed_since == 3);
}

TEST_CASE("there are 64 places") {
  World world;
  std::vector<Tenancy> tenants;
  for (std::uint32_t i = 0; i < format::kWriterSlots; ++i) {
    tenants.push_back(*Tenancy::Claim(*world.file, world.slots));
    CHECK(tenants.back().slot() == i);
  }
  CHECK(Tenancy::Claim(*world.file, world.slots).error().code() ==
        Code::kBusy);
}

TEST_CASE("a killed tenant's slot is free") {
  World world;
  Child tenant([&] {
    const auto tenancy = Tenancy::Claim(*world.file, world.slots);
    pause();
    return 0;
  });
  REQUIRE(testing::Eventually([&] { return IsSlotHeld(*world.file, 0); }));
  tenant.Kill();
  CHECK(!IsSlotHeld(*world.file, 0));
}

TEST_CASE("a reader who locks bytes doesn't pass for a writer") {
  World world;
  auto reader = File::Open(world.dir / "a", Access::kRead);
  REQUIRE(reader);
  struct flock lock {};
  lock.l_type = F_RDLCK;
  lock.l_start = static_cast<off_t>(format::kLockByte);
  lock.l_len = 1;
  REQUIRE(fcntl(reader->fd(), F_OFD_SETLK, &lock) == 0);
  CHECK(!IsSlotHeld(*world.file, 0));
}

TEST_CASE("on a new boot incarnations leave lost ones behind") {
  World world;
  CHECK(Tenancy::Claim(*world.file, world.slots, true)->incarnation() >
        1000);
}

}  // namespace
}  // namespace mapfile::os
