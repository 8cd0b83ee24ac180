// Takes whatever bytes there are for a map file in memory, looks at all of
// it, and writes to it. See map_image.h for what the bytes mean.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "lib/base/copy.h"
#include "lib/format/header.h"
#include "lib/heap/journal.h"
#include "lib/record/table.h"
#include "lib/record/type_store.h"
#include "lib/text/json.h"
#include "lib/text/print.h"
#include "mapfile/registry.h"
#include "tests/fuzz/base_image.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/map_image.h"
#include "tests/fuzz/poison.h"
#include "tests/types/test_classes.h"

namespace mapfile::fuzz {
namespace {

// Enough of them to meet each kind.
constexpr std::size_t kMostRecords = 16;

// Whatever it is, it was looked at.
void Use(const auto& result) { static_cast<void>(result); }

record::Fill FillWithSevens() {
  static const auto fill = [](std::span<std::byte> bytes) -> Status {
    const std::vector<std::byte> sevens(bytes.size(), std::byte{7});
    CopyShared(bytes.data(), sevens.data(), sevens.size());
    return {};
  };
  return fill;
}

void ShowValue(int view, const Type& type, std::span<const std::byte> bytes,
               TypeTable& types) {
  switch (view) {
    case 0: return Use(text::ToJson(type, bytes, types));
    case 1: return Use(text::Print(type, bytes, types));
    case 2: return Use(text::Summary(type, bytes, types));
    default: return Use(Registry::Create(type, bytes, types));
  }
}

// In memory: what lies outside of the file is poisoned.
class MemoryWalk {
 public:
  explicit MemoryWalk(const MapImage& image)
      : options_(image.options),
        region_(image.room, image.size),
        poison_(image.room.subspan(image.size)) {}

  void Run() {
    const std::span<const std::byte> bytes(region_.base(), region_.size());
    const bool writes = options_ & kWritten;
    const auto use = writes ? format::Use::kWrite : format::Use::kRead;
    if (!format::CheckHeader(bytes, bytes.size(), use)) return;
    const auto header = region_.At<format::FileHeader>(0);
    // As a file's, the region begins with the size that the header states.
    LoneRegion region({region_.base(), kImageRoom}, header->size);
    auto table = record::Table::Attach(region, writes ? &host_ : nullptr);
    if (!table) return;
    table_ = std::move(*table);
    types_ = std::make_unique<record::FileTypeTable>(*table_);
    if (writes) {
      poison_.Lift();
      Write(region);
    } else {
      Look();
    }
    types_.reset();
    table_.reset();
  }

 private:
  std::vector<record::RecordId> List() {
    auto ids = table_->List();
    if (!ids) return {};
    if (ids->size() > kMostRecords) ids->resize(kMostRecords);
    return *std::move(ids);
  }

  void Look() {
    Use(table_->Title());
    for (const record::RecordId id : List()) {
      const auto info = table_->Info(id);
      if (info) Use(table_->Find(info->name));
      Use(table_->CurrentGeneration(id));
      LookAt(id, 0);
      LookAt(id, 1);
    }
    Use(table_->Find("a/n"));
    Use(table_->Check());
    Use(heap::Allocator(*RegionOf(), HeapOffset()).Stats());
  }

  void LookAt(record::RecordId id, Generation generation) {
    std::vector<std::byte> bytes;
    std::uint32_t type_id = 0;
    const auto verify = options_ & kVerified ? record::Verify::kRequired
                                             : record::Verify::kNone;
    const Status read = table_->Read(
        id, {generation, verify}, [&](const record::VersionView& view) {
          type_id = view.type_id;
          bytes.resize(view.bytes.size());
          CopyShared(bytes.data(), view.bytes.data(), bytes.size());
          return Status();
        });
    if (!read) return;
    const auto type = types_->TypeOf(type_id);
    if (type) ShowValue(options_ / kFirstView, **type, bytes, *types_);
  }

  void Write(LoneRegion& region) {
    heap::Allocator allocator(region, HeapOffset());
    if (options_ & kRepaired) Use(table_->RepairAfterCrash());
    if (!table_->Recover()) return;
    const bool was_whole = IsWhole();
    Use(types_->IdOf(TypeOf<zoo::Node>()));
    Use(table_->Add("new", {}, 1, 100, FillWithSevens()));
    for (const record::RecordId id : List()) Change(id);
    Use(table_->SetTitle("another title"));
    Allocate(region, allocator);
    const auto ids = List();
    if (!ids.empty()) Use(table_->Remove(ids[0]));
    record::Properties properties;
    properties.slots = 2;
    Use(table_->Add("newer", properties, 1, 3000, FillWithSevens()));
    if (was_whole) MustBeWhole();
    Use(table_->RemoveAll());
    if (was_whole) MustBeWhole();
  }

  // What a check finds nothing in stays so, whoever made it.
  bool IsWhole() const {
    const auto faults = table_->Check();
    return faults && faults->empty();
  }
  void MustBeWhole() const {
    const auto faults = table_->Check();
    if (!faults) std::fprintf(stderr, "%s\n", faults.error().message().c_str());
    FUZZ_CHECK(faults);
    for (const std::string& fault : *faults) {
      std::fprintf(stderr, "fault: %s\n", fault.c_str());
    }
    FUZZ_CHECK(faults->empty());
  }

  void Change(record::RecordId id) {
    Use(table_->Publish(id, 8, 1, FillWithSevens()));
    Use(table_->Publish(id, 700, 1, FillWithSevens()));
    Use(table_->Modify(id, [](std::uint32_t, std::span<std::byte> bytes) {
      return FillWithSevens()(bytes);
    }));
    Use(table_->SetAttributes(id, {5, "unit", "description"}));
    Use(table_->SetRecordTitle(id, "title of a record"));
    const auto generation = table_->ChecksumCurrent(id);
    if (generation) Use(table_->SetDurable(id, *generation));
  }

  void Allocate(LoneRegion& region, heap::Allocator& allocator) {
    const std::uint64_t key =
        region.At<format::HeapControl>(HeapOffset())->keys[0];
    heap::Unit unit(region, HeapOffset());
    if (IsUsers(allocator, key) && allocator.Free(unit, key) &&
        allocator.Allocate(unit, 500, heap::Kind::kUser)) {
      unit.Commit();
    }
  }

  // Roots are the user's words: one may lead to what once was a block.
  static bool IsUsers(const heap::Allocator& allocator, std::uint64_t offset) {
    bool found = false;
    Use(allocator.ForEachBlock([&](const heap::Allocator::Block& block) {
      found = block.offset == offset && block.kind == heap::Kind::kUser;
      return !found;
    }));
    return found;
  }

  std::uint64_t HeapOffset() {
    return region_.At<format::FileHeader>(0)->heap_offset;
  }
  LoneRegion* RegionOf() { return &region_; }

  std::uint8_t options_;
  LoneRegion region_;
  Poison poison_;
  LoneHost host_;
  std::unique_ptr<record::Table> table_;
  std::unique_ptr<record::FileTypeTable> types_;
};

}  // namespace
}  // namespace mapfile::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace mapfile::fuzz;
  MemoryWalk(MakeImage({data, size})).Run();
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned seed) {
  std::minstd_rand random(seed);
  // Several at once: some damage hides behind other.
  do {
    size = mapfile::fuzz::MutateImage(data, size, max_size, random);
  } while (random() % 3 == 0);
  return size;
}
