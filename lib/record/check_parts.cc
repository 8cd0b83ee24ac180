#include "lib/record/check_parts.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "lib/base/copy.h"
#include "lib/base/hash.h"
#include "lib/record/properties.h"
#include "mapfile/type.h"

namespace mapfile::record {
namespace {

using format::IndexEntry;
using format::IndexHeader;
using format::TypeHeader;

// What is wrong with a description; empty: nothing.
std::string FaultOf(const Space& space, std::uint64_t offset,
                    const TypeHeader& header) {
  const std::uint32_t size = LoadRelaxed(header.size);
  if (size > format::kMaxTypeSize ||
      !space.region->Contains(offset + sizeof(TypeHeader), size)) {
    return "is too long";
  }
  const auto capacity = space.allocator().BlockSize(offset, heap::Kind::kType);
  if (capacity && *capacity < sizeof(TypeHeader) + size) {
    return "is longer than its block";
  }
  std::string text(size, '\0');
  CopyShared(text.data(), space.region->base() + offset + sizeof(TypeHeader),
             size);
  if (HashText(text, 0) != LoadRelaxed(header.hash)) {
    return "doesn't have its hash";
  }
  if (auto type = Type::Parse(text); !type) {
    return "can't be read: " + type.error().message();
  }
  return {};
}

// The entries of the index in force; none: it isn't inside the file.
struct Entries {
  const std::uint64_t* begin = nullptr;
  std::uint64_t count = 0;
};

std::optional<Entries> LoadEntries(const Space& space) {
  const std::uint64_t offset = LoadAcquire(space.control->index_offset);
  const auto* header = space.region->At<IndexHeader>(offset);
  if (header == nullptr || offset == 0) return std::nullopt;
  const std::uint32_t log2 = LoadRelaxed(header->log2_capacity);
  if (log2 < 6 || log2 > 40) return std::nullopt;
  const std::uint64_t count = std::uint64_t{1} << log2;
  if (!space.region->Contains(offset + sizeof(IndexHeader), count * 8)) {
    return std::nullopt;
  }
  return Entries{reinterpret_cast<const std::uint64_t*>(header + 1), count};
}

// What is wrong with an entry that isn't empty; null: nothing.
const char* FaultOf(const std::optional<Block>& block, std::uint64_t entry) {
  if (!block) return ", where no record can be";
  if (!IsLive(block->incarnation())) return ", where no record lives";
  const std::uint64_t hash = LoadRelaxed(block->header->name_hash);
  const std::uint64_t tag = (entry ^ hash) & ~IndexEntry::kOffsetMask;
  return tag == 0 ? nullptr : ", where a record of another name is";
}

void Compare(const Claims& claims, const char* what, std::uint64_t found,
             const std::uint64_t& word, Claims& out) {
  const std::uint64_t counted = LoadRelaxed(word);
  if (found == counted) return;
  out.Add(Part::kCount, claims.OffsetOf(word), {},
          "the table counts " + std::to_string(counted) + " " + what +
              " and has " + std::to_string(found));
}

// A list of control blocks.
void CheckList(const Space& space, const std::uint64_t& head, bool is_dying,
               const char* what, Claims& claims) {
  std::unordered_set<std::uint64_t> seen;
  std::uint64_t where = claims.OffsetOf(head);
  std::uint64_t offset = LoadRelaxed(head);
  while (offset != 0) {
    const auto block = Block::At(*space.region, offset);
    if (!block || !seen.insert(offset).second) {
      claims.Add(
          Part::kRecord, where, {},
          std::string(what) + " leads to offset " + std::to_string(offset) +
              (block ? ", where it was before" : ", where no record can be"));
      return;
    }
    // One that is being added or removed may still be in the index, too.
    const bool is_indexed = is_dying && claims.IsTaken(offset);
    if (!is_indexed && !claims.Take(Part::kRecord, where, {}, what, offset,
                                    heap::Kind::kRecord)) {
      return;
    }
    if (!is_dying && IsLive(block->incarnation())) {
      claims.Add(Part::kRecord, offset, NameOf(*block),
                 "it is in a list of unused records");
    } else if (!is_dying && !IsEmpty(*block)) {
      claims.Add(Part::kRecord, offset, {},
                 "an unused record has a version or leads somewhere");
    }
    where = claims.OffsetOf(block->header->dying_next);
    offset = LoadRelaxed(block->header->dying_next);
  }
}

}  // namespace

std::uint64_t CheckTypes(const Space& space, Claims& claims) {
  const std::uint64_t* link = &space.control->type_first_offset;
  std::uint64_t last = 0;
  std::uint64_t count = 0;
  for (;;) {
    const std::uint64_t offset = LoadAcquire(*link);
    if (offset == 0) break;
    const auto* type = space.region->At<TypeHeader>(offset);
    if (type == nullptr || LoadRelaxed(type->id) != count + 1) {
      claims.Add(Part::kType, claims.OffsetOf(*link), {},
                 "the list of types leads to offset " + std::to_string(offset) +
                     ", where type " + std::to_string(count + 1) + " isn't");
      return std::max(count, LoadRelaxed(space.control->types));
    }
    ++count;
    claims.Take(Part::kType, claims.OffsetOf(*link), {}, "the list of types",
                offset, heap::Kind::kType);
    const std::string fault = FaultOf(space, offset, *type);
    if (!fault.empty()) {
      claims.Add(
          Part::kType, offset, {},
          "the description of type " + std::to_string(count) + " " + fault);
    }
    last = offset;
    link = &type->next_offset;
  }
  Compare(claims, "types", count, space.control->types, claims);
  if (last != LoadRelaxed(space.control->type_last_offset)) {
    claims.Add(Part::kType, claims.OffsetOf(space.control->type_last_offset),
               {}, "the list of types has another end than stated");
  }
  return count;
}

std::vector<std::uint64_t> EntriesOf(const Space& space) {
  std::vector<std::uint64_t> found;
  const auto entries = LoadEntries(space).value_or(Entries{});
  for (std::uint64_t i = 0; i < entries.count; ++i) {
    const std::uint64_t entry = LoadAcquire(entries.begin[i]);
    if (entry != IndexEntry::kEmpty && entry != IndexEntry::kTombstone) {
      found.push_back(entry);
    }
  }
  return found;
}

std::vector<std::uint64_t> CheckIndex(const Space& space, Claims& claims) {
  const std::uint64_t& word = space.control->index_offset;
  claims.Take(Part::kIndex, claims.OffsetOf(word), {}, "the table",
              LoadRelaxed(word), heap::Kind::kIndex);
  const auto entries = LoadEntries(space);
  if (!entries) {
    claims.Add(Part::kIndex, claims.OffsetOf(word), {},
               "the index of names is not inside the file");
    return {};
  }
  std::vector<std::uint64_t> records;
  std::uint64_t used = 0;
  for (std::uint64_t i = 0; i < entries->count; ++i) {
    const std::uint64_t& place = entries->begin[i];
    const std::uint64_t entry = LoadAcquire(place);
    if (entry == IndexEntry::kEmpty) continue;
    ++used;
    if (entry == IndexEntry::kTombstone) continue;
    const std::uint64_t offset = entry & IndexEntry::kOffsetMask;
    const auto block = Block::At(*space.region, offset);
    if (const char* fault = FaultOf(block, entry)) {
      claims.Add(Part::kIndex, claims.OffsetOf(place), {},
                 "an entry of the index leads to offset " +
                     std::to_string(offset) + fault);
    } else if (claims.Take(Part::kIndex, claims.OffsetOf(place), NameOf(*block),
                           "an entry of the index", offset,
                           heap::Kind::kRecord)) {
      records.push_back(offset);
    }
  }
  Compare(claims, "records", records.size(), space.control->live, claims);
  Compare(claims, "entries", used, space.control->used, claims);
  return records;
}

void CheckLists(const Space& space, Claims& claims) {
  for (const auto& by_class : space.control->reusable_offset) {
    for (const std::uint64_t& head : by_class) {
      CheckList(space, head, false, "a list of unused records", claims);
    }
  }
  CheckList(space, space.header->dying_offset, true,
            "the list of removed records", claims);
  const std::uint64_t& title = space.header->title_offset;
  const std::uint64_t offset = LoadRelaxed(title);
  if (claims.Take(Part::kFile, claims.OffsetOf(title), {}, "the file's title",
                  offset, heap::Kind::kText)) {
    if (auto loaded = LoadTitle(space, offset); !loaded) {
      claims.Add(Part::kFile, offset, {},
                 "the file's title: " + loaded.error().message());
    }
  }
}

void FindUnlisted(const Space& space, std::vector<std::uint64_t>& records,
                  Claims& claims) {
  for (const std::uint64_t offset : claims.record_blocks()) {
    if (claims.IsTaken(offset)) continue;
    const auto block = Block::At(*space.region, offset);
    if (!block) {
      claims.Add(Part::kRecord, offset, {},
                 "the shape of the record is damaged");
    } else if (IsLive(block->incarnation())) {
      claims.Add(Part::kIndex, offset, NameOf(*block),
                 "the index doesn't lead to the record");
    } else {
      continue;
    }
    // Nobody else leads to it: one finding says it all.
    claims.Take(Part::kRecord, offset, {}, "the heap", offset,
                heap::Kind::kRecord);
    if (block) records.push_back(offset);
  }
}

}  // namespace mapfile::record
