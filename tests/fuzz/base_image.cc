#include "tests/fuzz/base_image.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "lib/base/copy.h"
#include "lib/format/header.h"
#include "lib/heap/allocator.h"
#include "lib/heap/journal.h"
#include "lib/record/table.h"
#include "lib/record/type_store.h"
#include "mapfile/histogram.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/types/test_classes.h"

namespace mapfile::fuzz {
namespace {

constexpr std::uint64_t kSize = 14 * format::kPageSize;

// A file's worth of memory, with an empty table.
class Builder {
 public:
  Builder() : bytes_(kSize), region_(bytes_, kSize) {
    format::NewFile fields;
    fields.size = kSize;
    fields.max_size = 64 * format::kPageSize;
    fields.hash_seed = 42;
    fields.creator = "fuzz";
    const format::FileHeader header = format::MakeHeader(fields);
    std::memcpy(bytes_.data(), &header, sizeof(header));
    FUZZ_CHECK(heap::Allocator::Format(region_, header.heap_offset,
                                       header.data_offset));
    FUZZ_CHECK(record::Table::Format(region_));
    table_ = record::Table::Attach(region_, &host_).value();
    types_ = std::make_unique<record::FileTypeTable>(*table_);
  }

  record::Table& table() { return *table_; }

  template <class T>
  record::RecordId Add(std::string_view name, const T& value,
                       const record::Properties& properties = {}) {
    const std::uint32_t id = types_->IdOf(TypeOf<T>()).value();
    const auto bytes = zoo::Store(value, *types_).value();
    return table_
        ->Add(name, properties, id, bytes.size(),
              [&](std::span<std::byte> into) -> Status {
                CopyShared(into.data(), bytes.data(), bytes.size());
                return {};
              })
        .value();
  }

  // A block of the user's, and a root that leads to it.
  void Malloc(std::uint64_t size, int key) {
    heap::Allocator allocator(region_, format::kHeapOffset);
    heap::Unit unit(region_, format::kHeapOffset);
    auto offset = allocator.Allocate(unit, size, heap::Kind::kUser);
    unit.Commit();
    auto* control = region_.At<format::HeapControl>(format::kHeapOffset);
    control->keys[key] = offset.value();
  }

  std::vector<std::byte> Finish() && {
    types_.reset();
    table_.reset();
    return std::move(bytes_);
  }

 private:
  std::vector<std::byte> bytes_;
  LoneRegion region_;
  LoneHost host_;
  std::unique_ptr<record::Table> table_;
  std::unique_ptr<record::FileTypeTable> types_;
};

std::vector<std::byte> Values() {
  Builder file;
  record::Properties properties;
  properties.title = "T";
  properties.attributes = {1000, "keV", "what it says"};
  const auto number = file.Add("a/n", std::int64_t{42}, properties);
  Histogram1D histogram("h", RegularAxis(4, 0, 1), "x");
  histogram.Fill(0.3);
  file.Add("h", histogram);
  const auto text = file.Add("a/text", std::string("hello"));
  properties.slots = 2;
  file.Add("v", std::vector<float>{1, 2, 3}, properties);
  FUZZ_CHECK(file.table().ChecksumCurrent(number));
  FUZZ_CHECK(file.table().ChecksumCurrent(text));
  FUZZ_CHECK(file.table().SetTitle("title"));
  file.Malloc(40, 0);
  return std::move(file).Finish();
}

std::vector<std::byte> Objects() {
  Builder file;
  zoo::Drawing drawing;
  drawing.shapes.push_back(std::make_unique<zoo::Square>());
  drawing.shapes.push_back(std::make_unique<zoo::Circle>());
  drawing.chosen = drawing.shapes[1].get();
  drawing.first = drawing.second = std::make_shared<zoo::Square>();
  drawing.self = &drawing;
  const auto shown = file.Add("d", drawing);
  zoo::Everything everything;
  everything.words = {"w"};
  everything.by_name["k"] = {1, 2};
  everything.by_number[3] = {4};
  everything.any = zoo::Point{5, 6};
  everything.maybe = "m";
  everything.bits = {true};
  everything.children.emplace_back();
  file.Add("e", everything);
  const auto gone = file.Add("gone", zoo::Point{1, 2});
  FUZZ_CHECK(file.table().Remove(gone));
  FUZZ_CHECK(file.table().ChecksumCurrent(shown));
  FUZZ_CHECK(file.table().SetDurable(shown, 1));
  return std::move(file).Finish();
}

}  // namespace

Status LoneRegion::Grow(std::uint64_t size) {
  if (size > room_.size()) return Fail(Code::kNoSpace, "no more room");
  if (size > this->size()) SetSize(size);
  auto& header = *reinterpret_cast<format::FileHeader*>(base());
  StoreRelaxed(header.size, std::max(LoadRelaxed(header.size), size));
  return {};
}

const std::vector<std::byte>& BaseImage(int which) {
  static const std::vector<std::byte> images[kBaseImages] = {
      Builder().Finish(), Values(), Objects()};
  return images[which];
}

}  // namespace mapfile::fuzz
