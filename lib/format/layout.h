// The bytes of a map file, format version 1. man/mapfile.5 is the normative
// text; a test holds its tables and these structs together.
//
// All integers are little-endian. A field called `*_offset` counts bytes from
// the start of the file, 0 = none. Words that several processes change are
// read and written through lib/base/atomic.h. Enumerators and field positions
// never change meaning: a change is a new flag or a new format version.
#ifndef MAPFILE_LIB_FORMAT_LAYOUT_H_
#define MAPFILE_LIB_FORMAT_LAYOUT_H_

#include <cstddef>
#include <cstdint>

namespace mapfile::format {

// Not text, not a valid UTF-8 string, damaged by any newline conversion.
inline constexpr unsigned char kMagic[8] = {0x89, 'M', 'A', 'P',
                                            '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::uint32_t kByteOrderMark = 0x01020304;
inline constexpr std::uint64_t kPageSize = 4096;

inline constexpr std::uint32_t kWriterSlots = 64;
inline constexpr std::uint32_t kWriterRing = 32;
inline constexpr std::uint32_t kNotifyWords = 1024;  // Word 0: file watchers.
inline constexpr std::uint32_t kMinSlots = 2;
inline constexpr std::uint32_t kDefaultSlots = 3;
inline constexpr std::uint32_t kMaxSlots = 16;
inline constexpr std::uint32_t kMaxNameSize = 255;  // Bytes.
inline constexpr std::uint32_t kMaxTitleSize = 4096;
inline constexpr std::uint32_t kMaxTypeSize = 1 << 20;  // Bytes of its text.

// hash_id: how names and checksums are hashed.
enum HashId : std::uint64_t {
  kHashXxh3 = 1,  // XXH3, 64 bits, with the header's seed.
};

// replaced: what happened to the path of this file.
enum Replaced : std::uint64_t {
  kNotReplaced = 0,
  kReplacing = 1,  // Announced; true only once the path names another inode.
  kReplacedNow = 2,
};

// FileHeader::replaced: [63:32 incarnation][31:16 writer slot + 1], of who
// announced it, [15:0 Replaced].
struct ReplacedWord {
  static constexpr std::uint64_t Announce(std::uint32_t slot,
                                          std::uint32_t incarnation) {
    return (std::uint64_t{incarnation} << 32) |
           (std::uint64_t{slot + 1} << 16) | kReplacing;
  }
  static constexpr bool IsValid(std::uint64_t word) {
    return word == kNotReplaced || word == kReplacedNow ||
           (State(word) == kReplacing && Slot(word) < kWriterSlots);
  }
  static constexpr Replaced State(std::uint64_t word) {
    return static_cast<Replaced>(word & 0xffff);
  }
  static constexpr std::uint32_t Slot(std::uint64_t word) {
    return static_cast<std::uint32_t>(word >> 16 & 0xffff) - 1;
  }
  static constexpr std::uint32_t Incarnation(std::uint64_t word) {
    return static_cast<std::uint32_t>(word >> 32);
  }
};

// state: whether the last session ended in order.
enum State : std::uint32_t {
  kStateOpen = 1,    // A writer has, or had when it died, the file open.
  kStateClosed = 2,  // The last writer closed it.
};

enum IncompatibleFlags : std::uint64_t {
  kHugeAligned = 1,  // Reserved: data aligned to 2 MiB. Unknown: refuse.
};
enum ReadOnlyCompatibleFlags : std::uint64_t {
  kDurable = 1,  // Slots named durable and quarantined buffers are kept.
};

// Page 0. What the file is (written once) and its shared words, each of
// those that change often on a cache line of its own.
struct FileHeader {
  unsigned char magic[8];
  std::uint32_t byte_order;      // kByteOrderMark
  std::uint32_t format_version;  // kFormatVersion
  std::uint64_t compatible_flags;
  std::uint64_t read_only_compatible_flags;  // Unknown bit: open for READ only
  std::uint64_t incompatible_flags;          // Unknown bit: refuse
  std::uint32_t header_size;                 // sizeof(FileHeader)
  std::uint32_t record_size;                 // sizeof(RecordHeader)
  std::uint32_t slot_size;                   // sizeof(SlotHeader)
  std::uint32_t writer_size;                 // sizeof(WriterSlot)
  std::uint32_t writer_slots;                // kWriterSlots
  std::uint32_t notify_words;                // kNotifyWords
  std::uint64_t hash_id;                     // HashId
  std::uint64_t hash_seed;
  std::uint64_t heap_offset;     // HeapControl, see heap_layout.h
  std::uint64_t records_offset;  // RecordControl
  std::uint64_t writers_offset;  // WriterSlot[writer_slots]
  std::uint64_t notify_offset;   // u32[notify_words], a page of its own
  std::uint64_t data_offset;     // First byte the heap may hand out
  std::uint64_t max_size;        // Bytes; the file never grows past it
  std::uint64_t created_ns;      // CLOCK_REALTIME
  char creator[32];              // "mapfile 0.1.0", NUL-padded
  std::uint64_t device;          // st_dev and st_ino of the file itself; a
  std::uint64_t inode;           // mismatch marks a copy
  unsigned char boot_id[16];     // Of the last writer's opening
  std::uint32_t state;           // State
  std::uint32_t state_reserved;
  std::uint64_t identity_reserved[6];

  std::uint64_t size;  // Committed bytes, multiple of kPageSize; only grows
  std::uint64_t size_line[7];
  std::uint64_t lock;  // Writers' lock for structure, see LockWord
  std::uint64_t lock_line[7];
  std::uint64_t replaced;              // ReplacedWord
  std::uint64_t structure_generation;  // +1 per record added or removed
  std::uint64_t generation_floor;  // A new record starts above it
  std::uint64_t sync_epoch;        // +1 per completed Sync
  std::uint64_t transaction_sequence;
  std::uint64_t title_offset;  // u32 size, then that many bytes; 0: no title
  std::uint64_t dying_offset;  // RecordHeaders being built or taken apart, see
                               // dying_next: recovery finishes them
  std::uint64_t pending_offset;  // Block built but not linked yet, or not linked
                                 // any more: freed by recovery
  std::uint64_t next_birth;      // Order of insertion of the next record
  std::uint64_t title_sequence;  // +1 per change of the title
  std::uint64_t shared_reserved[6];

  // +1 per publication that somebody who watches the whole file may sleep
  // for, and per structure change; its low half is the file's wait word.
  // Nobody touches it while nobody watches: producers would fight over it.
  std::uint64_t activity;
  std::uint64_t activity_line[7];
  unsigned char reserved[512];  // 0
};
static_assert(sizeof(FileHeader) == 1088);
static_assert(offsetof(FileHeader, created_ns) == 128);
static_assert(offsetof(FileHeader, size) == 256);
static_assert(offsetof(FileHeader, lock) == 320);
static_assert(offsetof(FileHeader, replaced) == 384);
static_assert(offsetof(FileHeader, activity) == 512);
static_assert(offsetof(FileHeader, reserved) == 576);

// A lock word: [63:32 incarnation][31 waiters][15:0 writer slot + 1]; 0 =
// free. Its low half is the futex that waiters sleep on.
struct LockWord {
  static constexpr std::uint64_t kWaiters = 1ull << 31;
  static constexpr std::uint64_t kSlotMask = 0xffff;

  static constexpr std::uint64_t Make(std::uint32_t slot,
                                      std::uint32_t incarnation) {
    return (std::uint64_t{incarnation} << 32) | (slot + 1);
  }
  static constexpr std::uint32_t Incarnation(std::uint64_t word) {
    return static_cast<std::uint32_t>(word >> 32);
  }
  // The owner's slot; meaningless where the word is free.
  static constexpr std::uint32_t Slot(std::uint64_t word) {
    return static_cast<std::uint32_t>(word & kSlotMask) - 1;
  }
  static constexpr bool IsFree(std::uint64_t word) {
    return (word & kSlotMask) == 0;
  }
};

// One writing process (more exactly, one open handle that may write). It is
// alive as long as the kernel holds its lock on byte kLockByte + slot number.
inline constexpr std::uint64_t kLockByte = 1ull << 62;

struct WriterSlot {
  std::uint32_t incarnation;   // +1 per tenant; 0 = never used
  std::uint32_t pid;           // In its own namespace: for people only
  std::uint64_t start_ticks;   // Field 22 of /proc/pid/stat
  std::uint64_t opened_ns;     // CLOCK_REALTIME
  std::uint32_t closed;        // 1 once this tenant closed in order
  std::uint32_t closed_since;  // Tenants from this incarnation up to the
                               // present one's predecessor closed in order
  char command[32];            // Its name, NUL-padded
  // What it did, on a line of its own. The sums never restart.
  std::uint64_t updates;     // Versions published; also the ring's head
  double sum_size;           // Bytes of the values counted in `sizes`
  double sum_size_squared;
  std::uint64_t sizes;  // Values written, or told of by their producer
  std::uint64_t activity_reserved[4];
  std::uint32_t ring[kWriterRing];  // Record indices, newest at updates - 1
};
static_assert(sizeof(WriterSlot) == 256);
static_assert(offsetof(WriterSlot, updates) == 64);
static_assert(offsetof(WriterSlot, ring) == 128);

// The record table's own words. The file's lock guards every change.
struct RecordControl {
  std::uint64_t index_offset;  // IndexHeader in force
  std::uint64_t live;          // Records
  std::uint64_t used;          // Index entries not empty: live + tombstones
  std::uint64_t type_first_offset;  // TypeHeader list, append only
  std::uint64_t type_last_offset;
  std::uint64_t types;              // Their number; ids are 1..types
  std::uint64_t reserved[10];
  // Control blocks of removed records, by slot count and name capacity
  // class: they keep their shape for ever, since readers may look at them.
  std::uint64_t reusable_offset[kMaxSlots + 1][3];
  std::uint64_t tail_reserved[61];
};
static_assert(sizeof(RecordControl) == 1024);
static_assert(offsetof(RecordControl, reusable_offset) == 128);

// Bytes reserved for a name: the class is its position here.
inline constexpr std::uint32_t kNameCapacities[3] = {32, 96, 256};

// The open-addressing hash table of names; 2^log2_capacity entries follow.
struct IndexHeader {
  std::uint32_t log2_capacity;
  std::uint32_t reserved;
  std::uint64_t number;  // +1 per table: tells those at one offset apart
};
static_assert(sizeof(IndexHeader) == 16);

// An entry: [63:48 top 16 bits of the name's hash][47:0 record offset].
struct IndexEntry {
  static constexpr std::uint64_t kEmpty = 0;
  static constexpr std::uint64_t kTombstone = 1;
  static constexpr std::uint64_t kOffsetMask = (1ull << 48) - 1;

  static constexpr std::uint64_t Make(std::uint64_t hash,
                                      std::uint64_t offset) {
    return (hash & ~kOffsetMask) | offset;
  }
};

enum RecordFlags : std::uint32_t {
  kCounter = 1,  // Words of its value are counted in place
};

// The control block of a record, followed by SlotHeader[slots] and then the
// name. It is never given back to the heap while the file lives. What a Get
// loads lies on its first cache line, what a Put stores but the published word
// on its second: taking the lock must not wait for a line that a reader has
// just taken away.
struct RecordHeader {
  std::uint32_t incarnation;  // +1 when added, +1 when removed: odd = live
  std::uint32_t flags;        // RecordFlags
  std::uint64_t published;    // PublishedWord; its low half is the wait word
  std::uint64_t birth;        // Order of insertion
  std::uint64_t birth_generation;  // Updates = its generation - this one
  std::uint64_t name_hash;
  std::uint16_t name_size;
  std::uint16_t name_capacity;  // One of kNameCapacities
  std::uint16_t slots;          // K
  std::uint16_t durable_slot;   // 1 + the slot that Sync confirmed; 0 = none
  std::uint64_t attributes_offset;  // RecordAttributes; 0 = none
  std::uint64_t title_offset;       // As FileHeader::title_offset

  std::uint64_t lock;        // LockWord of the producers of this record
  std::uint64_t dying_next;  // Next in the dying or the reusable list
  std::uint64_t properties_sequence;  // +1 per change of title or attributes
  std::uint64_t history_offset;       // Reserved: a deeper ring
  std::uint64_t transaction;          // Reserved: group snapshots
  std::uint64_t writers_reserved[3];  // 0
};
static_assert(sizeof(RecordHeader) == 128);
static_assert(offsetof(RecordHeader, lock) == 64);

// [63:4 generation][3:0 slot]; 0 = nothing published yet. A generation has
// 60 bits, so at a thousand million updates a second it lasts 36 years.
struct PublishedWord {
  static constexpr std::uint64_t Make(std::uint64_t generation,
                                      std::uint32_t slot) {
    return (generation << 4) | slot;
  }
  static constexpr std::uint64_t Generation(std::uint64_t word) {
    return word >> 4;
  }
  static constexpr std::uint32_t Slot(std::uint64_t word) {
    return static_cast<std::uint32_t>(word & 15);
  }
};

enum SlotFlags : std::uint16_t {
  kChecked = 1,  // `checksum` holds
  kDamaged = 2,  // Lost in a crash of the machine: not to be returned
};

// All that belongs to one version of a record.
struct SlotHeader {
  std::uint64_t stamp;   // Its generation; 0 while it is being written
  std::uint64_t offset;  // Of its buffer in the heap; capacity: the block's
  std::uint64_t size;    // Bytes of the value
  std::uint64_t wall_ns;  // CLOCK_REALTIME_COARSE
  std::uint64_t mono_ns;  // CLOCK_MONOTONIC_COARSE, this boot's
  std::uint32_t writer_incarnation;
  std::uint16_t writer_slot;
  std::uint16_t flags;     // SlotFlags
  std::uint32_t type_id;   // TypeHeader::id
  std::uint32_t checksum;  // Low half of the value's XXH3
  std::uint64_t transaction;  // Reserved: group snapshots
};
static_assert(sizeof(SlotHeader) == 64);

// What a person may say about a record. Each text has at most
// kMaxAttributeSize bytes.
inline constexpr std::uint32_t kMaxAttributeSize = 4096;
struct RecordAttributes {
  std::uint64_t period_ms;         // Expected between updates; 0 = unknown
  std::uint32_t unit_size;         // Bytes; unit, then description follow
  std::uint32_t description_size;
};
static_assert(sizeof(RecordAttributes) == 16);

// A type's description, once per file; `size` bytes of text follow.
struct TypeHeader {
  std::uint64_t next_offset;
  std::uint64_t hash;  // XXH3 of the text, seed 0
  std::uint32_t id;    // 1, 2, ..: never changes
  std::uint32_t size;
  std::uint64_t reserved;
};
static_assert(sizeof(TypeHeader) == 32);

// Where create puts the parts. The file starts with its pages in this order.
inline constexpr std::uint64_t kRecordsOffset = 2048;   // In page 0
inline constexpr std::uint64_t kHeapOffset = kPageSize;  // Two pages
inline constexpr std::uint64_t kWritersOffset = 3 * kPageSize;
inline constexpr std::uint64_t kNotifyOffset =
    kWritersOffset + kWriterSlots * sizeof(WriterSlot);
inline constexpr std::uint64_t kDataOffset = kNotifyOffset + kPageSize;
static_assert(kNotifyOffset % kPageSize == 0);
static_assert(kNotifyWords * 4 == kPageSize);

}  // namespace mapfile::format

#endif  // MAPFILE_LIB_FORMAT_LAYOUT_H_
