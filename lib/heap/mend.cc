#include "lib/heap/mend.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "lib/base/try.h"
#include "lib/heap/blocks.h"

namespace mapfile::heap {
namespace {

using format::BlockHeader;
using format::HeapControl;
using format::kBlockAlign;
using format::kMinBlockSize;
using format::OwnerWord;
using format::SizeWord;

constexpr std::uint64_t kHeader = sizeof(BlockHeader);

std::uint64_t RoundUp(std::uint64_t size) {
  return (size + kBlockAlign - 1) / kBlockAlign * kBlockAlign;
}

// A block as it should be.
struct Shape {
  std::uint64_t end = 0;
  Kind kind = Kind::kFree;
  std::uint32_t owner = 0;
};

class Mender {
 public:
  Mender(Region& region, const HeapPlace& place, const Hints& hints)
      : region_(region),
        place_(place),
        hints_(hints),
        blocks_(region, place.control_offset) {}

  Result<std::vector<std::string>> Run() {
    MAPFILE_RETURN_IF_ERROR(MendControl());
    if (const Fault fault = blocks_.Refresh()) return fault.ToError();
    MendEnd();
    keeps_unknown_ = HasUsers();
    MAPFILE_RETURN_IF_ERROR(MendChain());
    Allocator allocator(region_, place_.control_offset);
    const bool was_whole = allocator.Check().empty();
    MAPFILE_RETURN_IF_ERROR(allocator.Rebuild());
    if (!was_whole) Did("made the heap's lists and counts afresh");
    return std::move(actions_);
  }

 private:
  void Did(std::string action) { actions_.push_back(std::move(action)); }

  template <class T>
  void Must(const char* name, T& word, std::uint64_t right) {
    if (word == right) return;
    Did(std::string("the heap's ") + name + " is " + std::to_string(right));
    word = static_cast<T>(right);
  }

  Status MendControl();
  bool IsEndMark(std::uint64_t end) const;
  void MendEnd();
  bool HasUsers() const;
  bool Holds(std::uint64_t at, BlockView& block) const;
  bool IsBoundary(std::uint64_t at) const;
  std::uint64_t NextBoundary(std::uint64_t at) const;
  bool Prove(std::uint64_t at, Shape& shape) const;
  Shape Guess(std::uint64_t at) const;
  bool WasFree(std::uint64_t at, std::uint64_t end) const;
  void Put(std::uint64_t at, const Shape& shape);
  Status MendChain();

