// Blocks: reads the structure of a heap and believes none of it unchecked.
#ifndef MAPFILE_LIB_HEAP_BLOCKS_H_
#define MAPFILE_LIB_HEAP_BLOCKS_H_

#include <cstdint>

#include "lib/base/atomic.h"
#include "lib/base/region.h"
#include "lib/format/heap_layout.h"
#include "mapfile/status.h"

namespace mapfile::heap {

// What contradicts itself and where: an Error that costs nothing to pass on.
struct [[nodiscard]] Fault {
  const char* what = nullptr;  // "has a damaged header"; null: nothing
  std::uint64_t offset = 0;    // Of the block's header; 0: the control block

  explicit operator bool() const { return what != nullptr; }
  std::string ToString() const;
  tl::unexpected<Error> ToError() const {
    return Fail(Code::kCorrupt, ToString());
  }
};

#define MAPFILE_RETURN_IF_FAULT(expr)      \
  do {                                     \
    if (auto fault = (expr)) return fault; \
  } while (false)

// A block as it was read, once; its offsets are inside the heap.
struct BlockView {
  std::uint64_t at = 0;  // Offset of its header; 0: no block
  std::uint64_t word = 0;

  std::uint64_t size() const { return format::SizeWord::Size(word); }
  std::uint64_t next() const { return at + size(); }
  std::uint8_t kind() const { return format::SizeWord::Kind(word); }
  bool is_free() const { return (word & format::SizeWord::kFree) != 0; }
  bool previous_is_free() const {
    return (word & format::SizeWord::kPreviousFree) != 0;
  }
  std::uint64_t usable() const { return size() - sizeof(format::BlockHeader); }
};

// The heap in a region, for the duration of one call.
class Blocks {
 public:
  Blocks(const Region& region, std::uint64_t control_offset)
      : region_(region), control_offset_(control_offset) {}

  // Reads where the heap lies. Before anything else, and again when the
  // region has grown.
  Fault Refresh() {
    using format::kBlockAlign;
    control_ = region_.At<format::HeapControl>(control_offset_);
    if (control_ == nullptr) return {"lies outside of the region"};
    first_ = LoadRelaxed(control_->first_offset);
    // Acquire: the region was longer before the heap was.
    end_ = LoadAcquire(control_->end_offset);
    // Contains() takes notice of growth by others.
    const bool is_inside = region_.Contains(0, end_);
    base_ = region_.base();
    if (first_ % kBlockAlign != 0 || end_ % kBlockAlign != 0 ||
        first_ < control_offset_ + sizeof(format::HeapControl) || !is_inside ||
        end_ < first_ || end_ - first_ < sizeof(format::BlockHeader)) {
      return {"names impossible bounds"};
    }
    return {};
  }

  format::HeapControl& control() const { return *control_; }
  std::uint64_t control_offset() const { return control_offset_; }
  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return end_; }
  std::uint64_t end_mark() const { return end_ - sizeof(format::BlockHeader); }
  const Region& region() const { return region_; }

  // The word at `offset`, which must be inside the heap.
  std::uint64_t Word(std::uint64_t offset) const {
    return LoadRelaxed(*reinterpret_cast<std::uint64_t*>(base_ + offset));
  }

  // The block whose header is at `at`: its check holds and it ends inside
  // the heap. The end mark is a block too.
  Fault Read(std::uint64_t at, BlockView& block) const {
    if (at % format::kBlockAlign != 0 || at < first_ || at > end_mark()) {
      return {"lies outside of the heap", at};
    }
    block = {at, Word(at)};
    if (format::SizeWord::Seal(at, block.word) != block.word) {
      return {"has a damaged header", at};
    }
    const bool possible =
        at == end_mark()
            ? block.size() == sizeof(format::BlockHeader) && !block.is_free()
            : block.size() >= format::kMinBlockSize &&
                  block.size() <= end_mark() - at;
    if (!possible) return {"has an impossible size", at};
    return {};
  }

  // As above, and it is free.
  Fault ReadFree(std::uint64_t at, BlockView& block) const {
    MAPFILE_RETURN_IF_FAULT(Read(at, block));
    if (!block.is_free()) return {"is in a free list and in use", at};
    return {};
  }

  // As above, and it is in use, its owner checked; never the end mark.
  Fault ReadUsed(std::uint64_t at, BlockView& block) const {
    using format::OwnerWord;
    MAPFILE_RETURN_IF_FAULT(Read(at, block));
    if (block.is_free() || at == end_mark()) return {"is not in use", at};
    const std::uint64_t owner =
        Word(at + offsetof(format::BlockHeader, owner_word));
    if (OwnerWord::Make(at, block.word, OwnerWord::Owner(owner)) != owner) {
      return {"has a damaged header", at};
    }
    return {};
  }

  // A block in use by what its header says of itself: its checks hold and it
  // ends inside the region. Needs no Refresh().
  static bool ReadSealed(const Region& region, std::uint64_t at,
                         BlockView& block) {
    using format::BlockHeader;
    if (at % format::kBlockAlign != 0 ||
        !region.Contains(at, sizeof(BlockHeader))) {
      return false;
    }
    const auto* header =
        reinterpret_cast<const BlockHeader*>(region.base() + at);
    block = {at, LoadRelaxed(header->size_word)};
    const std::uint64_t owner = LoadRelaxed(header->owner_word);
    return format::SizeWord::Seal(at, block.word) == block.word &&
           format::OwnerWord::Make(at, block.word,
                                   format::OwnerWord::Owner(owner)) == owner &&
           !block.is_free() && block.size() >= format::kMinBlockSize &&
           region.Contains(at, block.size());
  }

  // The free block that ends where `block` starts.
  Fault ReadPrevious(const BlockView& block, BlockView& previous) const;

  std::uint64_t NextLink(std::uint64_t at) const {
    return Word(at + kNextLink);
  }
  std::uint64_t PreviousLink(std::uint64_t at) const {
    return Word(at + kPreviousLink);
  }

  // Where the links lie, counted from the header.
  static constexpr std::uint64_t kNextLink =
      sizeof(format::BlockHeader) + offsetof(format::FreeLinks, next_offset);
  static constexpr std::uint64_t kPreviousLink =
      sizeof(format::BlockHeader) +
      offsetof(format::FreeLinks, previous_offset);

 private:
  const Region& region_;
  std::uint64_t control_offset_;
  format::HeapControl* control_ = nullptr;
  std::byte* base_ = nullptr;
  std::uint64_t first_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_BLOCKS_H_
