#include "tests/damage/corrupt_files.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <functional>

#include "lib/base/hash.h"
#include "tests/damage/specimen.h"

namespace mapfile::testing {
namespace {

using format::BlockHeader;
using format::OwnerWord;
using format::SizeWord;

struct Recipe {
  const char* name;
  const char* what;
  std::function<void(std::string& bytes, Editor& editor)> spoil;
};

// The header of the block whose usable bytes are at `offset`, with a size
// that its checks vouch for.
void Resize(Editor& editor, std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t at = offset - sizeof(BlockHeader);
  auto& header = editor.At<BlockHeader>(at);
  const std::uint64_t flags = header.size_word & 3;
  header.size_word =
      SizeWord::Make(at, size, flags, SizeWord::Kind(header.size_word));
  header.owner_word = OwnerWord::Make(at, header.size_word,
                                      OwnerWord::Owner(header.owner_word));
}

std::uint64_t BlockSize(Editor& editor, std::uint64_t offset) {
  return SizeWord::Size(
      editor.At<BlockHeader>(offset - sizeof(BlockHeader)).size_word);
}

// The first free block, and the word that leads to it.
std::uint64_t& FirstFree(Editor& editor) {
  return *std::find_if(std::begin(editor.heap().list_offset),
                       std::end(editor.heap().list_offset),
                       [](std::uint64_t offset) { return offset != 0; });
}

void ReplaceType(std::string& bytes, Editor& editor, const std::string& text) {
  const std::uint64_t offset = editor.control().type_last_offset;
  auto& type = editor.At<format::TypeHeader>(offset);
  const std::size_t room = BlockSize(editor, offset) - sizeof(BlockHeader) -
                           sizeof(format::TypeHeader);
  type.size = static_cast<std::uint32_t>(std::min(text.size(), room));
  bytes.replace(offset + sizeof(format::TypeHeader), type.size, text, 0,
                type.size);
  type.hash = HashText(text, 0);
}

const Recipe kRecipes[] = {
    {"empty", "a file of no bytes",
     [](std::string& bytes, Editor&) { bytes.clear(); }},
    {"bad-magic", "text, not a map file",
     [](std::string& bytes, Editor&) {
       bytes = "# a list of shopping\nmilk\nbread\n";
     }},
    {"damaged-magic", "one bit of the magic flipped",
     [](std::string&, Editor& e) { e.header().magic[1] ^= 1; }},
    {"truncated-header", "it ends in its header",
     [](std::string& bytes, Editor&) { bytes.resize(700); }},
    {"truncated-controls", "it ends behind its header",
     [](std::string& bytes, Editor&) { bytes.resize(10000); }},
    {"truncated-data", "it ends among its values",
     [](std::string& bytes, Editor&) { bytes.resize(36000); }},
    {"future-version", "format version 2",
     [](std::string&, Editor& e) { e.header().format_version = 2; }},
    {"future-flags", "an incompatible flag that nobody knows",
     [](std::string&, Editor& e) { e.header().incompatible_flags = 4; }},
    {"other-byte-order", "written on a big-endian host",
     [](std::string&, Editor& e) {
       e.header().byte_order = __builtin_bswap32(format::kByteOrderMark);
     }},
    {"wrong-record-size", "a size in the header that no version has",
     [](std::string&, Editor& e) { e.header().record_size = 200; }},
    {"wrong-size", "a size in the header that isn't its own",
     [](std::string&, Editor& e) { e.header().size = 12345; }},
    {"wrong-place", "the header puts the heap elsewhere",
     [](std::string&, Editor& e) { e.header().heap_offset = 8192; }},
    {"heap-cycle", "a free block follows itself in its list",
     [](std::string&, Editor& e) {
       const std::uint64_t at = FirstFree(e);
       e.At<format::FreeLinks>(at + sizeof(BlockHeader)).next_offset = at;
     }},
    {"heap-list-lost", "a list of free blocks is cut off",
     [](std::string&, Editor& e) { FirstFree(e) = 0; }},
    {"broken-chain", "the header of a block is zeroes",
     [](std::string&, Editor& e) {
       const std::uint64_t at = e.Current("state").offset - sizeof(BlockHeader);
       e.At<BlockHeader>(at) = {};
     }},
    {"overlapping-blocks", "a block is said to reach into the next one",
     [](std::string&, Editor& e) {
       const std::uint64_t offset = e.Current("counts").offset;
       Resize(e, offset, BlockSize(e, offset) + 32);
     }},
    {"heap-zeroed", "the heap's control block is zeroes",
     [](std::string&, Editor& e) {
       std::memset(&e.heap(), 0, format::kPageSize);
     }},
    {"journal-of-garbage", "the journal names places outside the file",
     [](std::string&, Editor& e) {
       e.heap().journal_count = 200;
       for (std::uint64_t i = 0; i < 200; ++i) {
         e.heap().journal[i] = {(i + 1) << 40, i};
       }
     }},
    {"journal-into-header", "the journal would put an old word over the header",
     [](std::string&, Editor& e) {
       e.heap().journal_count = 1;
       e.heap().journal[0] = {offsetof(format::FileHeader, heap_offset), 0x12};
     }},
    {"giant-journal", "the journal says that it has more than fits",
     [](std::string&, Editor& e) { e.heap().journal_count = 1ull << 60; }},
    {"giant-count", "a vector of 2^60 numbers in 100 bytes",
     [](std::string&, Editor& e) {
       format::SlotHeader& slot = e.Current("counts");
       e.At<std::uint64_t>(slot.offset + 8) = 1ull << 60;
       e.Checksum(slot);
     }},
    {"offset-past-end", "a slot leads past the end of the file",
     [](std::string&, Editor& e) { e.Current("state").offset = 1ull << 40; }},
    {"giant-value", "a value of 2^50 bytes",
     [](std::string&, Editor& e) { e.Current("state").size = 1ull << 50; }},
    {"shared-buffer", "two slots of two records lead to one buffer",
     [](std::string&, Editor& e) {
       e.Current("state").offset = e.Current("note").offset;
     }},
    {"value-flipped", "one bit of a value flipped, its checksum is there",
     [](std::string& bytes, Editor& e) {
       bytes[e.Current("note").offset + 16] ^= 4;
     }},
    {"pointer-to-nowhere", "an object leads out of its value",
     [](std::string&, Editor& e) {
       format::SlotHeader& slot = e.Current("folder/chain");
       e.At<std::uint64_t>(slot.offset + 32) = 5000;
       e.Checksum(slot);
     }},
    {"unknown-type", "a value of a type that the file doesn't have",
     [](std::string&, Editor& e) { e.Current("state").type_id = 77; }},
    {"self-referring-schema", "a class that has itself inside",
     [](std::string& bytes, Editor& e) {
       ReplaceType(bytes, e, "A\nclass A 1 { A a; }");
     }},
    {"damaged-schema", "one letter of a class changed",
     [](std::string& bytes, Editor& e) {
       bytes[e.control().type_last_offset + sizeof(format::TypeHeader)] ^= 1;
     }},
    {"types-circle", "a description follows itself",
     [](std::string&, Editor& e) {
       const std::uint64_t last = e.control().type_last_offset;
       e.At<format::TypeHeader>(last).next_offset = last;
     }},
    {"endless-name", "a name of 65535 bytes",
     [](std::string&, Editor& e) { e.Record("note").name_size = 65535; }},
    {"wrong-shape", "a record of 15 slots in a block for 3",
     [](std::string&, Editor& e) { e.Record("note").slots = 15; }},
    {"published-nowhere", "a record whose current slot isn't there",
     [](std::string&, Editor& e) { e.Record("note").published |= 15; }},
    {"index-to-nowhere", "an entry of the index leads out of the file",
     [](std::string&, Editor& e) {
       std::uint64_t* entry = e.entries();
       while (*entry <= format::IndexEntry::kTombstone) ++entry;
       *entry ^= 1ull << 40;
     }},
    {"index-emptied", "the index has forgotten everything",
     [](std::string&, Editor& e) {
       std::fill(e.entries(), e.entries() + e.entry_count(), 0);
     }},
    {"giant-index", "an index of 2^40 entries",
     [](std::string&, Editor& e) {
       e.At<format::IndexHeader>(e.control().index_offset).log2_capacity = 40;
     }},
    {"wrong-counts", "it counts more records than it has",
     [](std::string&, Editor& e) { e.control().live = 1000; }},
    {"dying-circle", "the list of removed records is a circle",
     [](std::string&, Editor& e) {
       const std::uint64_t offset = e.RecordOffset("note");
       e.header().dying_offset = offset;
       e.Record("note").dying_next = offset;
     }},
    {"reusable-circle", "a list of unused records is a circle",
     [](std::string&, Editor& e) {
       const auto begin = &e.control().reusable_offset[0][0];
       const std::uint64_t offset = *std::find_if(
           begin, begin + 51, [](std::uint64_t head) { return head != 0; });
       e.At<format::RecordHeader>(offset).dying_next = offset;
     }},
    {"title-past-end", "the title lies past the end of the file",
     [](std::string&, Editor& e) { e.header().title_offset = 1ull << 40; }},
    {"lock-of-nobody", "locked by a writer that can't be; that is no damage",
     [](std::string&, Editor& e) { e.header().lock = 0x1234567800000777; }},
};

}  // namespace

std::vector<CorruptFile> CorruptFiles() {
  const std::string good = MakeSpecimen(false);
  std::vector<CorruptFile> files;
  for (const Recipe& recipe : kRecipes) {
    CorruptFile file{recipe.name, recipe.what, good};
    Editor editor(file.bytes);
    recipe.spoil(file.bytes, editor);
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace mapfile::testing
