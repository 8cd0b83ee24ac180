// Whether a heap is whole: its blocks, its lists and its counts must tell the
// same story.
#include <string>
#include <utility>
#include <vector>

#include "lib/base/hash.h"
#include "lib/heap/allocator.h"
#include "lib/heap/blocks.h"

namespace mapfile::heap {
namespace {

using format::HeapControl;
using format::kFreeLists;

// More of them say nothing new, and there may be millions.
constexpr std::size_t kMostFaults = 100;

// `fault` as a finding: a block goes by the offset of its usable bytes.
Finding Find(const Blocks& blocks, const Fault& fault) {
  const std::uint64_t offset = fault.offset == 0
                                   ? blocks.control_offset()
                                   : fault.offset + sizeof(format::BlockHeader);
  return {Part::kHeap, offset, {}, fault.ToString()};
}

// Sums of these tell sets of places apart, whatever their order.
std::uint64_t HashOf(std::uint64_t at) {
  return HashText({reinterpret_cast<const char*>(&at), sizeof at}, 0);
}

class Checker {
 public:
  explicit Checker(const Blocks& blocks) : blocks_(blocks) {}

  std::vector<Finding> Check() && {
    // Without the chain of blocks there is nothing to compare with.
    if (WalkBlocks()) {
      WalkLists();
      Compare("blocks in use", used_blocks_, blocks_.control().used_blocks);
      Compare("bytes in use", used_bytes_, blocks_.control().used_bytes);
      Compare("free blocks", free_blocks_, blocks_.control().free_blocks);
    }
    return std::move(faults_);
  }

 private:
  void Add(Part part, std::uint64_t offset, std::string message) {
    if (faults_.size() >= kMostFaults) return;
    faults_.push_back({part, offset, {}, std::move(message)});
  }
  void Add(const Fault& fault) {
    Finding found = Find(blocks_, fault);
    Add(found.part, found.offset, std::move(found.message));
  }

  void Compare(const char* what, std::uint64_t found,
               const std::uint64_t& word) {
    const std::uint64_t counted = LoadRelaxed(word);
    if (found == counted) return;
    Add(Part::kCount, OffsetOf(word),
        "the heap counts " + std::to_string(counted) + " " + what +
            " and has " + std::to_string(found));
  }

  std::uint64_t OffsetOf(const std::uint64_t& word) const {
    const auto* start = reinterpret_cast<const std::byte*>(&blocks_.control());
    return blocks_.control_offset() +
           static_cast<std::uint64_t>(
               reinterpret_cast<const std::byte*>(&word) - start);
  }

  bool WalkBlocks();
  void LookAt(const BlockView& block, bool previous_is_free);
  void WalkLists();
  void WalkList(std::uint32_t list);

  const Blocks& blocks_;
  std::uint64_t used_blocks_ = 0;
  std::uint64_t used_bytes_ = 0;
  std::uint64_t free_blocks_ = 0;
  std::uint64_t free_places_ = 0;  // A sum, see HashOf
  std::uint64_t listed_blocks_ = 0;
  std::uint64_t listed_places_ = 0;
  std::vector<Finding> faults_;
};

void Checker::LookAt(const BlockView& block, bool previous_is_free) {
  if (block.previous_is_free() != previous_is_free) {
    Add(Fault{"is wrong about the block in front", block.at});
  }
  if (!block.is_free()) {
    BlockView same;
    if (const Fault fault = blocks_.ReadUsed(block.at, same)) Add(fault);
    ++used_blocks_;
    used_bytes_ += block.usable();
    return;
  }
  ++free_blocks_;
  free_places_ += HashOf(block.at);
  if (previous_is_free) Add(Fault{"is free beside a free one", block.at});
  if (blocks_.Word(block.next() - 8) != block.size()) {
    Add(Fault{"is free and has another size at its end", block.at});
  }
}

bool Checker::WalkBlocks() {
  bool previous_is_free = false;
  std::uint64_t at = blocks_.first();
  while (at != blocks_.end_mark()) {
    BlockView block;
    if (const Fault fault = blocks_.Read(at, block)) {
      Add(fault);
      return false;
    }
    LookAt(block, previous_is_free);
    previous_is_free = block.is_free();
    at = block.next();
  }
  BlockView mark;
  if (const Fault fault = blocks_.Read(at, mark)) {
    Add(fault);
    return false;
  }
  if (mark.previous_is_free() != previous_is_free) {
    Add(Fault{"is wrong about the block in front", at});
  }
  return true;
}

void Checker::WalkList(std::uint32_t list) {
  std::uint64_t previous = 0;
  std::uint64_t at = LoadRelaxed(blocks_.control().list_offset[list]);
  // A circle is longer than all free blocks together.
  while (at != 0 && listed_blocks_ <= free_blocks_) {
    BlockView block;
    if (const Fault fault = blocks_.ReadFree(at, block)) return Add(fault);
    if (format::ListOf(block.size()) != list) {
      Add(Fault{"is in the list of another size", at});
    }
    if (blocks_.PreviousLink(at) != previous) {
      Add(Fault{"isn't linked back to in its list", at});
    }
    ++listed_blocks_;
    listed_places_ += HashOf(at);
    previous = at;
    at = blocks_.NextLink(at);
  }
}

void Checker::WalkLists() {
  static_assert(kFreeLists % 64 != 0);
  const std::uint64_t& last =
      blocks_.control().bitmap[format::kBitmapWords - 1];
  if (LoadRelaxed(last) >> (kFreeLists % 64) != 0) {
    Add(Part::kHeap, OffsetOf(last),
        "the heap's bitmap names lists that don't exist");
  }
  for (std::uint32_t list = 0; list < kFreeLists; ++list) {
    const HeapControl& control = blocks_.control();
    const bool has_bit =
        (LoadRelaxed(control.bitmap[list / 64]) >> (list % 64) & 1) != 0;
    if (has_bit != (LoadRelaxed(control.list_offset[list]) != 0)) {
      Add(Part::kHeap, OffsetOf(control.bitmap[list / 64]),
          "the heap's bitmap is wrong about list " + std::to_string(list));
    }
    WalkList(list);
  }
  if (listed_blocks_ != free_blocks_) {
    Add(Part::kHeap, OffsetOf(blocks_.control().list_offset[0]),
        "the heap's lists hold " + std::to_string(listed_blocks_) +
            " blocks, and " + std::to_string(free_blocks_) + " are free");
  } else if (listed_places_ != free_places_) {
    // What was a free block once looks like one, inside of another.
    Add(Part::kHeap, OffsetOf(blocks_.control().list_offset[0]),
        "the heap's lists hold other blocks than those that are free");
  }
}

}  // namespace

std::vector<Finding> Allocator::Examine() const {
  if (Status valid = Validate(); !valid) {
    return {{Part::kHeap, control_offset_, {}, valid.error().message()}};
  }
  Blocks blocks(region_, control_offset_);
  if (const Fault fault = blocks.Refresh()) return {Find(blocks, fault)};
  std::vector<Finding> faults = Checker(blocks).Check();
  if (LoadRelaxed(blocks.control().journal_count) != 0) {
    faults.push_back({Part::kHeap,
                      control_offset_ + offsetof(HeapControl, journal_count),
                      {},
                      "the heap's journal holds an unfinished change"});
  }
  return faults;
}

std::vector<std::string> Allocator::Check() const {
  std::vector<std::string> sentences;
  for (Finding& fault : Examine()) {
    sentences.push_back(std::move(fault.message));
  }
  return sentences;
}

}  // namespace mapfile::heap
