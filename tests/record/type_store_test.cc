#include "lib/record/type_store.h"

#include <doctest/doctest.h>

#include "lib/base/hash.h"
#include "lib/types/lasting_types.h"
#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

Result<std::uint32_t> IdOf(TypeStore& store, const std::string& text) {
  return store.IdOf(HashText(text, 0), text);
}

TEST_CASE("ids count from 1 and stay") {
  TestTable t(4 << 20, false);
  TypeStore store(*t.table);
  CHECK(IdOf(store, "f64").value() == 1);
  CHECK(IdOf(store, "i64").value() == 2);
  CHECK(IdOf(store, "f64").value() == 1);
  CHECK(store.Lookup(2).value()->text == "i64");
  CHECK(store.Lookup(3).error().code() == Code::kCorrupt);
  CHECK(store.Lookup(0).error().code() == Code::kCorrupt);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("others see what one has entered") {
  TestTable t(4 << 20, false);
  TestHost host(4, 1);
  const auto table = t.Other(host);
  TypeStore mine(*t.table);
  TypeStore theirs(*table);
  CHECK(IdOf(mine, "a").value() == 1);
  CHECK(IdOf(theirs, "b").value() == 2);
  CHECK(IdOf(mine, "b").value() == 2);
  CHECK(theirs.Lookup(1).value()->text == "a");
}

TEST_CASE("a reader finds types, and can't enter any") {
  TestTable t(4 << 20, false);
  TypeStore writer(*t.table);
  REQUIRE(IdOf(writer, "f64"));
  const auto table = t.Reader();
  TypeStore reader(*table);
  CHECK(IdOf(reader, "f64").value() == 1);
  CHECK(IdOf(reader, "i64").error().code() == Code::kReadOnly);
}

TEST_CASE("damaged descriptions are refused") {
  TestTable t(4 << 20, false);
  TypeStore store(*t.table);
  REQUIRE(IdOf(store, "f64"));
  auto* control = t.region.At<format::RecordControl>(format::kRecordsOffset);
  auto* type = t.region.At<format::TypeHeader>(control->type_first_offset);
  type->hash ^= 1;
  TypeStore other(*t.table);
  CHECK(other.Lookup(1).error().code() == Code::kCorrupt);
  type->hash ^= 1;
  type->size = 1 << 30;
  CHECK(other.Lookup(1).error().code() == Code::kCorrupt);
  type->size = 3;
  // A circle ends, since ids must rise.
  type->next_offset = control->type_first_offset;
  CHECK(other.Lookup(2).error().code() == Code::kCorrupt);
  CHECK(other.Lookup(1));
}

TEST_CASE("types are known again by their object, and by their text") {
  TestTable t(4 << 20, false);
  FileTypeTable types(*t.table);
  const auto one = Type::Parse("vector<f64>").value();
  const auto same = Type::Parse("vector<f64>").value();
  const auto other = Type::Parse("vector<f32>").value();
  for (int i = 0; i < 3; ++i) {
    CHECK(types.IdOf(*one).value() == 1);
    CHECK(types.IdOf(*one).value() == 1);
    CHECK(types.IdOf(*same).value() == 1);
    CHECK(types.IdOf(*other).value() == 2);
  }
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("only a type that lasts is known by its address") {
  TestTable t(4 << 20, false);
  TypeStore store(*t.table);
  const auto passing = Type::Parse("vector<f64>").value();
  CHECK(store.IdOf(*passing).value() == 1);
  const TypeStore::Entry* entry = store.Lookup(1).value();
  CHECK(entry->known.load() == nullptr);
  static const auto lasting = Type::Parse("vector<f64>").value();
  CHECK(!IsLastingType(*lasting));
  AddLastingType(*lasting);
  CHECK(IsLastingType(*lasting));
  CHECK(store.IdOf(*lasting).value() == 1);
  CHECK(entry->known.load() == lasting.get());
  CHECK(store.IdOf(*passing).value() == 1);
  CHECK(entry->known.load() == lasting.get());
}

TEST_CASE("parsed types are kept") {
  TestTable t(4 << 20, false);
  FileTypeTable types(*t.table);
  const auto type = Type::Parse("vector<f64>").value();
  const std::uint32_t id = types.IdOf(*type).value();
  const auto found = types.TypeOf(id).value();
  CHECK(found->text() == type->text());
  CHECK(types.TypeOf(id).value() == found);
  CHECK(types.TypeOf(id + 1).error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::record
