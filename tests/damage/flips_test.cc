// Flipped bits: nothing crashes, nothing hangs, and what check calls whole
// has lost nothing.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "mapfile/check.h"
#include "mapfile/mapfile.h"
#include "tests/damage/specimen.h"
#include "tests/damage/uses.h"
#include "tests/support/process.h"
#include "tests/support/sanitizer.h"

namespace mapfile::testing {
namespace {

class Flips {
 public:
  explicit Flips(bool of_this_boot = true)
      : good(MakeSpecimen(of_this_boot)), victim(dir / "victim.map") {
    victim.Write(good);
    values = ReadAll(victim.path());
    break_offset = MapFile::Open(victim.path())->Info()->break_offset;
    REQUIRE(values.size() == kSpecimenRecords.size());
    REQUIRE(Findings() == "");
  }

  std::string Findings() const {
    const auto report = Check(victim.path());
    if (!report) return "error: " + report.error().message();
    std::string text;
    for (const Finding& found : report->findings) {
      text += std::string(PartName(found.part)) + ": " + found.message + "\n";
    }
    return text;
  }

  // The file with one bit changed.
  void Flip(std::uint64_t bit) {
    bytes = good;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    victim.Write(bytes);
  }

  // Reads, checks and writes it. What check calls whole reads as before.
  void Use() {
    const auto seen = ReadAll(victim.path());
    const std::string findings = Findings();
    if (findings.empty()) CHECK(seen == values);
    WriteSome(victim.path());
    (void)Check(victim.path());
  }

  const TempDir dir{true};
  const std::string good;
  const Victim victim;
  std::map<std::string, std::string> values;
  std::uint64_t break_offset = 0;  // Behind it nothing is in use
  std::string bytes;
};

// Words of header and control pages that a file like this one uses; the
// others, and these, are flipped in plain memory by control_flips_test.
std::vector<std::uint64_t> ControlBytes() {
  std::vector<std::uint64_t> bytes;
  const auto add = [&](std::uint64_t begin, std::uint64_t end,
                       std::uint64_t step = 1) {
    for (std::uint64_t i = begin; i < end; i += step) bytes.push_back(i);
  };
  add(0, 136);
  add(168, 208, 3);
  add(256, 264);
  add(320, 328);
  add(384, 464, 2);
  add(format::kRecordsOffset, format::kRecordsOffset + 48);
  add(format::kRecordsOffset + 128, format::kHeapOffset, 29);
  add(format::kHeapOffset, format::kHeapOffset + 128, 2);
  add(format::kHeapOffset + 256, format::kHeapOffset + 3200, 37);
  add(format::kHeapOffset + 4080, format::kHeapOffset + 4112);
  add(format::kWritersOffset, format::kWritersOffset + 256, 7);
  add(format::kWritersOffset + 256, format::kDataOffset, 401);
  return bytes;
}

TEST_CASE("bits of header and control pages") {
  Flips flips;
  std::mt19937 random(1);
  for (const std::uint64_t byte : ControlBytes()) {
    for (std::uint64_t bit = 8 * byte; bit < 8 * byte + 8; ++bit) {
      if (kAddressSanitizer && random() % 16 != 0) continue;
      CAPTURE(bit / 8);
      CAPTURE(bit % 8);
      flips.Flip(bit);
      flips.Use();
    }
  }
}

TEST_CASE("a hundred thousand bits elsewhere") {
  Flips flips;
  std::mt19937_64 random(2);
  const std::uint64_t begin = 8 * format::kDataOffset;
  const std::uint64_t used = 8 * flips.break_offset;
  const int rounds = kAddressSanitizer ? 200 : 4000;
  for (int round = 0; round < rounds; ++round) {
    CAPTURE(round);
    flips.bytes = flips.good;
    for (int i = 0; i < 25; ++i) {
      const std::uint64_t bit = begin + random() % (used - begin);
      flips.bytes[bit / 8] =
          static_cast<char>(flips.bytes[bit / 8] ^ (1 << (bit % 8)));
    }
    flips.victim.Write(flips.bytes);
    (void)ReadAll(flips.victim.path());
    CHECK(flips.Findings() != "");
    WriteSome(flips.victim.path());
  }
}

TEST_CASE("a flipped bit of a value is found") {
  Flips flips;
  Flips other_boot(false);
  Editor editor(flips.bytes);
  flips.bytes = flips.good;
  for (const std::string& name : kSpecimenRecords) {
    const format::SlotHeader slot = editor.Current(name);
    for (std::uint64_t i = 0; i < 8 * slot.size; ++i) {
      CAPTURE(name);
      CAPTURE(i);
      flips.Flip(8 * slot.offset + i);
      CHECK(flips.Findings().find("doesn't have its checksum") !=
            std::string::npos);
      // After a crash of the machine readers look at checksums, too.
      other_boot.Flip(8 * slot.offset + i);
      const auto seen = ReadAll(other_boot.victim.path());
      CHECK(seen.at(name).starts_with("error: "));
      flips.bytes = flips.good;
    }
  }
}

// Flips a bit and has the file repaired.
void CheckRepair(Flips& flips, std::uint64_t bit) {
  CAPTURE(bit / 8);
  CAPTURE(bit % 8);
  flips.Flip(bit);
  const std::string before = flips.Findings();
  CAPTURE(before);
  const auto report =
      Repair(flips.victim.path(), {.drop = true, .backup = false});
  const auto seen = ReadAll(flips.victim.path());
  if (!report) {
    // Another version, for instance: nothing was changed.
    CHECK(seen.empty());
    return;
  }
  CHECK(flips.Findings() == "");
  for (const auto& [key, value] : flips.values) {
    const std::string& name = key;  // For clang: a binding isn't captured
    CAPTURE(name);
    bool is_named = false;
    for (const Dropped& dropped : report->dropped) {
      is_named |= dropped.record == name || dropped.record.empty();
    }
    for (const std::string& action : report->actions) {
      is_named |= action.find("hash of its name") != std::string::npos;
    }
    if (is_named) continue;
    REQUIRE(seen.contains(name));
    CHECK(seen.at(name) == value);
  }
}

TEST_CASE("a repair loses nothing that it doesn't name") {
  Flips flips;
  std::mt19937_64 random(3);
  const std::uint64_t used = 8 * flips.break_offset;
  const int rounds = kAddressSanitizer ? 60 : 1000;
  for (int round = 0; round < rounds; ++round) {
    CAPTURE(round);
    const bool in_control = round % 3 == 0;
    const std::uint64_t bit =
        in_control ? random() % (8 * sizeof(format::FileHeader))
                   : 8 * format::kHeapOffset +
                         random() % (used - 8 * format::kHeapOffset);
    CheckRepair(flips, bit);
  }
}

TEST_CASE("whatever bit of a control block is flipped, its record is kept") {
  Flips flips;
  std::mt19937 random(4);
  std::string bytes = flips.good;
  for (const std::string& name : kSpecimenRecords) {
    CAPTURE(name);
    const std::uint64_t begin = 8 * Editor(bytes).RecordOffset(name);
    for (std::uint64_t i = 0; i < 8 * sizeof(format::RecordHeader); ++i) {
      if (kAddressSanitizer && random() % 32 != 0) continue;
      CheckRepair(flips, begin + i);
    }
  }
}

}  // namespace
}  // namespace mapfile::testing
