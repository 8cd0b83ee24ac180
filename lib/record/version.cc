#include "lib/record/version.h"

#include <string>
#include <thread>
#include <vector>

#include "lib/base/copy.h"
#include "lib/base/try.h"

namespace mapfile::record {

tl::unexpected<Error> OtherStamp() {
  return Fail(Code::kCorrupt, "the published version has another stamp");
}

Status NoGeneration() {
  return Fail(Code::kNoSpace, "the record has used up its generations");
}

Status TooBig(std::uint64_t size) {
  return Fail(Code::kInvalidArgument,
              "a value of " + std::to_string(size) + " bytes is too big");
}

#ifdef MAPFILE_TSAN
// Plain stores beside a reader's copy are a race to the sanitizer, which
// can't know that the stamp makes the reader drop it.
Status FillShared(Fill fill, std::span<std::byte> bytes) {
  std::vector<std::byte> aside(bytes.size());
  MAPFILE_RETURN_IF_ERROR(fill(aside));
  CopyShared(bytes.data(), aside.data(), aside.size());
  return {};
}
#endif

Status CopyValue(std::span<const std::byte> from, std::span<std::byte> to) {
  if (from.data() < to.data() + to.size() &&
      to.data() < from.data() + from.size()) {
    return Fail(Code::kCorrupt, "two of its slots lead to the same bytes");
  }
  CopyShared(to.data(), from.data(), from.size());
  return {};
}

tl::unexpected<Error> NoVersion() {
  return Fail(Code::kCorrupt, "the record's published word names no version");
}

Found FindOlder(Block block, Generation wanted, Current current) {
  // A stamp above the published generation isn't published yet.
  if (wanted > current.generation) return Found{};
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    if (LoadAcquire(block.slots[i].stamp) == wanted) {
      return Found{&block.slots[i], wanted, 0, false};
    }
  }
  return Found{};
}

Status CheckMoved(Block block, Found found) {
  if (!found.is_current) return {};
  // Fence: after the stamp. A published word never comes back.
  if (FenceThenLoad(block.header->published) != found.published) return {};
  return OtherStamp();
}

Status LostInCrash() {
  return Fail(Code::kCorrupt, "its value was lost in a crash of the machine");
}

void PauseReader(int attempt) {
  constexpr int kSpins = 100;
  if (attempt >= kSpins) std::this_thread::yield();
}

}  // namespace mapfile::record
