#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

TEST_CASE("a record's properties are those of its Add and of each Publish") {
  TestTable t;
  Properties properties{.slots = 5,
                        .flags = 0,
                        .attributes = {2000, "keV", "of a crystal"},
                        .title = "Energy"};
  const auto fill = FillWith('x');
  const RecordId id = t.table->Add("a/b", properties, 7, 100, fill).value();
  Summary info = t.table->Info(id).value();
  CHECK(info.name == "a/b");
  CHECK(info.id == id);
  CHECK(info.slots == 5);
  CHECK(info.attributes == properties.attributes);
  CHECK(info.title == "Energy");
  CHECK(info.updates == 1);
  CHECK(info.version.type_id == 7);
  CHECK(info.version.size == 100);
  CHECK(info.version.writer_slot == t.host.writer_slot());
  CHECK(info.version.writer_incarnation == t.host.incarnation());
  CHECK(info.capacity >= 100);
  CHECK(info.durable_generation == 0);
  const std::uint64_t then = info.version.mono_ns;
  REQUIRE(PutText(*t.table, id, 'y', 20));
  info = t.table->Info(id).value();
  CHECK(info.updates == 2);
  CHECK(info.version.size == 20);
  CHECK(info.version.mono_ns > then);
}

TEST_CASE("a version and its properties are of one moment") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 100).value();
  const pid_t writer = fork();
  if (writer == 0) {
    TestHost host(3, 1);
    const auto table = t.Other(host);
    for (std::uint64_t i = 1;; ++i) {
      // Size and texts tell the same number.
      const std::string text = std::string(i % 50, 't');
      if (!PutText(*table, id, 'x', i % 50 + 1) ||
          !table->SetAttributes(id, {i % 50, text, text})) {
        _exit(1);
      }
    }
  }
  const auto reader = t.Reader();
  Generation last = 0;
  int seen = 0;
  for (int i = 0; i < 5000 || (seen < 10 && i < 10'000'000); ++i) {
    const auto info = reader->Info(id);
    if (!info) FAIL(info.error().message());
    if (info->version.generation < last) FAIL("back in time");
    seen += info->version.generation != last;
    last = info->version.generation;
    const Attributes& a = info->attributes;
    if (a.unit.size() != a.period_ms || a.description != a.unit) {
      FAIL("a mix: " << a.period_ms << " " << a.unit);
    }
  }
  kill(writer, SIGKILL);
  waitpid(writer, nullptr, 0);
}

TEST_CASE("texts and names that lead nowhere are errors, not crashes") {
  TestTable t;
  Properties properties;
  properties.title = "title";
  properties.attributes.unit = "mm";
  const auto fill = FillWith('x');
  const RecordId id = t.table->Add("a", properties, 1, 10, fill).value();
  format::RecordHeader& header = *t.region.At<format::RecordHeader>(id.offset);
  for (std::uint64_t* field :
       {&header.title_offset, &header.attributes_offset}) {
    const std::uint64_t good = *field;
    for (const std::uint64_t hostile :
         {std::uint64_t{1}, t.region.size() - 2, UINT64_MAX, UINT64_MAX - 15}) {
      *field = hostile;
      const auto info = t.table->Info(id);
      // Some places hold small numbers that pass for sizes.
      if (!info) CHECK(info.error().code() == Code::kCorrupt);
    }
    *field = t.region.size() - 2;
    CHECK(t.table->Info(id).error().code() == Code::kCorrupt);
    *field = good;
  }
  for (const std::uint16_t size : {std::uint16_t{0}, std::uint16_t{65535}}) {
    header.name_size = size;
    CHECK(t.table->Info(id)->name.size() <= 32);
  }
  header.published = 0;
  CHECK(t.table->Info(id).error().code() == Code::kCorrupt);
  CHECK(t.table->CurrentGeneration(id).error().code() == Code::kCorrupt);
  header.published = format::PublishedWord::Make(9, 15);
  CHECK(t.table->Info(id).error().code() == Code::kCorrupt);
}

TEST_CASE("a durable slot that can't be is none") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  format::RecordHeader& header = *t.region.At<format::RecordHeader>(id.offset);
  header.durable_slot = 4;
  CHECK(t.table->Info(id)->durable_generation == 0);
  header.durable_slot = 65535;
  CHECK(t.table->Info(id)->durable_generation == 0);
  CHECK(PutText(*t.table, id, 'y', 10));
}

TEST_CASE("what is known of a removed record is that it is gone") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  REQUIRE(t.table->Remove(id));
  CHECK(t.table->Info(id).error().code() == Code::kNotFound);
  REQUIRE(AddText(*t.table, "b", 'x', 10));
  CHECK(t.table->Info(id).error().code() == Code::kNotFound);
}

}  // namespace
}  // namespace mapfile::record
