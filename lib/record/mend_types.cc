// The descriptions of classes, found by their blocks.
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "lib/base/hash.h"
#include "lib/base/try.h"
#include "lib/heap/journal.h"
#include "lib/record/mender.h"
#include "mapfile/type.h"

namespace mapfile::record {
namespace {

using format::TypeHeader;

// What stands in for a description that is lost, so that those behind it are
// found.
constexpr std::string_view kStandIn = "bytes";
// Descriptions that may be gone with their blocks.
constexpr std::uint64_t kMostLost = 64;

TypeHeader& TypeAt(const Space& space, std::uint64_t offset) {
  return *space.region->At<TypeHeader>(offset);
}

std::string_view TextAt(const Space& space, std::uint64_t offset) {
  const char* const text = reinterpret_cast<const char*>(
      space.region->base() + offset + sizeof(TypeHeader));
  return {text, TypeAt(space, offset).size};
}

}  // namespace

// Its text can be read; if only the hash can't, that is put back.
bool Mender::IsGoodType(std::uint64_t offset) {
  TypeHeader& header = TypeAt(space_, offset);
  const auto capacity = space_.allocator().BlockSize(offset, heap::Kind::kType);
  if (!capacity || header.size > format::kMaxTypeSize ||
      *capacity < sizeof(TypeHeader) + header.size) {
    return false;
  }
  const std::string_view text = TextAt(space_, offset);
  const auto type = Type::Parse(text);
  if (!type) return false;
  const std::uint64_t hash = HashText(text, 0);
  if (header.hash == hash) return true;
  // A flipped letter makes another name; canonical text alone proves little,
  // so that the hash has the last word unless it is the one that differs by
  // a bit.
  if (__builtin_popcountll(header.hash ^ hash) != 1) return false;
  header.hash = hash;
  Did("the hash of type " + std::to_string(header.id) + " was put back");
  return true;
}

Status Mender::ReplaceType(std::uint64_t offset, std::uint32_t id) {
  const std::uint64_t size = sizeof(TypeHeader) + kStandIn.size();
  const auto capacity =
      offset == 0 ? Result<std::uint64_t>(0)
                  : space_.allocator().BlockSize(offset, heap::Kind::kType);
  if (!capacity || *capacity < size) {
    heap::Unit unit(*space_.region, space_.heap_offset);
    MAPFILE_ASSIGN_OR_RETURN(
        offset, space_.allocator().Allocate(unit, size, heap::Kind::kType));
    unit.Commit();
  }
  TypeAt(space_, offset) = {.next_offset = 0,
                            .hash = HashText(kStandIn, 0),
                            .id = id,
                            .size = static_cast<std::uint32_t>(kStandIn.size()),
                            .reserved = 0};
  std::copy(kStandIn.begin(), kStandIn.end(),
            reinterpret_cast<char*>(space_.region->base() + offset +
                                    sizeof(TypeHeader)));
  types_[id] = offset;
  return {};
}

// Which one each is in the list as it stands, from 1.
std::map<std::uint64_t, std::uint64_t> Mender::PlacesInList(
    std::uint64_t most) const {
  std::map<std::uint64_t, std::uint64_t> places;
  std::uint64_t offset = space_.control->type_first_offset;
  while (offset != 0 && places.size() < most) {
    const auto* type = space_.region->At<TypeHeader>(offset);
    if (type == nullptr || !places.emplace(offset, places.size() + 1).second) {
      break;
    }
    offset = type->next_offset;
  }
  return places;
}

// The id that a good description has; others are stray. Ids have no gaps: of
// two that are one, or one above them all, the list knows better.
void Mender::PlaceTypes(const std::vector<std::uint64_t>& good,
                        std::uint64_t blocks,
                        std::vector<std::uint64_t>& stray) {
  const std::uint64_t most = blocks + kMostLost;
  const auto places = PlacesInList(most);
  for (const std::uint64_t offset : good) {
    const std::uint32_t id = TypeAt(space_, offset).id;
    const auto place = places.find(offset);
    const bool is_listed = place != places.end();
    const bool is_confirmed = is_listed && place->second == id;
    const auto known = types_.find(id);
    if (id == 0 || id > most || (id > blocks && is_listed && !is_confirmed)) {
      stray.push_back(offset);
    } else if (known == types_.end()) {
      types_[id] = offset;
    } else {
      stray.push_back(is_confirmed ? std::exchange(known->second, offset)
                                   : offset);
    }
  }
}

// Those whose text can be read go by their ids; the ids that are missing
// belong to those that are left.
Status Mender::SortTypes() {
  const std::vector<std::uint64_t> blocks = BlocksOf(heap::Kind::kType);
  std::vector<std::uint64_t> good;
  std::vector<std::uint64_t> bad;
  for (const std::uint64_t offset : blocks) {
    (IsGoodType(offset) ? good : bad).push_back(offset);
  }
  std::vector<std::uint64_t> stray;
  PlaceTypes(good, blocks.size(), stray);
  const std::uint64_t count = std::max<std::uint64_t>(
      types_.empty() ? 0 : types_.rbegin()->first, blocks.size());
  for (std::uint32_t id = 1; id <= count; ++id) {
    if (types_.contains(id)) continue;
    if (stray.size() == 1 && bad.empty()) {
      TypeAt(space_, stray[0]).id = id;
      Did("the id of type " + std::to_string(id) + " was put back");
      types_[id] = stray[0];
      stray.clear();
      continue;
    }
    std::uint64_t offset = 0;
    auto own = std::find_if(bad.begin(), bad.end(), [&](std::uint64_t at) {
      return TypeAt(space_, at).id == id;
    });
    if (own == bad.end()) own = bad.begin();
    if (own != bad.end()) {
      offset = *own;
      bad.erase(own);
    }
    if (Drop({.offset = offset,
              .reason = "the description of type " + std::to_string(id) +
                        " is lost"})) {
      MAPFILE_RETURN_IF_ERROR(ReplaceType(offset, id));
    } else if (offset != 0) {
      types_[id] = offset;
    }
  }
  return {};
}

Status Mender::MendTypes() {
  MAPFILE_RETURN_IF_ERROR(SortTypes());
  bool changed = false;
  std::uint64_t* link = &space_.control->type_first_offset;
  std::uint64_t last = 0;
  std::uint32_t count = 0;
  for (const auto& [id, offset] : types_) {
    if (id != count + 1) break;  // A gap that may not be closed
    TypeHeader& header = TypeAt(space_, offset);
    changed |= Set(*link, offset);
    changed |= Set(header.id, id);
    link = &header.next_offset;
    last = offset;
    count = id;
  }
  changed |= Set(*link, std::uint64_t{0});
  changed |= Set(space_.control->type_last_offset, last);
  changed |= Set(space_.control->types, std::uint64_t{count});
  if (changed) Did("made the list of types afresh");
  return {};
}

}  // namespace mapfile::record
