// Map files that fuzzers start from: the same bytes in every run.
#ifndef MAPFILE_TESTS_FUZZ_BASE_IMAGE_H_
#define MAPFILE_TESTS_FUZZ_BASE_IMAGE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lib/base/atomic.h"
#include "lib/base/region.h"
#include "lib/format/layout.h"
#include "lib/record/host.h"

namespace mapfile::fuzz {

// Locks for one thread: whoever else holds one is dead.
class LoneHost : public record::Host {
 public:
  LoneHost() : Host(0, kIncarnation) {}
  Result<bool> Lock(std::uint64_t* word) override {
    const std::uint64_t seen = LoadRelaxed(*word);
    if (seen == kMe) return Fail(Code::kBusy, "this thread has it already");
    StoreRelaxed(*word, kMe);
    return seen != 0;
  }
  void Unlock(std::uint64_t* word) override {
    StoreRelaxed(*word, std::uint64_t{0});
  }
  void Abandon(std::uint64_t* word) override {
    StoreRelaxed(*word, format::LockWord::Make(7, 1));
  }
  record::Times Now() override { return {now_ += 1000, now_}; }
  void Wake(const std::uint32_t*) override {}

 private:
  static constexpr std::uint32_t kIncarnation = 0x11000001;
  static constexpr std::uint64_t kMe = format::LockWord::Make(0, kIncarnation);
  std::uint64_t now_ = 1'700'000'000'000'000'000;
};

// Bytes that may become more, as a file's do.
class LoneRegion : public Region {
 public:
  LoneRegion(std::span<std::byte> room, std::uint64_t size)
      : Region(room.first(size)), room_(room) {}
  Status Grow(std::uint64_t size) override;

 private:
  std::span<std::byte> room_;
};

inline constexpr int kBaseImages = 3;

// 0: an empty file. 1: numbers, texts and a histogram, each kind of block.
// 2: objects with pointers, a record that was removed, one without room.
const std::vector<std::byte>& BaseImage(int which);

}  // namespace mapfile::fuzz

#endif  // MAPFILE_TESTS_FUZZ_BASE_IMAGE_H_
