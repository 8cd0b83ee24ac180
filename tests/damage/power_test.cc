// A loss of power: of the pages written since a Sync, some reached the
// medium and some didn't. mapfile(5), SYNC AND CRASHES, says what is kept.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "lib/format/layout.h"
#include "mapfile/check.h"
#include "mapfile/mapfile.h"
#include "tests/damage/specimen.h"
#include "tests/damage/uses.h"
#include "tests/support/process.h"
#include "tests/support/sanitizer.h"

namespace mapfile::testing {
namespace {

constexpr int kImages = kAddressSanitizer ? 100 : 3000;
constexpr int kSessions = 20;

std::string Load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Values that show a mix: one letter, and a length that goes with it.
std::string ValueOf(int number) {
  return std::string(static_cast<std::size_t>(100 + number % 7 * 300),
                     static_cast<char>('a' + number % 26)) +
         std::to_string(number);
}

// The versions of each record, the oldest first.
using Versions = std::map<std::string, std::vector<std::string>>;

// A producer of a durable file, and what it had at its last Sync.
class Session {
 public:
  explicit Session(unsigned seed) : random_(seed), path_(dir_ / "durable.map") {
    auto file = MapFile::Open(
        path_,
        {.mode = Mode::kCreate, .max_size_bytes = 1 << 20, .durable = true});
    REQUIRE(file);
    for (int i = 0; i < 8; ++i) Put(*file, "r" + std::to_string(i));
    for (int i = 0; i < 40; ++i) Change(*file, false);
    if (seed % 3 == 0) {
      REQUIRE(file->Sync());
      for (int i = 0; i < 20; ++i) Change(*file, false);
    }
    REQUIRE(file->Sync());
    medium_ = Load(path_);
    if (seed % 5 == 0) ForgetDurableSlots();
    for (const auto& [name, versions] : versions_) {
      synced_[name] = versions.size() - 1;
    }
    const bool grows = seed % 2 == 0;
    for (int i = 0; i < 30; ++i) Change(*file, grows);
    later_ = Load(path_);
    REQUIRE(file->Close());
  }

  // What the medium has after the cut.
  std::string Image() {
    std::string image = later_;
    for (std::size_t page = 0; page < image.size(); page += 4096) {
      if (random_() % 2 == 0) continue;
      // Behind the end that it had, the medium has zeroes.
      const std::size_t known = page < medium_.size() ? 4096 : 0;
      std::memset(image.data() + page, 0, 4096);
      std::memcpy(image.data() + page, medium_.data() + page, known);
    }
    // The next boot has another id.
    auto* header = reinterpret_cast<format::FileHeader*>(image.data());
    header->boot_id[0] ^= 0xff;
    return image;
  }

  // Whether that may be the record's value after the cut.
  bool MayBe(const std::string& name, const std::string& value) const {
    const auto versions = versions_.find(name);
    if (versions == versions_.end()) return false;
    const auto synced = synced_.find(name);
    const auto begin = versions->second.begin() +
                       static_cast<std::ptrdiff_t>(
                           synced == synced_.end() ? 0 : synced->second);
    return std::find(begin, versions->second.end(), value) !=
           versions->second.end();
  }
  // Those that have to be there, whatever was lost.
  const std::map<std::string, std::size_t>& synced() const { return synced_; }

 private:
  void Put(MapFile& file, const std::string& name) {
    const std::string value = ValueOf(next_++);
    REQUIRE(file.Put(name, value));
    versions_[name].push_back(value);
  }
  void Change(MapFile& file, bool grows) {
    const std::string old = "r" + std::to_string(random_() % 8);
    if (grows && random_() % 4 == 0) {
      Put(file, "new" + std::to_string(random_() % 5));
    } else {
      Put(file, old);
    }
  }

  // Sync stores these words after all else is on the medium, so that they
  // themselves may not be.
  void ForgetDurableSlots() {
    Editor editor(medium_);
    for (const auto& [name, versions] : versions_) {
      editor.Record(name).durable_slot = 0;
    }
  }

  std::mt19937 random_;
  const TempDir dir_;  // On a disk: in memory nothing is ever synced
  const std::string path_;
  int next_ = 0;
  Versions versions_;
  std::map<std::string, std::size_t> synced_;
  std::string medium_;
  std::string later_;
};

struct Tally {
  int served = 0;
  int named = 0;  // Errors
  int missing = 0;
};

// Every value that is served is one that may be.
void CheckValues(const MapFile& file, const Session& session, Tally& tally) {
  const auto records = file.Records();
  if (!records) {
    ++tally.named;
    return;
  }
  for (const Record& record : *records) {
    const auto value = record.Get<std::string>();
    CAPTURE(record.name());
    if (value) {
      CAPTURE(*value);
      CHECK(session.MayBe(record.name(), *value));
      ++tally.served;
    } else {
      CHECK(value.error().code() == Code::kCorrupt);
      ++tally.named;
    }
  }
}

void CheckSynced(const MapFile& file, const Session& session, Tally& tally) {
  for (const auto& [key, synced] : session.synced()) {
    const std::string& name = key;  // For clang: a binding isn't captured
    CAPTURE(name);
    const auto value = file.Get<std::string>(name);
    if (!value) {
      MESSAGE(name << ": " << value.error().message());
      ++tally.missing;
    }
    CHECK(value);
  }
}

TEST_CASE("a durable file has its synced versions or newer ones") {
  const TempDir dir(true);
  const Victim victim(dir / "image.map");
  Tally before;
  Tally after;
  int refused = 0;
  for (int session_number = 0; session_number < kSessions; ++session_number) {
    CAPTURE(session_number);
    Session session(static_cast<unsigned>(session_number));
    for (int i = 0; i < kImages / kSessions; ++i) {
      CAPTURE(i);
      victim.Write(session.Image());
      // A reader, before anybody has repaired anything.
      const auto reader = MapFile::Open(victim.path());
      REQUIRE(reader);
      CheckValues(*reader, session, before);
      CHECK(Check(victim.path()));
      // The first writer.
      auto writer = MapFile::Open(victim.path(), {.mode = Mode::kUpdate});
      if (!writer) {
        CHECK(writer.error().code() == Code::kCorrupt);
        ++refused;
        continue;
      }
      CheckValues(*writer, session, after);
      CheckSynced(*writer, session, after);
      CHECK(writer->Put("r0", std::string("goes on")));
      CHECK(writer->Close());
    }
  }
  MESSAGE("before a writer: " << before.served << " served, " << before.named
                              << " errors");
  MESSAGE("after: " << after.served << " served, " << after.named << " errors, "
                    << after.missing << " missing; " << refused
                    << " files refused");
}

}  // namespace
}  // namespace mapfile::testing
