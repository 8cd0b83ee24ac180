#include "lib/record/claims.h"

#include <algorithm>
#include <utility>

namespace mapfile::record {
namespace {

const char* KindName(heap::Kind kind) {
  switch (kind) {
    case heap::Kind::kFree: return "free block";
    case heap::Kind::kUser: return "user's block";
    case heap::Kind::kRecord: return "record";
    case heap::Kind::kValue: return "value";
    case heap::Kind::kIndex: return "index";
    case heap::Kind::kType: return "description of a type";
    case heap::Kind::kText: return "title";
    case heap::Kind::kAttributes: return "attributes";
  }
  return "block";
}

}  // namespace

bool Claims::Collect() {
  const Status walked = space_.allocator().ForEachBlock(
      [this](const heap::Allocator::Block& block) {
        ++count_;
        if (block.kind == heap::Kind::kFree ||
            block.kind == heap::Kind::kUser) {
          return true;
        }
        blocks_.emplace(block.offset, Claim{block.kind, 0});
        if (block.kind == heap::Kind::kRecord) {
          record_blocks_.push_back(block.offset);
        }
        return true;
      });
  whole_ = walked.has_value();
  return whole_;
}

void Claims::Add(Finding finding) {
  if (findings_.size() < CheckReport::kMostFindings) {
    findings_.push_back(std::move(finding));
  }
}

bool Claims::Take(Part part, std::uint64_t where, const std::string& record,
                  const std::string& who, std::uint64_t offset,
                  heap::Kind kind) {
  if (offset == 0) return true;
  auto found = blocks_.find(offset);
  if (found == blocks_.end() && !whole_ &&
      space_.allocator().BlockSize(offset, kind)) {
    found = blocks_.emplace(offset, Claim{kind, 0}).first;
  }
  if (found == blocks_.end() || found->second.kind != kind) {
    Add(part, where, record,
        who + " leads to offset " + std::to_string(offset) +
            ", where there is no " + KindName(kind));
    return false;
  }
  if (++found->second.claims == 1) return true;
  Add(part, where, record,
      who + " shares the block at offset " + std::to_string(offset) +
          " with another");
  return false;
}

bool Claims::IsTaken(std::uint64_t offset) const {
  const auto found = blocks_.find(offset);
  return found != blocks_.end() && found->second.claims > 0;
}

std::vector<Finding> Claims::Finish() && {
  std::vector<std::pair<std::uint64_t, heap::Kind>> lost;
  for (const auto& [offset, claim] : blocks_) {
    if (claim.claims == 0) lost.emplace_back(offset, claim.kind);
  }
  std::sort(lost.begin(), lost.end());
  for (const auto& [offset, kind] : lost) {
    Add(Part::kHeap, offset, {},
        std::string("nothing leads to the ") + KindName(kind) + " at offset " +
            std::to_string(offset));
  }
  return std::move(findings_);
}

}  // namespace mapfile::record
