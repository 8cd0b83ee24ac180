// A record table in plain memory, and a host whose locks work between
// threads and between processes that share the memory.
#ifndef MAPFILE_TESTS_RECORD_TEST_TABLE_H_
#define MAPFILE_TESTS_RECORD_TEST_TABLE_H_

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "lib/base/atomic.h"
#include "lib/base/copy.h"
#include "lib/base/hash.h"
#include "lib/base/region.h"
#include "lib/format/header.h"
#include "lib/heap/allocator.h"
#include "lib/record/table.h"
#include "lib/record/type_store.h"

namespace mapfile::record {

// Locks by compare-and-swap. An owner is dead once a test says so.
class TestHost : public Host {
 public:
  TestHost(std::uint32_t slot, std::uint32_t incarnation)
      : Host(slot, incarnation) {}

  Result<bool> Lock(std::uint64_t* word) override {
    const std::uint64_t me =
        format::LockWord::Make(writer_slot(), incarnation());
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    for (;;) {
      std::uint64_t seen = 0;
      if (Atomic(*word).compare_exchange_weak(seen, me)) return false;
      if (seen != 0 && IsDead(seen) &&
          Atomic(*word).compare_exchange_weak(seen, me)) {
        return true;
      }
      if (std::chrono::steady_clock::now() > end) break;
      std::this_thread::yield();
    }
    return Fail(Code::kBusy, "a living owner holds the lock");
  }
  void Unlock(std::uint64_t* word) override { Atomic(*word).store(0); }
  void Abandon(std::uint64_t* word) override {
    Atomic(*word).store(format::LockWord::Make(kNobody, 1));
  }
  Times Now() override { return {++now, ++now}; }
  void Wake(const std::uint32_t*) override { ++wakes; }

  static constexpr std::uint32_t kNobody = 0xfffe;
  std::uint32_t dead_slot = kNobody;  // Its locks may be taken over
  std::atomic<std::uint64_t> now = 1'000'000'000'000;
  std::atomic<int> wakes = 0;

 private:
  bool IsDead(std::uint64_t word) const {
    const std::uint32_t slot = format::LockWord::Slot(word);
    return slot == kNobody || slot == dead_slot;
  }
};

// Memory that children of fork() share.
class SharedMemory {
 public:
  explicit SharedMemory(std::size_t size)
      : bytes_(
            static_cast<std::byte*>(mmap(nullptr, size, PROT_READ | PROT_WRITE,
                                         MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
            size) {}
  SharedMemory(const SharedMemory&) = delete;
  ~SharedMemory() { munmap(bytes_.data(), bytes_.size()); }
  std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

// A file's worth of memory with an empty table, whose values may be of type 1.
struct TestTable {
  explicit TestTable(std::size_t size = 4 << 20, bool has_type = true)
      : memory(size), region(memory.bytes()), host(0, 1) {
    format::NewFile fields;
    fields.size = size;
    fields.max_size = size;
    fields.hash_seed = 42;
    auto* header = region.At<format::FileHeader>(0);
    *header = format::MakeHeader(fields);
    formatted = heap::Allocator::Format(region, header->heap_offset,
                                        header->data_offset);
    if (formatted) formatted = Table::Format(region);
    table = *Table::Attach(region, &host);
    constexpr std::string_view kText = "string";
    if (has_type) (void)TypeStore(*table).IdOf(HashText(kText, 0), kText);
  }

  // Another look at the same bytes, as another writer.
  std::unique_ptr<Table> Other(TestHost& other) {
    return *Table::Attach(region, &other);
  }
  std::unique_ptr<Table> Reader() { return *Table::Attach(region, nullptr); }

  std::uint64_t used_bytes() {
    return heap::Allocator(region, format::kHeapOffset).Stats()->used_bytes;
  }

  SharedMemory memory;
  Region region;
  TestHost host;
  Status formatted;
  std::unique_ptr<Table> table;
};

// Values made of one byte, so that a mix of two shows.
inline auto FillWith(char c) {
  return [c](std::span<std::byte> bytes) -> Status {
    const std::vector<char> value(bytes.size(), c);
    CopyShared(bytes.data(), value.data(), bytes.size());
    return {};
  };
}

inline Result<RecordId> AddText(Table& table, std::string_view name, char c,
                                std::size_t size, std::uint32_t slots = 3) {
  Properties properties;
  properties.slots = slots;
  const auto fill = FillWith(c);
  return table.Add(name, properties, 1, size, fill);
}

inline Result<Generation> PutText(Table& table, RecordId id, char c,
                                  std::size_t size,
                                  const PublishOptions& options = {}) {
  const auto fill = FillWith(c);
  return table.Publish(id, size, 1, fill, options);
}

// "aaaa", or "error: ...".
inline std::string GetText(const Table& table, RecordId id,
                           const ReadOptions& options = {}) {
  std::string text;
  const auto visit = [&text](const VersionView& view) -> Status {
    text.assign(reinterpret_cast<const char*>(view.bytes.data()),
                view.bytes.size());
    return {};
  };
  const Status read = table.Read(id, options, visit);
  return read ? text : "error: " + read.error().message();
}

// Empty where the table is whole.
inline std::string Faults(Table& table) {
  auto faults = table.Check();
  if (!faults) return faults.error().message();
  std::string text;
  for (const std::string& fault : *faults) text += fault + "\n";
  return text;
}

}  // namespace mapfile::record

#endif  // MAPFILE_TESTS_RECORD_TEST_TABLE_H_