  Region& region_;
  const HeapPlace place_;
  const Hints& hints_;
  Blocks blocks_;
  bool keeps_unknown_ = false;
  std::vector<std::string> actions_;
};

Status Mender::MendControl() {
  auto* control = region_.At<HeapControl>(place_.control_offset);
  if (control == nullptr) {
    return Fail(Code::kCorrupt, "its heap's control block is not in the file");
  }
  if (std::memcmp(control->magic, format::kHeapMagic, 8) != 0) {
    std::memcpy(control->magic, format::kHeapMagic, 8);
    Did("the heap's magic was put back");
  }
  Must("version", control->version, format::kHeapVersion);
  Must("control size", control->control_size, format::kHeapControlSize);
  Must("first block", control->first_offset, place_.data_offset);
  const std::uint64_t limit = region_.size() / kBlockAlign * kBlockAlign;
  const std::uint64_t end = control->end_offset;
  const bool possible = end % kBlockAlign == 0 && end <= limit &&
                        end > place_.data_offset + kHeader;
  if (!possible || (!IsEndMark(end) && IsEndMark(limit))) {
    Must("end", control->end_offset, limit);
  }
  return {};
}

bool Mender::IsEndMark(std::uint64_t end) const {
  if (end < kHeader) return false;
  const auto* header = region_.At<BlockHeader>(end - kHeader);
  return header != nullptr &&
         SizeWord::Seal(end - kHeader, header->size_word) ==
             header->size_word &&
         SizeWord::Kind(header->size_word) == format::kEndKind;
}

void Mender::MendEnd() {
  if (IsEndMark(blocks_.end())) return;
  const std::uint64_t at = blocks_.end_mark();
  auto* header = region_.At<BlockHeader>(at);
  header->size_word = SizeWord::Make(at, kHeader, 0, format::kEndKind);
  header->owner_word = OwnerWord::Make(at, header->size_word, 0);
  Did("the heap's end mark was put back");
}

// Whether programs keep structures of their own in the heap: blocks that
// nothing here knows of may be theirs.
bool Mender::HasUsers() const {
  const auto& keys = blocks_.control().keys;
  return std::any_of(std::begin(keys), std::end(keys),
                     [](std::uint64_t key) { return key != 0; });
}

bool Mender::Holds(std::uint64_t at, BlockView& block) const {
  if (blocks_.Read(at, block)) return false;
  if (!block.is_free()) return !blocks_.ReadUsed(at, block);
  // Eight bits of check are few: its size must be at its end, too, or else a
  // block follow, and no block that is led to may lie inside.
  BlockView next;
  if (blocks_.Word(block.next() - 8) != block.size() &&
      blocks_.Read(block.next(), next)) {
    return false;
  }
  for (auto hint = hints_.upper_bound(at + kHeader);
       hint != hints_.end() && hint->first < block.next(); ++hint) {
    BlockView inside;
    if (!blocks_.ReadUsed(hint->first - kHeader, inside)) return false;
  }
  return true;
}

bool Mender::IsBoundary(std::uint64_t at) const {
  if (at == blocks_.end_mark() || hints_.contains(at + kHeader)) return true;
  BlockView block;
  if (!blocks_.ReadUsed(at, block)) return true;
  return !blocks_.ReadFree(at, block) &&
         blocks_.Word(block.next() - 8) == block.size() && Holds(at, block);
}

std::uint64_t Mender::NextBoundary(std::uint64_t at) const {
  while (at < blocks_.end_mark() && !IsBoundary(at)) at += kBlockAlign;
  return std::min(at, blocks_.end_mark());
}

// The owner word vouches for size and kind: which of them fit?
bool Mender::Prove(std::uint64_t at, Shape& shape) const {
  const std::uint64_t owner =
      blocks_.Word(at + offsetof(BlockHeader, owner_word));
  if (owner == 0) return false;
  BlockView next;
  for (std::uint64_t end = at + kMinBlockSize; end <= blocks_.end_mark();
       end += kBlockAlign) {
    // In front of such a block nothing is in use: the word is what a former
    // block left.
    if (blocks_.Read(end, next) || next.previous_is_free()) continue;
    for (std::uint8_t kind = 1; kind <= 7; ++kind) {
      const std::uint64_t word = SizeWord::Make(at, end - at, 0, kind);
      if (OwnerWord::Make(at, word, OwnerWord::Owner(owner)) != owner) continue;
      shape = {end, static_cast<Kind>(kind), OwnerWord::Owner(owner)};
      return true;
    }
  }
  return false;
}

Shape Mender::Guess(std::uint64_t at) const {
  Shape shape;
  if (Prove(at, shape)) return shape;
  const auto hint = hints_.find(at + kHeader);
  if (hint != hints_.end()) {
    const std::uint64_t least =
        std::max(kMinBlockSize, RoundUp(kHeader + hint->second.size));
    const auto next = std::next(hint);
    const bool fits =
        least <= blocks_.end_mark() - at &&
        (next == hints_.end() || next->first - kHeader >= at + least);
    if (fits) {
      return {NextBoundary(at + least), hint->second.kind, hint->second.owner};
    }
  }
  const std::uint64_t end = NextBoundary(at + kMinBlockSize);
  const bool may_be_used = keeps_unknown_ && !WasFree(at, end);
  return {end, may_be_used ? Kind::kUser : Kind::kFree, 0};
}

// A free block has its size at its end, and the next one knows of it.
bool Mender::WasFree(std::uint64_t at, std::uint64_t end) const {
  BlockView next;
  return end - at >= kMinBlockSize && blocks_.Word(end - 8) == end - at &&
         !blocks_.Read(end, next) && next.previous_is_free();
}

void Mender::Put(std::uint64_t at, const Shape& shape) {
  const std::uint64_t flags = shape.kind == Kind::kFree ? SizeWord::kFree : 0;
  const std::uint64_t size = shape.end - at;
  auto* header = region_.At<BlockHeader>(at);
  header->size_word =
      SizeWord::Make(at, size, flags, static_cast<std::uint8_t>(shape.kind));
  header->owner_word = OwnerWord::Make(at, header->size_word, shape.owner);
  if (shape.kind == Kind::kFree) {
    *region_.At<std::uint64_t>(shape.end - 8) = size;
  }
  Did("the heap's block at offset " + std::to_string(at + kHeader) +
      " got its header back: " + std::to_string(size - kHeader) + " bytes" +
      (shape.kind == Kind::kFree ? ", free" : ""));
}

Status Mender::MendChain() {
  std::uint64_t at = blocks_.first();
  while (at != blocks_.end_mark()) {
    BlockView block;
    if (Holds(at, block)) {
      at = block.next();
      continue;
    }
    const Shape shape = Guess(at);
    if (shape.end - at < kMinBlockSize || shape.end > blocks_.end_mark()) {
      return Fail(Code::kCorrupt,
                  "the chain of the heap's blocks can't be closed at offset " +
                      std::to_string(at));
    }
    Put(at, shape);
    at = shape.end;
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> Mend(Region& region, const HeapPlace& place,
                                      const Hints& hints) {
  return Mender(region, place, hints).Run();
}

}  // namespace mapfile::heap
