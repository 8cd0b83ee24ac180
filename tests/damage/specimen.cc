#include "tests/damage/specimen.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>

#include "lib/base/hash.h"
#include "lib/base/region.h"
#include "lib/format/header.h"
#include "lib/os/clock.h"
#include "lib/record/type_store.h"
#include "lib/text/json.h"
#include "tests/record/test_table.h"

namespace mapfile::testing {
namespace {

using record::RecordId;

constexpr const char* kState =
    "RunState\nclass RunState 1 { i64 run; f64 rate_hz; }";
constexpr const char* kChain =
    "Link\nclass Link 1 { i32 number; string text; Link* next; }";

template <class T>
T Must(Result<T> result) {
  if (!result) std::abort();
  return *std::move(result);
}

class Builder {
 public:
  explicit Builder(record::Table& table) : table_(table), types_(table) {}

  void Add(const std::string& name, const char* type, const char* json,
           record::Properties properties = {}) {
    const auto parsed = Must(Type::Parse(type));
    const auto bytes = Must(text::FromJson(*parsed, json, types_));
    const auto fill = [&](std::span<std::byte> to) -> Status {
      std::copy(bytes.begin(), bytes.end(), to.begin());
      return {};
    };
    const std::uint32_t id = Must(types_.IdOf(*parsed));
    if (const auto known = table_.Find(name)) {
      Must(table_.Publish(*known, bytes.size(), id, fill));
    } else {
      Must(table_.Add(name, properties, id, bytes.size(), fill));
    }
    Must(table_.ChecksumCurrent(Must(table_.Find(name))));
  }

 private:
  record::Table& table_;
  record::FileTypeTable types_;
};

void Fill(record::Table& table) {
  if (!table.SetTitle("a specimen")) std::abort();
  Builder builder(table);
  record::Properties properties;
  properties.title = "words";
  properties.attributes = {.period_ms = 1000, .unit = "cm", .description = "d"};
  builder.Add("note", "string", "\"first\"", properties);
  builder.Add("note", "string", "\"the second note\"");
  builder.Add("counts", "vector<f64>", "[1, 2, 3, 4.5]");
  builder.Add("counts", "vector<f64>", "[10, 20, 30, 40.5, 50]");
  builder.Add("gone", "vector<f64>", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]");
  builder.Add("state", kState, R"({"run": 7, "rate_hz": 12.5})");
  builder.Add("state", kState, R"({"run": 8, "rate_hz": 25})");
  builder.Add("state", kState, R"({"run": 9, "rate_hz": 50})");
  builder.Add("folder/chain", kChain,
              R"({"number": 1, "text": "one", "next":
                  {"$class": "Link", "number": 2, "text": "two",
                   "next": null}})");
  builder.Add("empty", "vector<u8>", "[]");
  if (!table.Remove(Must(table.Find("gone")))) std::abort();
}

}  // namespace

std::string MakeSpecimen(bool of_this_boot) {
  std::string bytes(kSpecimenSize, '\0');
  // Aligned, as mapped bytes are.
  const std::unique_ptr<std::byte, decltype(&std::free)> memory(
      static_cast<std::byte*>(std::aligned_alloc(4096, kSpecimenSize)),
      &std::free);
  std::memset(memory.get(), 0, kSpecimenSize);
  Region region(memory.get(), kSpecimenSize);
  format::NewFile fields;
  fields.size = kSpecimenSize;
  fields.max_size = 1 << 20;
  fields.created_ns = 1'700'000'000'000'000'000;
  fields.hash_seed = 42;
  fields.creator = "specimen";
  if (of_this_boot) fields.boot_id = os::BootId();
  auto& header = *region.At<format::FileHeader>(0);
  header = format::MakeHeader(fields);
  if (!heap::Allocator::Format(region, header.heap_offset,
                               header.data_offset) ||
      !record::Table::Format(region)) {
    std::abort();
  }
  record::TestHost host(0, 1);
  auto& writer = *region.At<format::WriterSlot>(header.writers_offset);
  writer.incarnation = 1;
  writer.closed = 1;
  Fill(*Must(record::Table::Attach(region, &host)));
  header.state = format::kStateClosed;
  std::memcpy(bytes.data(), memory.get(), kSpecimenSize);
  return bytes;
}

std::uint64_t Editor::RecordOffset(const std::string& name) {
  const std::uint64_t hash = HashText(name, header().hash_seed);
  for (std::uint64_t i = 0; i < entry_count(); ++i) {
    const std::uint64_t entry = entries()[i];
    const std::uint64_t offset = entry & format::IndexEntry::kOffsetMask;
    if (entry > format::IndexEntry::kTombstone &&
        At<format::RecordHeader>(offset).name_hash == hash) {
      return offset;
    }
  }
  return 0;
}

void Editor::Checksum(format::SlotHeader& slot) {
  slot.checksum = static_cast<std::uint32_t>(
      HashText(std::string_view(bytes_).substr(slot.offset, slot.size), 0));
}

}  // namespace mapfile::testing
