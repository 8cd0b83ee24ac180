#include "lib/file/producers.h"

#include <algorithm>
#include <string>

#include "lib/base/atomic.h"
#include "lib/base/copy.h"
#include "lib/os/clock.h"
#include "lib/os/tenancy.h"

namespace mapfile::file {
namespace {

using format::WriterSlot;

constexpr std::uint64_t kClockSlackNs = 10'000'000'000;

// What the slot says of its present tenant.
void Describe(const WriterSlot& writer, Producer& producer) {
  char command[sizeof writer.command + 1] = {};
  CopyShared(command, writer.command, sizeof writer.command);
  producer.command = command;
  producer.pid = LoadRelaxed(writer.pid);
  producer.opened_ns = LoadRelaxed(writer.opened_ns);
  producer.updates = LoadRelaxed(writer.updates);
}

ProducerState StateOfTenant(const Core& core, std::uint32_t slot,
                            const WriterSlot& writer) {
  if (LoadAcquire(writer.closed) != 0) return ProducerState::kClosed;
  return os::IsSlotHeld(core.file(), slot) ? ProducerState::kAlive
                                           : ProducerState::kDead;
}

}  // namespace

Producer ProducerOf(const Core& core, std::uint32_t slot,
                    std::uint32_t incarnation) {
  Producer producer;
  producer.slot = slot;
  const auto writers = core.region().writers();
  if (slot >= writers.size()) return producer;
  const WriterSlot& writer = writers[slot];
  // Acquire: the rest belongs to this tenant, unless it is a later one.
  const std::uint32_t tenant = LoadAcquire(writer.incarnation);
  if (tenant == incarnation) {
    Describe(writer, producer);
    producer.state = StateOfTenant(core, slot, writer);
  } else if (incarnation >= LoadRelaxed(writer.closed_since) &&
             incarnation < tenant) {
    producer.state = ProducerState::kClosed;
  }
  return producer;
}

std::vector<Producer> LivingProducers(const Core& core) {
  std::vector<Producer> producers;
  const auto writers = core.region().writers();
  for (std::uint32_t i = 0; i < writers.size(); ++i) {
    const std::uint32_t incarnation = LoadAcquire(writers[i].incarnation);
    if (incarnation == 0) continue;
    Producer producer = ProducerOf(core, i, incarnation);
    if (producer.state == ProducerState::kAlive) {
      producers.push_back(std::move(producer));
    }
  }
  return producers;
}

std::uint64_t TenantsAndDeaths(const Core& core) {
  std::uint64_t number = 0;
  const auto writers = core.region().writers();
  for (std::uint32_t i = 0; i < writers.size(); ++i) {
    const std::uint32_t incarnation = LoadAcquire(writers[i].incarnation);
    number += incarnation;
    const bool is_own = core.IsWriter() && i == core.host()->writer_slot();
    if (incarnation == 0 || is_own) continue;
    number += StateOfTenant(core, i, writers[i]) == ProducerState::kDead;
  }
  return number;
}

std::uint64_t AgeOf(const record::Version& version) {
  const os::CoarseTimes now = os::CoarseNow();
  // The monotonic clock can't be set, but counts from a boot. Written since
  // this one, by the wall clock? (Which may be set by a little.)
  const bool is_this_boot =
      version.wall_ns + kClockSlackNs + now.mono_ns >= now.wall_ns;
  if (is_this_boot && version.mono_ns <= now.mono_ns) {
    return now.mono_ns - version.mono_ns;
  }
  return now.wall_ns > version.wall_ns ? now.wall_ns - version.wall_ns : 0;
}

}  // namespace mapfile::file

namespace mapfile {

const char* ProducerStateName(ProducerState state) {
  switch (state) {
    case ProducerState::kAlive: return "alive";
    case ProducerState::kStalled: return "stalled";
    case ProducerState::kClosed: return "closed";
    case ProducerState::kDead: return "dead";
  }
  return "unknown";
}

}  // namespace mapfile
