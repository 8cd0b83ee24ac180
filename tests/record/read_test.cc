#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

// Values of one byte, repeated, of changing sizes: a mix of two shows.
void Write(Table& table, RecordId id) {
  for (int i = 0;; ++i) {
    const char c = static_cast<char>('a' + i % 26);
    if (!PutText(table, id, c, 1000 + i % 26 * 10)) _exit(1);
  }
}

TEST_CASE("readers in other processes never see a mix, nor time go back") {
  for (const std::uint32_t slots : {2u, 3u, 8u}) {
    CAPTURE(slots);
    TestTable t;
    const RecordId id = AddText(*t.table, "a", 'a', 1000, slots).value();
    const pid_t writer = fork();
    if (writer == 0) {
      TestHost host(3, 1);
      Write(*t.Other(host), id);
    }
    const auto reader = t.Reader();
    Generation last = 0;
    int seen = 0;
    // On a busy machine the writer may get no turn for a while.
    for (int i = 0; i < 20000 || (seen <= 10 && i < 20'000'000); ++i) {
      std::string text;
      Generation generation = 0;
      const auto visit = [&](const VersionView& view) -> Status {
        text.assign(reinterpret_cast<const char*>(view.bytes.data()),
                    view.bytes.size());
        generation = view.generation;
        return {};
      };
      REQUIRE(reader->Read(id, {}, visit));
      if (generation < last) FAIL("back to " << generation);
      seen += generation != last;
      last = generation;
      if (text.size() != 1000 + (text[0] - 'a') * 10u ||
          text != std::string(text.size(), text[0])) {
        FAIL("a mix: " << text);
      }
    }
    CHECK(seen > 10);
    kill(writer, SIGKILL);
    waitpid(writer, nullptr, 0);
  }
}

TEST_CASE("a version in the history stays whole until it is overwritten") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 4, 4).value();
  const Generation first = t.table->CurrentGeneration(id).value();
  for (const char c : {'b', 'c', 'd'}) REQUIRE(PutText(*t.table, id, c, 4));
  CHECK(GetText(*t.table, id, {.generation = first}) == "aaaa");
  CHECK(GetText(*t.table, id, {.generation = first + 2}) == "cccc");
  REQUIRE(PutText(*t.table, id, 'e', 4));
  CHECK(GetText(*t.table, id, {.generation = first}).starts_with("error"));
  CHECK(GetText(*t.table, id, {.generation = first + 9}).starts_with("error"));
}

format::SlotHeader& CurrentSlot(TestTable& t, RecordId id) {
  const Block block = Block::At(t.region, id.offset).value();
  return block.slots[format::PublishedWord::Slot(block.header->published)];
}

TEST_CASE("a slot that leads out of the file is Corrupt with a sentence") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  format::SlotHeader& slot = CurrentSlot(t, id);
  const std::uint64_t good = slot.offset;
  const std::uint64_t end = t.region.size();
  for (const std::uint64_t offset :
       {good + 8, end, end - 64, UINT64_MAX - 63, std::uint64_t{1} << 48}) {
    CAPTURE(offset);
    slot.offset = offset;
    slot.size = 100;
    const std::string text = GetText(*t.table, id);
    CAPTURE(text);
    CHECK(text.starts_with("error: "));
    CHECK((text.find("outside") != std::string::npos ||
           text.find("not aligned") != std::string::npos));
  }
  slot.offset = good;
  for (const std::uint64_t size :
       {end, end - good + 1, UINT64_MAX, UINT64_MAX - good}) {
    CAPTURE(size);
    slot.size = size;
    CHECK(GetText(*t.table, id).find("outside") != std::string::npos);
  }
  slot.size = 100;
  CHECK(GetText(*t.table, id) == std::string(100, 'a'));
}

TEST_CASE("a stamp that can't be is Corrupt at once, not read for ever") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  format::SlotHeader& slot = CurrentSlot(t, id);
  for (const std::uint64_t stamp :
       {std::uint64_t{0}, slot.stamp + 1, UINT64_MAX}) {
    CAPTURE(stamp);
    const std::uint64_t former = std::exchange(slot.stamp, stamp);
    int shown = 0;
    const auto visit = [&shown](const VersionView&) -> Status {
      ++shown;
      return {};
    };
    CHECK(t.table->Read(id, {}, visit).error().code() == Code::kCorrupt);
    CHECK(shown == 0);
    slot.stamp = former;
  }
}

TEST_CASE("a checksum counts where it is asked for") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  const ReadOptions required{.verify = Verify::kRequired};
  const ReadOptions if_checked{.verify = Verify::kIfChecked};
  CHECK(GetText(*t.table, id, required).find("no checksum") !=
        std::string::npos);
  CHECK(GetText(*t.table, id, if_checked) == std::string(100, 'a'));
  REQUIRE(t.table->ChecksumCurrent(id));
  CHECK(GetText(*t.table, id, required) == std::string(100, 'a'));
  t.region.base()[CurrentSlot(t, id).offset + 50] ^= std::byte{1};
  CHECK(GetText(*t.table, id).size() == 100);
  for (const ReadOptions& options : {required, if_checked}) {
    CHECK(GetText(*t.table, id, options).find("doesn't have its checksum") !=
          std::string::npos);
  }
}

TEST_CASE("what was torn is shown again, and its errors are dropped") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10, 2).value();
  int shown = 0;
  std::string seen;
  const auto visit = [&](const VersionView& view) -> Status {
    seen.assign(reinterpret_cast<const char*>(view.bytes.data()),
                view.bytes.size());
    if (++shown > 1) return {};
    // Two versions later the slot that is looked at holds another one.
    REQUIRE(PutText(*t.table, id, 'b', 10));
    REQUIRE(PutText(*t.table, id, 'c', 10));
    return Fail(Code::kCorrupt, "torn");
  };
  REQUIRE(t.table->Read(id, {}, visit));
  CHECK(shown == 2);
  CHECK(seen == std::string(10, 'c'));
}

TEST_CASE("a record that never holds still is Busy, not read for ever") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10, 2).value();
  const auto visit = [&](const VersionView&) -> Status {
    (void)PutText(*t.table, id, 'b', 10);
    (void)PutText(*t.table, id, 'c', 10);
    return {};
  };
  CHECK(t.table->Read(id, {}, visit).error().code() == Code::kBusy);
}

}  // namespace
}  // namespace mapfile::record
