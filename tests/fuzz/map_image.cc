#include "tests/fuzz/map_image.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "lib/format/heap_layout.h"
#include "lib/format/layout.h"
#include "lib/os/clock.h"
#include "tests/fuzz/base_image.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t max_size);

namespace mapfile::fuzz {
namespace {

using format::FileHeader;
using format::HeapControl;

std::span<std::byte> Room() {
  alignas(format::kPageSize) static std::byte room[kImageRoom];
  return room;
}

template <class T>
T* At(std::span<std::byte> file, std::uint64_t offset) {
  if (offset % alignof(T) != 0 || offset > file.size() ||
      sizeof(T) > file.size() - offset) {
    return nullptr;
  }
  return reinterpret_cast<T*>(file.data() + offset);
}

// Gives each block in the chain the checks that its header should have.
void SealBlocks(std::span<std::byte> file) {
  const auto* header = At<FileHeader>(file, 0);
  const auto* heap =
      header ? At<HeapControl>(file, header->heap_offset) : nullptr;
  std::uint64_t at = heap ? heap->first_offset : 0;
  for (int i = 0; i < 4096 && at != 0; ++i) {
    auto* block = At<format::BlockHeader>(file, at);
    if (block == nullptr) return;
    block->size_word = format::SizeWord::Seal(at, block->size_word);
    block->owner_word = format::OwnerWord::Make(
        at, block->size_word, format::OwnerWord::Owner(block->owner_word));
    const std::uint64_t size = format::SizeWord::Size(block->size_word);
    if (size == 0) return;
    at += size;
  }
}

void SignAsThisBoot(std::span<std::byte> file) {
  auto* header = At<FileHeader>(file, 0);
  if (header == nullptr) return;
  static const auto boot_id = os::BootId();
  std::copy(boot_id.begin(), boot_id.end(), header->boot_id);
}

void Place(MapImage& image, const std::byte* data, std::size_t size) {
  if (size != 0) std::memcpy(image.room.data(), data, size);
  std::memset(image.room.data() + size, 0, image.room.size() - size);
  image.size = size;
}

// Where something is in a base image, for words that are worth a change.
const std::vector<std::uint16_t>& WordsOf(int which) {
  static const auto words = [] {
    std::array<std::vector<std::uint16_t>, kBaseImages> lists;
    for (int i = 0; i < kBaseImages; ++i) {
      const auto& bytes = BaseImage(i);
      for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        if (word != 0) lists[i].push_back(static_cast<std::uint16_t>(at / 8));
      }
    }
    return lists;
  }();
  return words[which];
}

int BaseOf(const std::uint8_t* data) { return data[0] % kBaseImages; }

// A value near to what makes sense somewhere in the file.
std::uint64_t LikelyValue(int base, std::uint16_t word,
                          std::minstd_rand& random) {
  const auto& bytes = BaseImage(base);
  const auto& words = WordsOf(base);
  const std::uint16_t other = words[random() % words.size()];
  const std::uint16_t from = random() % 2 ? word : other;
  std::uint64_t value = 0;
  if (from * 8u + 8 <= bytes.size()) {
    std::memcpy(&value, bytes.data() + from * 8u, 8);
  }
  switch (random() % 8) {
    case 0: return value ^ (std::uint64_t{1} << random() % 64);
    case 1: return value + (std::uint64_t{1} << random() % 16);
    case 2: return value - (std::uint64_t{1} << random() % 16);
    case 3: return other * std::uint64_t{8};
    case 4: return random() % 64;
    case 5: return ~std::uint64_t{0} >> random() % 64;
    default: return value;
  }
}

std::uint16_t LikelyWord(int base, std::minstd_rand& random) {
  const auto& words = WordsOf(base);
  const std::uint16_t word = words[random() % words.size()];
  return random() % 4 ? word : static_cast<std::uint16_t>(word + random() % 24);
}

void WriteEntry(std::uint8_t* entry, std::uint16_t word, std::uint64_t value) {
  std::memcpy(entry, &word, 2);
  std::memcpy(entry + 2, &value, 8);
}

}  // namespace

MapImage MakeImage(std::span<const std::uint8_t> input) {
  MapImage image{Room()};
  const bool is_file =
      input.size() >= 8 && input.size() <= kImageRoom &&
      std::equal(input.begin(), input.begin() + 8, format::kMagic);
  if (is_file) {
    Place(image, reinterpret_cast<const std::byte*>(input.data()),
          input.size());
    image.options = input.size() % 256;
    return image;
  }
  if (input.size() < kImageHead) {
    Place(image, nullptr, 0);
    return image;
  }
  const auto& base = BaseImage(BaseOf(input.data()));
  Place(image, base.data(), base.size());
  image.options = input[1];
  if (image.options & kThisBoot) SignAsThisBoot(image.room);
  for (auto rest = input.subspan(kImageHead); rest.size() >= kImageEntry;
       rest = rest.subspan(kImageEntry)) {
    std::uint16_t word = 0;
    std::memcpy(&word, rest.data(), 2);
    if (word * 8u + 8 > kImageRoom) continue;
    std::memcpy(image.room.data() + word * 8u, rest.data() + 2, 8);
  }
  const std::uint64_t pages = input[2] % (kImageRoom / format::kPageSize + 1);
  if (pages != 0) image.size = pages * format::kPageSize;
  if (image.options & kSealed) SealBlocks(image.room.first(image.size));
  return image;
}

std::size_t MutateImage(std::uint8_t* data, std::size_t size,
                        std::size_t max_size, std::minstd_rand& random) {
  if (max_size < kImageHead + kImageEntry) return size;
  if (size < kImageHead) {
    const std::uint8_t head[] = {1, kSealed | kThisBoot, 0};
    std::memcpy(data, head, kImageHead);
    size = kImageHead;
  }
  const std::size_t entries = (size - kImageHead) / kImageEntry;
  size = kImageHead + entries * kImageEntry;
  const int base = BaseOf(data);
  const std::size_t which =
      kImageHead + (entries ? random() % entries : 0) * kImageEntry;
  switch (random() % 8) {
    case 0: data[1] = static_cast<std::uint8_t>(random()); return size;
    case 1:
      data[random() % 2 * 2] = static_cast<std::uint8_t>(random() % 20);
      return size;
    case 2:  // Less
      if (entries < 2) break;
      std::memmove(data + which, data + which + kImageEntry,
                   size - which - kImageEntry);
      return size - kImageEntry;
    case 3:
      if (entries == 0) break;
      LLVMFuzzerMutate(data + which + 2, 8, 8);
      return size;
    case 4: {
      if (entries == 0) break;
      std::uint16_t word = 0;
      std::memcpy(&word, data + which, 2);
      WriteEntry(data + which, word, LikelyValue(base, word, random));
      return size;
    }
    default: break;
  }
  // More
  if (size + kImageEntry > max_size) return size;
  const std::uint16_t word = LikelyWord(base, random);
  WriteEntry(data + size, word, LikelyValue(base, word, random));
  return size + kImageEntry;
}

}  // namespace mapfile::fuzz
