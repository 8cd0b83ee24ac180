// Each kind of damage to types, index and lists has one finding that says
// what contradicts what, and where.
#include "lib/record/check_parts.h"

#include "lib/base/hash.h"
#include "tests/record/damaged_table.h"

namespace mapfile::record {
namespace {

using format::IndexEntry;
using format::TypeHeader;
using Findings = std::vector<Finding>;

// What `look` finds in the table; blocks that it doesn't look at are nobody's.
template <class F>
Findings FindingsOf(DamagedTable& t, F&& look) {
  const Space space = t.space();
  Claims claims(space);
  REQUIRE(claims.Collect());
  look(space, claims);
  Findings findings = std::move(claims).Finish();
  std::erase_if(findings, [](const Finding& found) {
    return found.message.starts_with("nothing leads to ");
  });
  return findings;
}

std::string At(std::uint64_t offset) {
  return " leads to offset " + std::to_string(offset);
}

template <class T>
std::uint64_t OffsetOf(DamagedTable& t, const T& word) {
  return t.region.OffsetOf(&word).value();
}

TEST_CASE("a name is told as it stands in the block, whatever its size") {
  DamagedTable t;
  const Block a = t.BlockOf("a");
  CHECK(NameOf(a) == "a");
  std::memcpy(a.name, "n\x01\xff", 4);
  a.header->name_size = 3;
  CHECK(NameOf(a) == "n\x01\xff");
  a.header->name_size = 0;
  CHECK(NameOf(a) == "");
  // A size that can't be is none: up to its end, or to that of its room.
  a.header->name_size = 65535;
  CHECK(NameOf(a) == "n\x01\xff");
  std::memset(a.name, 'x', a.name_capacity);
  CHECK(NameOf(a) == std::string(a.name_capacity, 'x'));
}

// --- Types -----------------------------------------------------------------

struct Types : DamagedTable {
  Types() {
    TypeStore store(*table);
    REQUIRE(store.IdOf(HashText("vector<f64>", 0), "vector<f64>"));
    first = control().type_first_offset;
    second = Type(first).next_offset;
  }
  TypeHeader& Type(std::uint64_t offset) {
    return *region.At<TypeHeader>(offset);
  }
  Findings Look(std::uint64_t expected) {
    return FindingsOf(*this, [&](const Space& space, Claims& claims) {
      CHECK(CheckTypes(space, claims) == expected);
    });
  }

  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

TEST_CASE("a whole list of types has as many as are counted") {
  Types t;
  CHECK(t.Look(2).empty());
}

TEST_CASE("a description that can't be has a reason") {
  const struct {
    void (*damage)(TypeHeader& type, char& letter);
    const char* reason;
  } kCases[] = {
      {[](TypeHeader& type, char&) { type.hash ^= 1; },
       "doesn't have its hash"},
      {[](TypeHeader&, char& letter) { letter ^= 1; }, "doesn't have its hash"},
      {[](TypeHeader& type, char&) { type.size = 1 << 21; }, "is too long"},
      {[](TypeHeader& type, char&) { type.size = 1 << 20; }, "is too long"},
      {[](TypeHeader& type, char&) { type.size = 500; },
       "is longer than its block"},
      {[](TypeHeader& type, char&) {
         type.size = 3;
         type.hash = HashText("vec", 0);
       },
       "can't be read: "},
  };
  for (const auto& example : kCases) {
    CAPTURE(std::string(example.reason));
    Types t;
    example.damage(t.Type(t.second), *t.region.At<char>(t.second + 32));
    const Findings found = t.Look(2);
    REQUIRE(found.size() == 1);
    CHECK(found[0].part == Part::kType);
    CHECK(found[0].offset == t.second);
    CHECK(found[0].message.starts_with("the description of type 2 " +
                                       std::string(example.reason)));
  }
}

TEST_CASE("a list of types that leads elsewhere ends there") {
  for (const int wrong : {0, 1, 2}) {
    CAPTURE(wrong);
    Types t;
    const std::uint64_t offsets[] = {1ull << 40, t.first,
                                     t.BlockOf("a").offset};
    std::uint64_t& link = t.Type(t.first).next_offset;
    link = offsets[wrong];
    CHECK(t.Look(2) ==
          Findings{{Part::kType, OffsetOf(t, link), "",
                    "the list of types" + At(link) + ", where type 2 isn't"}});
  }
}

TEST_CASE("counts and ends of the list of types are compared") {
  Types t;
  t.control().types = 7;
  CHECK(t.Look(2) == Findings{{Part::kCount, OffsetOf(t, t.control().types), "",
                               "the table counts 7 types and has 2"}});
  t.control().types = 2;
  t.control().type_last_offset = t.first;
  CHECK(t.Look(2) ==
        Findings{{Part::kType, OffsetOf(t, t.control().type_last_offset), "",
                  "the list of types has another end than stated"}});
}

// --- Index -----------------------------------------------------------------

struct Names : DamagedTable {
  Names() : a(BlockOf("a")), b(BlockOf("b")) {}
  std::uint64_t& EntryOf(const Block& block) {
    return *std::find_if(entries(), entries() + 64, [&](std::uint64_t entry) {
      return (entry & IndexEntry::kOffsetMask) == block.offset;
    });
  }
  // Looks at the index, which leads to so many records.
  Findings Look(std::size_t expected) {
    return FindingsOf(*this, [&](const Space& space, Claims& claims) {
      const auto records = CheckIndex(space, claims);
      CHECK(records.size() == expected);
      for (const std::uint64_t offset : records) CHECK(claims.IsTaken(offset));
    });
  }
  // As if one record less, so that the counts are right.
  void Uncount() { --control().live; }
  std::string Entry(const Block& block, const char* fault) {
    return "an entry of the index" + At(block.offset) + fault;
  }

