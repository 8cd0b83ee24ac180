// Whether the table's parts tell the same story as the heap's blocks.
#include <string>
#include <unordered_map>
#include <vector>

#include "lib/base/try.h"
#include "lib/record/locks.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

// More of them say nothing new.
constexpr std::size_t kMostFaults = 100;

// The blocks in use, each to be claimed by exactly one part of the table.
class Claims {
 public:
  Status Collect(const Space& space) {
    return space.allocator().ForEachBlock(
        [this](const heap::Allocator::Block& block) {
          if (block.kind != heap::Kind::kFree &&
              block.kind != heap::Kind::kUser) {
            blocks_.emplace(block.offset, Claim{block.kind, 0});
          }
          return true;
        });
  }

  void Add(std::string fault) {
    if (faults_.size() < kMostFaults) faults_.push_back(std::move(fault));
  }

  // `who` leads to a block of `kind` at `offset`; 0 leads nowhere.
  void Take(std::uint64_t offset, heap::Kind kind, const std::string& who) {
    if (offset == 0) return;
    const auto found = blocks_.find(offset);
    if (found == blocks_.end() || found->second.kind != kind) {
      Add(who + " leads to offset " + std::to_string(offset) +
          ", where there is no such block");
    } else if (++found->second.claims > 1) {
      Add(who + " shares the block at offset " + std::to_string(offset) +
          " with another");
    }
  }

  std::vector<std::string> Finish() && {
    for (const auto& [offset, claim] : blocks_) {
      if (claim.claims == 0) {
        Add("nothing leads to the block at offset " + std::to_string(offset));
      }
    }
    return std::move(faults_);
  }

 private:
  struct Claim {
    heap::Kind kind;
    int claims;
  };
  std::unordered_map<std::uint64_t, Claim> blocks_;
  std::vector<std::string> faults_;
};

void CheckRecord(const Block& block, Claims& claims) {
  const std::string who =
      "the record at offset " + std::to_string(block.offset);
  claims.Take(block.offset, heap::Kind::kRecord, who);
  claims.Take(LoadRelaxed(block.header->attributes_offset),
              heap::Kind::kAttributes, who);
  claims.Take(LoadRelaxed(block.header->title_offset), heap::Kind::kText, who);
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    claims.Take(LoadRelaxed(block.slots[i].offset), heap::Kind::kValue, who);
  }
  const auto current = CurrentOf(block, LoadRelaxed(block.header->published));
  if (!current) {
    claims.Add(who + ": " + current.error().message());
  } else if (LoadRelaxed(block.slots[current->slot].stamp) !=
             current->generation) {
    claims.Add(who + " has published a version that it doesn't have");
  }
}

// A list of control blocks: reusable ones, or those being taken apart.
void CheckList(const Space& space, std::uint64_t offset, Claims& claims) {
  const std::uint64_t most =
      space.region->size() / sizeof(format::RecordHeader);
  for (std::uint64_t i = 0; offset != 0; ++i) {
    const auto block = Block::At(*space.region, offset);
    if (!block || i > most) {
      claims.Add("a list of unused records is broken");
      return;
    }
    claims.Take(offset, heap::Kind::kRecord, "a list of unused records");
    offset = LoadRelaxed(block->header->dying_next);
  }
}

void CheckTypes(const Space& space, Claims& claims) {
  std::uint64_t offset = LoadRelaxed(space.control->type_first_offset);
  std::uint64_t last = 0;
  std::uint64_t count = 0;
  while (offset != 0) {
    const auto* type = space.region->At<format::TypeHeader>(offset);
    if (type == nullptr || LoadRelaxed(type->id) != ++count) {
      claims.Add("the list of types is broken");
      return;
    }
    claims.Take(offset, heap::Kind::kType, "the list of types");
    last = offset;
    offset = LoadRelaxed(type->next_offset);
  }
  if (last != LoadRelaxed(space.control->type_last_offset) ||
      count != LoadRelaxed(space.control->types)) {
    claims.Add("the list of types has another end or number than stated");
  }
}

}  // namespace

Result<std::vector<std::string>> Table::Check() {
  FileLock lock(*this);
  if (space_.host != nullptr) MAPFILE_RETURN_IF_ERROR(lock.Acquire());
  std::vector<std::string> faults = space_.allocator().Check();
  if (!faults.empty()) return faults;
  Claims claims;
  MAPFILE_RETURN_IF_ERROR(claims.Collect(space_));
  MAPFILE_ASSIGN_OR_RETURN(const std::vector<RecordId> ids, List());
  for (const RecordId& id : ids) {
    MAPFILE_ASSIGN_OR_RETURN(const Block block, Resolve(space_, id));
    CheckRecord(block, claims);
  }
  if (ids.size() != live()) claims.Add("the number of records is wrong");
  for (const auto& by_class : space_.control->reusable_offset) {
    for (const std::uint64_t& head : by_class) {
      CheckList(space_, LoadRelaxed(head), claims);
    }
  }
  CheckTypes(space_, claims);
  claims.Take(LoadRelaxed(space_.control->index_offset), heap::Kind::kIndex,
              "the table");
  claims.Take(LoadRelaxed(space_.header->title_offset), heap::Kind::kText,
              "the title");
  return std::move(claims).Finish();
}

}  // namespace mapfile::record
