// Every bit of header and control pages flipped, in plain memory: no call of
// the record table crashes, hangs or reaches outside of the region.
#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "lib/format/header.h"
#include "lib/format/header_fix.h"
#include "tests/damage/specimen.h"
#include "tests/record/test_table.h"
#include "tests/support/sanitizer.h"

namespace mapfile::testing {
namespace {

using record::RecordId;
using record::Table;

constexpr std::uint64_t kStep = testing::kAddressSanitizer ? 13 : 1;

// Whoever had a lock is dead.
class HeirHost : public record::TestHost {
 public:
  HeirHost() : TestHost(3, 9) {}
  Result<bool> Lock(std::uint64_t*) override { return true; }
};

void ReadAll(const Table& table) {
  (void)table.Title();
  (void)table.Find("no such record");
  const auto ids = table.List();
  if (!ids) return;
  for (const RecordId& id : *ids) {
    (void)table.Info(id);
    (void)record::GetText(table, id, {.verify = record::Verify::kIfChecked});
  }
}

void WriteAll(Table& table) {
  if (const auto id = table.Find("note")) {
    (void)record::PutText(table, *id, 'x', 300);
    (void)record::PutText(table, *id, 'y', 20);
  }
  (void)record::AddText(table, "fresh", 'z', 100);
  if (const auto id = table.Find("state")) (void)table.Remove(*id);
  (void)table.SetTitle("another");
}

TEST_CASE("each bit of header and control pages") {
  const std::string good = MakeSpecimen(true);
  // Just as large as the region, so that a sanitizer sees what leaves it.
  const std::unique_ptr<std::byte, decltype(&std::free)> memory(
      static_cast<std::byte*>(std::aligned_alloc(4096, good.size())),
      &std::free);
  int usable = 0;
  for (std::uint64_t bit = 0; bit < 8 * format::kDataOffset; bit += kStep) {
    CAPTURE(bit);
    std::memcpy(memory.get(), good.data(), good.size());
    memory.get()[bit / 8] ^= std::byte(1 << (bit % 8));
    Region region(memory.get(), good.size());
    (void)format::JudgeHeader(region);
    const std::span<const std::byte> header(memory.get(),
                                            sizeof(format::FileHeader));
    if (!format::CheckHeader(header, good.size(), format::Use::kWrite)) {
      continue;
    }
    ++usable;
    if (const auto reader = Table::Attach(region, nullptr)) {
      ReadAll(**reader);
      (void)(*reader)->Examine(nullptr);
    }
    HeirHost host;
    if (const auto writer = Table::Attach(region, &host)) WriteAll(**writer);
  }
  CHECK(usable > 1000);
}

}  // namespace
}  // namespace mapfile::testing
