// The bytes of a heap: its control block and the blocks it hands out.
//
// Rules as in layout.h. The control block lies at FileHeader::heap_offset in
// a map file, at offset 0 in a heap without a file. Blocks follow each other
// without a gap from first_offset to end_offset; the last one is an end mark
// without usable bytes. No two free blocks are neighbours.
#ifndef MAPFILE_LIB_FORMAT_HEAP_LAYOUT_H_
#define MAPFILE_LIB_FORMAT_HEAP_LAYOUT_H_

#include <bit>
#include <cstddef>
#include <cstdint>

namespace mapfile::format {

inline constexpr unsigned char kHeapMagic[8] = {'M', 'A', 'P', 'H',
                                                'E', 'A', 'P', '\n'};
inline constexpr std::uint32_t kHeapVersion = 1;
inline constexpr std::uint64_t kHeapControlSize = 8192;
inline constexpr std::uint32_t kHeapKeys = 16;
inline constexpr std::uint32_t kJournalEntries = 256;

// Free blocks are kept in lists by size. Below 1024 bytes each multiple of
// 16 has a list; above, each power of two has eight, evenly spaced.
inline constexpr std::uint32_t kExactLists = 64;
inline constexpr std::uint32_t kListsPerDoubling = 8;
inline constexpr std::uint32_t kFreeLists = 368;  // Up to 2^48 bytes
inline constexpr std::uint32_t kBitmapWords = 6;
static_assert(kFreeLists == kExactLists + (48 - 10) * kListsPerDoubling);
static_assert(kFreeLists <= kBitmapWords * 64);

// What a word was before the unit under way changed it.
struct JournalEntry {
  std::uint64_t offset;  // Multiple of 8
  std::uint64_t old_word;
};
static_assert(sizeof(JournalEntry) == 16);

// The heap's own words, 4096-aligned. The file's lock guards every change.
struct HeapControl {
  unsigned char magic[8];      // kHeapMagic
  std::uint32_t version;       // kHeapVersion
  std::uint32_t control_size;  // kHeapControlSize
  std::uint64_t first_offset;  // Header of the first block
  std::uint64_t end_offset;    // End of the end mark; only grows
  std::uint64_t used_bytes;    // Usable bytes of blocks in use
  std::uint64_t used_blocks;
  std::uint64_t free_blocks;
  std::uint64_t moving_offset;  // The user's block that bytes are being moved
                                // to: recovery frees it. 0: none
  std::uint64_t bitmap[kBitmapWords];  // Bit i % 64 of word i / 64: list i
                                       // isn't empty
  std::uint64_t bitmap_reserved[2];
  std::uint64_t keys[kHeapKeys];          // The user's roots
  std::uint64_t list_offset[kFreeLists];  // Header of the first, 0 = none
  std::uint64_t reserved[110];            // 0
  std::uint64_t units;                    // +1 per unit ended, however it ended
  std::uint64_t journal_count;  // Entries that hold; 0: no unit under way
  JournalEntry journal[kJournalEntries];
};
static_assert(sizeof(HeapControl) == kHeapControlSize);
static_assert(offsetof(HeapControl, bitmap) == 64);
static_assert(offsetof(HeapControl, keys) == 128);
static_assert(offsetof(HeapControl, list_offset) == 256);
static_assert(offsetof(HeapControl, journal_count) == 4088);
static_assert(offsetof(HeapControl, journal) == 4096);

// What every block starts with. Its usable bytes follow; their offset is the
// block's name. A free block has its neighbours in the list there, and its
// size again in its last word, by which the block behind finds its start.
struct BlockHeader {
  std::uint64_t size_word;   // See SizeWord
  std::uint64_t owner_word;  // See OwnerWord
};
static_assert(sizeof(BlockHeader) == 16);

struct FreeLinks {
  std::uint64_t next_offset;  // Headers of free blocks of the same list
  std::uint64_t previous_offset;
};

inline constexpr std::uint64_t kBlockAlign = 16;
// Header, links and size of a free block, in a multiple of 16.
inline constexpr std::uint64_t kMinBlockSize = 48;

// The kind of the end mark, a block in use that consists of its header. The
// other kinds are heap::Kind.
inline constexpr std::uint8_t kEndKind = 255;

// Factors of the checks: odd, and without a run of eight equal bits in the
// first, so that no flip of one bit of a header keeps its check.
inline constexpr std::uint64_t kCheckFactor1 = 0x9e3779b97f4a7c15;
inline constexpr std::uint64_t kCheckFactor2 = 0xc2b2ae3d27d4eb4f;
inline constexpr std::uint64_t kCheckFactor3 = 0x165667b19e3779f9;

// [63:56 check][55:48 kind][47:4 size / 16][1 previous is free][0 free]. The
// size counts from this header to the next. Bits 2 and 3 are 0.
struct SizeWord {
  static constexpr std::uint64_t kFree = 1;
  static constexpr std::uint64_t kPreviousFree = 2;
  static constexpr std::uint64_t kSizeMask = (1ull << 48) - kBlockAlign;
  static constexpr std::uint64_t kCheckShift = 56;
  static constexpr std::uint64_t kContentMask = (1ull << kCheckShift) - 1;

  // The word with its check, for a block whose header is at `offset`.
  static constexpr std::uint64_t Seal(std::uint64_t offset,
                                      std::uint64_t word) {
    const std::uint64_t content = word & kContentMask;
    const std::uint64_t sum = content * kCheckFactor1 + offset * kCheckFactor2;
    return content | (sum >> kCheckShift << kCheckShift);
  }
  static constexpr std::uint64_t Make(std::uint64_t offset, std::uint64_t size,
                                      std::uint64_t flags, std::uint8_t kind) {
    return Seal(offset, (std::uint64_t{kind} << 48) | size | flags);
  }
  static constexpr std::uint64_t Size(std::uint64_t word) {
    return word & kSizeMask;
  }
  static constexpr std::uint8_t Kind(std::uint64_t word) {
    return static_cast<std::uint8_t>(word >> 48);
  }
};

// [63:32 check][31:0 owner]. The check covers offset, size, kind and owner;
// not the flags, which change with the neighbours.
struct OwnerWord {
  static constexpr std::uint64_t Make(std::uint64_t offset,
                                      std::uint64_t size_word,
                                      std::uint32_t owner) {
    const std::uint64_t content =
        size_word & SizeWord::kContentMask & ~(kBlockAlign - 1);
    const std::uint64_t sum = content * kCheckFactor1 + offset * kCheckFactor2 +
                              owner * kCheckFactor3;
    return (sum >> 32 << 32) | owner;
  }
  static constexpr std::uint32_t Owner(std::uint64_t word) {
    return static_cast<std::uint32_t>(word);
  }
};

// The list for free blocks of `size` bytes, kMinBlockSize to 2^48 - 1.
constexpr std::uint32_t ListOf(std::uint64_t size) {
  if (size < kExactLists * kBlockAlign) {
    return static_cast<std::uint32_t>(size / kBlockAlign);
  }
  const int log2 = std::bit_width(size) - 1;  // 10 to 47
  const auto step = static_cast<std::uint32_t>((size >> (log2 - 3)) % 8);
  return kExactLists +
         static_cast<std::uint32_t>(log2 - 10) * kListsPerDoubling + step;
}
static_assert(ListOf(1008) == 63 && ListOf(1024) == 64);
static_assert(ListOf((1ull << 48) - 16) == kFreeLists - 1);

}  // namespace mapfile::format

#endif  // MAPFILE_LIB_FORMAT_HEAP_LAYOUT_H_
