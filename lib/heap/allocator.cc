#include "lib/heap/allocator.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/blocks.h"
#include "lib/heap/editor.h"
#include "lib/heap/search.h"

namespace mapfile::heap {

using format::BlockHeader;
using format::HeapControl;
using format::kBlockAlign;
using format::kMinBlockSize;

namespace {

constexpr std::uint64_t kLargestValue = std::uint64_t{1} << 46;

// Growth: an eighth of what is there, in steps that neither come too often
// nor keep one call for long; see man/mapfile.5, GROWTH.
constexpr std::uint64_t kSmallFile = 8 << 20;
constexpr std::uint64_t kLeastStepOfSmall = 64 << 10;
constexpr std::uint64_t kLeastStep = 1 << 20;
constexpr std::uint64_t kLargestStep = 4 << 20;
constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kLine = 64;  // Of the cache

// `unit` is a power of two.
std::uint64_t RoundUp(std::uint64_t size, std::uint64_t unit) {
  return (size + unit - 1) & ~(unit - 1);
}

std::uint64_t GrowthStep(std::uint64_t size) {
  const std::uint64_t least =
      size < kSmallFile ? kLeastStepOfSmall : kLeastStep;
  return std::min(std::max(size / 8, least), kLargestStep);
}

// Makes the region longer by `least` bytes at least.
Status GrowRegion(Region& region, std::uint64_t least) {
  const std::uint64_t size = region.size();
  const std::uint64_t exact = RoundUp(size + least, kPage);
  const std::uint64_t roomy =
      std::max(exact, RoundUp(size + GrowthStep(size), kPage));
  Status grown = region.Grow(roomy);
  // Near the limit, no more than it takes.
  if (grown || grown.error().code() != Code::kNoSpace) return grown;
  return region.Grow(exact);
}

}  // namespace

Status Allocator::Format(Region& region, std::uint64_t control_offset,
                         std::uint64_t data_offset) {
  auto* control = region.At<HeapControl>(control_offset);
  const std::uint64_t first = RoundUp(data_offset, kBlockAlign);
  if (control == nullptr || !region.Contains(first, sizeof(BlockHeader))) {
    return Fail(Code::kInvalidArgument, "there is no room for a heap");
  }
  *control = HeapControl{};
  std::memcpy(control->magic, format::kHeapMagic, sizeof control->magic);
  control->version = format::kHeapVersion;
  control->control_size = format::kHeapControlSize;
  control->first_offset = first;
  control->end_offset = first + sizeof(BlockHeader);
  // An empty heap is an end mark; all else is growth.
  Unit unit(region, control_offset);
  MAPFILE_RETURN_IF_ERROR(unit.Reserve(Editor::kMaxWords));
  Blocks blocks(region, control_offset);
  if (const Fault fault = blocks.Refresh()) return fault.ToError();
  Editor(blocks, unit).PutEndMark(first, false);
  MAPFILE_RETURN_IF_ERROR(Allocator(region, control_offset).Extend(unit));
  unit.Commit();
  return {};
}

Status Allocator::Validate() const {
  const auto* control = region_.At<HeapControl>(control_offset_);
  if (control == nullptr ||
      std::memcmp(control->magic, format::kHeapMagic, 8) != 0) {
    return Fail(Code::kCorrupt, "there is no heap (bad magic)");
  }
  if (control->version != format::kHeapVersion ||
      control->control_size != format::kHeapControlSize) {
    return Fail(Code::kVersion, "the heap has version " +
                                    std::to_string(control->version) +
                                    ", and this program knows version " +
                                    std::to_string(format::kHeapVersion));
  }
  Blocks blocks(region_, control_offset_);
  if (const Fault fault = blocks.Refresh()) return fault.ToError();
  return {};
}

[[gnu::flatten]] Result<std::uint64_t> Allocator::Allocate(
    Unit& unit, std::uint64_t size, Kind kind, std::uint32_t owner,
    std::uint64_t align) {
  assert(std::has_single_bit(align) && align >= kMinAlign && align <= kPage);
  if (size > kLargestValue) {
    return Fail(Code::kNoSpace,
                std::to_string(size) + " bytes fit into no file");
  }
  // To whole lines where lines are asked for: the next such block then begins
  // where this one ends, and no gap between them is too small for anything.
  const std::uint64_t unit_size = std::min(align, kLine);
  const Wanted wanted{
      .size = std::max(kMinBlockSize,
                       RoundUp(size + sizeof(BlockHeader), unit_size)),
      .align = align};
  MAPFILE_RETURN_IF_ERROR(unit.Reserve(Editor::kMaxWords));
  Blocks blocks(region_, control_offset_);
  if (const Fault fault = blocks.Refresh()) return fault.ToError();
  Found found;
  MAPFILE_RETURN_IF_ERROR(FindRoom(unit, blocks, wanted, found));
  if (const Fault fault = Editor(blocks, unit)
                              .Take(found.block, found.start, wanted.size,
                                    static_cast<std::uint8_t>(kind), owner)) {
    return fault.ToError();
  }
  return found.start + sizeof(BlockHeader);
}

// A free block with room for it: one that is there; or in bytes that the
// region has already, since somebody died before they became blocks; or in
// those that it grows by.
Status Allocator::FindRoom(Unit& unit, Blocks& blocks, const Wanted& wanted,
                           Found& found) {
  enum { kThere, kLeft, kNew };
  for (const auto room : {kThere, kLeft, kNew}) {
    if (room == kNew) {
      MAPFILE_RETURN_IF_ERROR(GrowRegion(region_, wanted.Worst()));
      MAPFILE_RETURN_IF_ERROR(unit.Reserve(Editor::kMaxWords));
    }
    const std::uint64_t end = blocks.end();
    if (room != kThere) MAPFILE_RETURN_IF_ERROR(Extend(unit));
    if (const Fault fault = blocks.Refresh()) return fault.ToError();
    if (room != kThere && blocks.end() == end) continue;
    if (const Fault fault = Search(blocks, wanted, found)) {
      return fault.ToError();
    }
    if (found.block.at != 0) return {};
  }
  return Fail(Code::kCorrupt, "the heap has grown, but has no more room");
}

[[gnu::flatten]] Status Allocator::Free(Unit& unit, std::uint64_t offset) {
  MAPFILE_RETURN_IF_ERROR(unit.Reserve(Editor::kMaxWords));
  Blocks blocks(region_, control_offset_);
  if (const Fault fault = blocks.Refresh()) return fault.ToError();
  BlockView block;
  if (const Fault fault =
          blocks.ReadUsed(offset - sizeof(BlockHeader), block)) {
    return fault.ToError();
  }
  if (const Fault fault = Editor(blocks, unit).Release(block)) {
    return fault.ToError();
  }
  return {};
}

Result<std::uint64_t> Allocator::BlockSize(std::uint64_t offset,
                                           Kind kind) const {
  Blocks blocks(region_, control_offset_);
  BlockView block;
  Fault fault = blocks.Refresh();
  if (!fault) fault = blocks.ReadUsed(offset - sizeof(BlockHeader), block);
  if (fault) return fault.ToError();
  if (block.kind() == static_cast<std::uint8_t>(kind)) return block.usable();
  return Fail(Code::kCorrupt, "the heap's block at offset " +
                                  std::to_string(offset) +
                                  " is of another kind");
}

Status Allocator::Recover() {
  const auto* found = region_.At<HeapControl>(control_offset_);
  // Acquire: whoever left nothing undone.
  if (found != nullptr && LoadAcquire(found->journal_count) == 0 &&
      LoadRelaxed(found->moving_offset) == 0) [[likely]] {
    return {};
  }
  if (auto rolled_back = RollBack(region_, control_offset_); !rolled_back) {
    return Fail(std::move(rolled_back).error());
  }
  auto* control = region_.At<HeapControl>(control_offset_);
  const std::uint64_t moving = LoadRelaxed(control->moving_offset);
  if (moving == 0) return {};
  Unit unit(region_, control_offset_);
  // A damaged word may lead to anything: then nothing is freed.
  if (BlockSize(moving, Kind::kUser)) {
    MAPFILE_RETURN_IF_ERROR(Free(unit, moving));
  }
  MAPFILE_RETURN_IF_ERROR(unit.Set(&control->moving_offset, 0));
  unit.Commit();
  return {};
}

void Allocator::ForgetMove() {
  auto* control = region_.At<HeapControl>(control_offset_);
  if (control == nullptr) return;
  StoreRelaxed(control->moving_offset, std::uint64_t{0});
  MAPFILE_STEP("move: forgotten");
}

Status Allocator::Extend(Unit& unit) {
  Blocks blocks(region_, control_offset_);
  if (const Fault fault = blocks.Refresh()) return fault.ToError();
  const std::uint64_t end = region_.size() / kBlockAlign * kBlockAlign;
  if (end < blocks.end() + kMinBlockSize) return {};
  Editor editor(blocks, unit);
  BlockView mark;
  if (const Fault fault = blocks.Read(blocks.end_mark(), mark)) {
    return fault.ToError();
  }
  std::uint64_t at = mark.at;
  if (mark.previous_is_free()) {
    BlockView last;
    Fault fault = blocks.ReadPrevious(mark, last);
    if (!fault) fault = editor.Unlink(last);
    if (fault) return fault.ToError();
    at = last.at;
  }
  const std::uint64_t new_mark = end - sizeof(BlockHeader);
  if (const Fault fault = editor.PutFree(at, new_mark - at)) {
    return fault.ToError();
  }
  editor.PutEndMark(new_mark, true);
  unit.Write(control_offset_ + offsetof(HeapControl, end_offset), end);
  return {};
}

}  // namespace mapfile::heap
