// The structs of the format, field by field: what man/mapfile.5 is held to.
#ifndef MAPFILE_TESTS_MAN_LAYOUT_TABLE_H_
#define MAPFILE_TESTS_MAN_LAYOUT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "lib/format/heap_layout.h"
#include "lib/format/layout.h"

namespace mapfile::format {

struct FieldRow {
  std::string name;
  std::size_t offset;
  std::size_t size;

  friend bool operator==(const FieldRow&, const FieldRow&) = default;
};

struct StructTable {
  std::string name;
  std::size_t size;
  std::vector<FieldRow> fields;
};

using StructTables = std::vector<StructTable>;

#define MAPFILE_ROW(type, field) \
  FieldRow { #field, offsetof(type, field), sizeof(type::field) }

inline StructTables TablesOfHeader() {
  return {
      {"FileHeader",
       sizeof(FileHeader),
       {
           MAPFILE_ROW(FileHeader, magic),
           MAPFILE_ROW(FileHeader, byte_order),
           MAPFILE_ROW(FileHeader, format_version),
           MAPFILE_ROW(FileHeader, compatible_flags),
           MAPFILE_ROW(FileHeader, read_only_compatible_flags),
           MAPFILE_ROW(FileHeader, incompatible_flags),
           MAPFILE_ROW(FileHeader, header_size),
           MAPFILE_ROW(FileHeader, record_size),
           MAPFILE_ROW(FileHeader, slot_size),
           MAPFILE_ROW(FileHeader, writer_size),
           MAPFILE_ROW(FileHeader, writer_slots),
           MAPFILE_ROW(FileHeader, notify_words),
           MAPFILE_ROW(FileHeader, hash_id),
           MAPFILE_ROW(FileHeader, hash_seed),
           MAPFILE_ROW(FileHeader, heap_offset),
           MAPFILE_ROW(FileHeader, records_offset),
           MAPFILE_ROW(FileHeader, writers_offset),
           MAPFILE_ROW(FileHeader, notify_offset),
           MAPFILE_ROW(FileHeader, data_offset),
           MAPFILE_ROW(FileHeader, max_size),
           MAPFILE_ROW(FileHeader, created_ns),
           MAPFILE_ROW(FileHeader, creator),
           MAPFILE_ROW(FileHeader, device),
           MAPFILE_ROW(FileHeader, inode),
           MAPFILE_ROW(FileHeader, boot_id),
           MAPFILE_ROW(FileHeader, state),
           MAPFILE_ROW(FileHeader, state_reserved),
           MAPFILE_ROW(FileHeader, identity_reserved),
           MAPFILE_ROW(FileHeader, size),
           MAPFILE_ROW(FileHeader, size_line),
           MAPFILE_ROW(FileHeader, lock),
           MAPFILE_ROW(FileHeader, lock_line),
           MAPFILE_ROW(FileHeader, replaced),
           MAPFILE_ROW(FileHeader, structure_generation),
           MAPFILE_ROW(FileHeader, generation_floor),
           MAPFILE_ROW(FileHeader, sync_epoch),
           MAPFILE_ROW(FileHeader, transaction_sequence),
           MAPFILE_ROW(FileHeader, title_offset),
           MAPFILE_ROW(FileHeader, dying_offset),
           MAPFILE_ROW(FileHeader, pending_offset),
           MAPFILE_ROW(FileHeader, next_birth),
           MAPFILE_ROW(FileHeader, title_sequence),
           MAPFILE_ROW(FileHeader, shared_reserved),
           MAPFILE_ROW(FileHeader, activity),
           MAPFILE_ROW(FileHeader, activity_line),
           MAPFILE_ROW(FileHeader, reserved),
       }},
  };
}

inline StructTables TablesOfRecords() {
  return {
      {"RecordControl",
       sizeof(RecordControl),
       {
           MAPFILE_ROW(RecordControl, index_offset),
           MAPFILE_ROW(RecordControl, live),
           MAPFILE_ROW(RecordControl, used),
           MAPFILE_ROW(RecordControl, type_first_offset),
           MAPFILE_ROW(RecordControl, type_last_offset),
           MAPFILE_ROW(RecordControl, types),
           MAPFILE_ROW(RecordControl, reserved),
           MAPFILE_ROW(RecordControl, reusable_offset),
           MAPFILE_ROW(RecordControl, tail_reserved),
       }},
      {"IndexHeader",
       sizeof(IndexHeader),
       {
           MAPFILE_ROW(IndexHeader, log2_capacity),
           MAPFILE_ROW(IndexHeader, reserved),
           MAPFILE_ROW(IndexHeader, number),
       }},
      {"RecordHeader",
       sizeof(RecordHeader),
       {
           MAPFILE_ROW(RecordHeader, incarnation),
           MAPFILE_ROW(RecordHeader, flags),
           MAPFILE_ROW(RecordHeader, published),
           MAPFILE_ROW(RecordHeader, birth),
           MAPFILE_ROW(RecordHeader, birth_generation),
           MAPFILE_ROW(RecordHeader, name_hash),
           MAPFILE_ROW(RecordHeader, name_size),
           MAPFILE_ROW(RecordHeader, name_capacity),
           MAPFILE_ROW(RecordHeader, slots),
           MAPFILE_ROW(RecordHeader, durable_slot),
           MAPFILE_ROW(RecordHeader, attributes_offset),
           MAPFILE_ROW(RecordHeader, title_offset),
           MAPFILE_ROW(RecordHeader, lock),
           MAPFILE_ROW(RecordHeader, dying_next),
           MAPFILE_ROW(RecordHeader, properties_sequence),
           MAPFILE_ROW(RecordHeader, history_offset),
           MAPFILE_ROW(RecordHeader, transaction),
           MAPFILE_ROW(RecordHeader, writers_reserved),
       }},
      {"SlotHeader",
       sizeof(SlotHeader),
       {
           MAPFILE_ROW(SlotHeader, stamp),
           MAPFILE_ROW(SlotHeader, offset),
           MAPFILE_ROW(SlotHeader, size),
           MAPFILE_ROW(SlotHeader, wall_ns),
           MAPFILE_ROW(SlotHeader, mono_ns),
           MAPFILE_ROW(SlotHeader, writer_incarnation),
           MAPFILE_ROW(SlotHeader, writer_slot),
           MAPFILE_ROW(SlotHeader, flags),
           MAPFILE_ROW(SlotHeader, type_id),
           MAPFILE_ROW(SlotHeader, checksum),
           MAPFILE_ROW(SlotHeader, transaction),
       }},
  };
}

inline StructTables TablesOfTexts() {
  return {
      {"RecordAttributes",
       sizeof(RecordAttributes),
       {
           MAPFILE_ROW(RecordAttributes, period_ms),
           MAPFILE_ROW(RecordAttributes, unit_size),
           MAPFILE_ROW(RecordAttributes, description_size),
       }},
      {"TypeHeader",
       sizeof(TypeHeader),
       {
           MAPFILE_ROW(TypeHeader, next_offset),
           MAPFILE_ROW(TypeHeader, hash),
           MAPFILE_ROW(TypeHeader, id),
           MAPFILE_ROW(TypeHeader, size),
           MAPFILE_ROW(TypeHeader, reserved),
       }},
  };
}

inline StructTables TablesOfHeapAndWriters() {
  return {
      {"WriterSlot",
       sizeof(WriterSlot),
       {
           MAPFILE_ROW(WriterSlot, incarnation),
           MAPFILE_ROW(WriterSlot, pid),
           MAPFILE_ROW(WriterSlot, start_ticks),
           MAPFILE_ROW(WriterSlot, opened_ns),
           MAPFILE_ROW(WriterSlot, closed),
           MAPFILE_ROW(WriterSlot, closed_since),
           MAPFILE_ROW(WriterSlot, command),
           MAPFILE_ROW(WriterSlot, updates),
           MAPFILE_ROW(WriterSlot, sum_size),
           MAPFILE_ROW(WriterSlot, sum_size_squared),
           MAPFILE_ROW(WriterSlot, sizes),
           MAPFILE_ROW(WriterSlot, activity_reserved),
           MAPFILE_ROW(WriterSlot, ring),
       }},
      {"JournalEntry",
       sizeof(JournalEntry),
       {
           MAPFILE_ROW(JournalEntry, offset),
           MAPFILE_ROW(JournalEntry, old_word),
       }},
      {"HeapControl",
       sizeof(HeapControl),
       {
           MAPFILE_ROW(HeapControl, magic),
           MAPFILE_ROW(HeapControl, version),
           MAPFILE_ROW(HeapControl, control_size),
           MAPFILE_ROW(HeapControl, first_offset),
           MAPFILE_ROW(HeapControl, end_offset),
           MAPFILE_ROW(HeapControl, used_bytes),
           MAPFILE_ROW(HeapControl, used_blocks),
           MAPFILE_ROW(HeapControl, free_blocks),
           MAPFILE_ROW(HeapControl, moving_offset),
           MAPFILE_ROW(HeapControl, bitmap),
           MAPFILE_ROW(HeapControl, bitmap_reserved),
           MAPFILE_ROW(HeapControl, keys),
           MAPFILE_ROW(HeapControl, list_offset),
           MAPFILE_ROW(HeapControl, reserved),
           MAPFILE_ROW(HeapControl, units),
           MAPFILE_ROW(HeapControl, journal_count),
           MAPFILE_ROW(HeapControl, journal),
       }},
      {"BlockHeader",
       sizeof(BlockHeader),
       {
           MAPFILE_ROW(BlockHeader, size_word),
           MAPFILE_ROW(BlockHeader, owner_word),
       }},
      {"FreeLinks",
       sizeof(FreeLinks),
       {
           MAPFILE_ROW(FreeLinks, next_offset),
           MAPFILE_ROW(FreeLinks, previous_offset),
       }},
  };
}

#undef MAPFILE_ROW

inline StructTables AllStructTables() {
  StructTables all = TablesOfHeader();
  for (const StructTables& more :
       {TablesOfRecords(), TablesOfTexts(), TablesOfHeapAndWriters()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace mapfile::format

#endif  // MAPFILE_TESTS_MAN_LAYOUT_TABLE_H_