  const Block a;
  const Block b;
};

TEST_CASE("a whole index leads to the records") {
  Names t;
  CHECK(t.Look(3).empty());
}

TEST_CASE("an entry that leads to no record is found") {
  Names t;
  std::uint64_t& entry = t.EntryOf(t.a);
  const std::uint64_t where = OffsetOf(t, entry);
  const std::uint64_t right = entry;
  t.Uncount();
  entry = right ^ (1ull << 60);
  CHECK(t.Look(2) ==
        Findings{{Part::kIndex, where, "",
                  t.Entry(t.a, ", where a record of another name is")}});
  entry = right ^ (1ull << 40);
  CHECK(t.Look(2) == Findings{{Part::kIndex, where, "",
                               "an entry of the index" +
                                   At(entry & IndexEntry::kOffsetMask) +
                                   ", where no record can be"}});
  entry = right;
  ++t.a.header->incarnation;
  CHECK(t.Look(2) == Findings{{Part::kIndex, where, "",
                               t.Entry(t.a, ", where no record lives")}});
}

TEST_CASE("an entry leads somewhere, whatever is there") {
  Names t;
  const auto sorted = [&] {
    std::vector<std::uint64_t> offsets;
    for (const std::uint64_t entry : EntriesOf(t.space())) {
      offsets.push_back(entry & IndexEntry::kOffsetMask);
    }
    std::sort(offsets.begin(), offsets.end());
    return offsets;
  };
  std::vector<std::uint64_t> expected = {t.a.offset, t.b.offset,
                                         t.BlockOf("c").offset};
  std::sort(expected.begin(), expected.end());
  CHECK(sorted() == expected);
  // Neither its hash nor its record's life matters.
  t.EntryOf(t.a) ^= 1ull << 60;
  ++t.b.header->incarnation;
  CHECK(sorted() == expected);
  t.EntryOf(t.a) ^= 1ull << 47;
  CHECK(sorted().back() == (t.a.offset ^ (1ull << 47)));
  t.control().index_offset = 1ull << 40;
  CHECK(sorted().empty());
}

TEST_CASE("a second entry to a record is found, and it is its record's") {
  Names t;
  std::uint64_t* const free = std::find(t.entries(), t.entries() + 64, 0);
  *free = t.EntryOf(t.b);
  ++t.control().used;
  const Findings found = t.Look(3);
  REQUIRE(found.size() == 1);
  CHECK(found[0].part == Part::kIndex);
  CHECK(found[0].record == "b");
  CHECK(found[0].message ==
        "an entry of the index shares the block at offset " +
            std::to_string(t.b.offset) + " with another");
}

TEST_CASE("records and entries are counted") {
  Names t;
  t.control().live = 5;
  t.control().used += 2;
  // The tombstone of the one that was removed counts as an entry.
  CHECK(t.Look(3) == Findings{{Part::kCount, OffsetOf(t, t.control().live), "",
                               "the table counts 5 records and has 3"},
                              {Part::kCount, OffsetOf(t, t.control().used), "",
                               "the table counts 6 entries and has 4"}});
}

TEST_CASE("an index that isn't inside the file leads to nothing") {
  Names t;
  std::uint64_t& word = t.control().index_offset;
  const std::uint64_t where = OffsetOf(t, word);
  t.region.At<format::IndexHeader>(word)->log2_capacity = 30;
  const Finding outside{Part::kIndex, where, "",
                        "the index of names is not inside the file"};
  CHECK(t.Look(0) == Findings{outside});
  word = 1ull << 40;
  CHECK(t.Look(0) ==
        Findings{{Part::kIndex, where, "",
                  "the table" + At(word) + ", where there is no index"},
                 outside});
}

TEST_CASE("living records that no entry leads to are found by their blocks") {
  Names t;
  t.EntryOf(t.b) = IndexEntry::kTombstone;
  t.Uncount();
  std::vector<std::uint64_t> records;
  const Findings found = FindingsOf(t, [&](const Space& space, Claims& claims) {
    records = CheckIndex(space, claims);
    FindUnlisted(space, records, claims);
  });
  CHECK(found == Findings{{Part::kIndex, t.b.offset, "b",
                           "the index doesn't lead to the record"}});
  CHECK(records.size() == 3);
  CHECK(records.back() == t.b.offset);
}

TEST_CASE("a record without a shape is found and can't be looked at") {
  Names t;
  t.EntryOf(t.b) = IndexEntry::kTombstone;
  t.Uncount();
  t.b.header->slots = 99;
  std::vector<std::uint64_t> records;
  const Findings found = FindingsOf(t, [&](const Space& space, Claims& claims) {
    records = CheckIndex(space, claims);
    FindUnlisted(space, records, claims);
  });
  CHECK(found == Findings{{Part::kRecord, t.b.offset, "",
                           "the shape of the record is damaged"}});
  CHECK(records.size() == 2);
}

// --- Lists -----------------------------------------------------------------

struct Lists : DamagedTable {
  Lists() : a(BlockOf("a")) {}
  std::uint64_t& head() { return control().reusable_offset[3][0]; }
  Findings Look() {
    return FindingsOf(*this, [](const Space& space, Claims& claims) {
      (void)CheckIndex(space, claims);
      CheckLists(space, claims);
    });
  }
  const Block a;
};

TEST_CASE("whole lists hold the unused record and the title") {
  Lists t;
  CHECK(t.Look().empty());
  const Space space = t.space();
  Claims claims(space);
  REQUIRE(claims.Collect());
  CheckLists(space, claims);
  CHECK(claims.IsTaken(t.unused));
  CHECK(claims.IsTaken(t.header().title_offset));
}

TEST_CASE("a list that leads elsewhere or round is found") {
  Lists t;
  const std::string list = "a list of unused records";
  t.head() = 1ull << 40;
  CHECK(t.Look() ==
        Findings{{Part::kRecord, OffsetOf(t, t.head()), "",
                  list + At(1ull << 40) + ", where no record can be"}});
  t.head() = t.unused;
  auto& next = t.region.At<format::RecordHeader>(t.unused)->dying_next;
  next = t.unused;
  CHECK(t.Look() == Findings{{Part::kRecord, OffsetOf(t, next), "",
                              list + At(t.unused) + ", where it was before"}});
  next = 0;
  t.header().dying_offset = 64;
  CHECK(t.Look() ==
        Findings{{Part::kRecord, OffsetOf(t, t.header().dying_offset), "",
                  "the list of removed records leads to offset 64, where no "
                  "record can be"}});
}

TEST_CASE("a living record is in no list of unused ones") {
  Lists t;
  t.head() = t.a.offset;
  // The index has it already.
  CHECK(t.Look() ==
        Findings{{Part::kRecord, OffsetOf(t, t.head()), "",
                  "a list of unused records shares the block at "
                  "offset " +
                      std::to_string(t.a.offset) + " with another"}});
  const Findings found = FindingsOf(
      t, [](const Space& space, Claims& claims) { CheckLists(space, claims); });
  CHECK(found == Findings{{Part::kRecord, t.a.offset, "a",
                           "it is in a list of unused records"}});
}

TEST_CASE("one that is being made or unmade may be in the index, too") {
  Lists t;
  t.header().dying_offset = t.a.offset;
  CHECK(t.Look().empty());
  t.a.header->dying_next = t.a.offset;
  CHECK(t.Look() ==
        Findings{{Part::kRecord, OffsetOf(t, t.a.header->dying_next), "",
                  "the list of removed records" + At(t.a.offset) +
                      ", where it was before"}});
}

TEST_CASE("the file's title is looked at") {
  Lists t;
  std::uint64_t& title = t.header().title_offset;
  const std::uint64_t right = title;
  title = t.unused;
  CHECK(t.Look() == Findings{{Part::kFile, OffsetOf(t, title), "",
                              "the file's title" + At(t.unused) +
                                  ", where there is no title"}});
  title = right;
  *t.region.At<std::uint32_t>(right) = 5000;
  CHECK(t.Look() == Findings{{Part::kFile, right, "",
                              "the file's title: a text is too long"}});
}

}  // namespace
}  // namespace mapfile::record
