// Processes killed at each step of what is done to a file as a whole.
#include <doctest/doctest.h>

#include <cstring>
#include <string>

#include "lib/format/layout.h"
#include "tests/file/kill_support.h"

namespace mapfile::testing {
namespace {

void TwoRecords(MapFile& file) {
  REQUIRE(file.Put("a", Text('a', 500)));
  REQUIRE(file.Put("b", Text('b', 5000)));
}

Status OpenAs(const std::string& path, Mode mode) {
  Arm();
  auto file = MapFile::Open(path, {.mode = mode, .title = "old title"});
  return file ? Status() : Status(Fail(file.error()));
}

Operation Opening(const char* name, Mode mode,
                  std::function<void(MapFile&)> prepare = nullptr) {
  return {
      .name = name,
      .prepare = std::move(prepare),
      .run = [mode](const std::string& path) { return OpenAs(path, mode); }};
}

TEST_CASE("killed while it creates a file") {
  KillAtEveryStep(Opening("CREATE", Mode::kCreate));
  KillAtEveryStep(Opening("UPDATE without a file", Mode::kUpdate));
  KillAtEveryStep(Opening("RECREATE without a file", Mode::kRecreate));
}

TEST_CASE("killed while it replaces a file") {
  KillAtEveryStep(Opening("RECREATE", Mode::kRecreate, TwoRecords));
}

TEST_CASE("killed while it opens or closes a file") {
  KillAtEveryStep(Opening("UPDATE", Mode::kUpdate, TwoRecords));
  KillAtEveryStep(
      Edit("Close", TwoRecords, [](MapFile& file) { return file.Close(); }));
  KillAtEveryStep(
      Edit("Close after a Put", TwoRecords, [](MapFile& file) -> Status {
        if (!file.Put("b", Text('c', 20))) return {};
        return file.Close();
      }));
}

TEST_CASE("killed while it leaves the writers and comes back") {
  KillAtEveryStep(
      Edit("Resign", TwoRecords, [](MapFile& file) { return file.Resign(); }));
  KillAtEveryStep(Edit("BecomeWriter", TwoRecords, [](MapFile& file) -> Status {
    if (Status left = file.Resign(); !left) return left;
    return file.BecomeWriter();
  }));
}

TEST_CASE("killed with the file's lock") {
  KillAtEveryStep(Edit("AcquireLock", TwoRecords, [](MapFile& file) -> Status {
    if (Status got = file.AcquireLock(); !got) return got;
    if (Status set = file.SetTitle("new title"); !set) {
      return set;
    }
    return file.ReleaseLock();
  }));
}

TEST_CASE("killed while it changes the title") {
  KillAtEveryStep(Edit("SetTitle", TwoRecords, [](MapFile& file) {
    return file.SetTitle("a new title, longer than the old one");
  }));
  KillAtEveryStep(Edit("SetTitle to none", TwoRecords,
                       [](MapFile& file) { return file.SetTitle(""); }));
}

TEST_CASE("killed while it syncs") {
  Operation sync = Edit("Sync", TwoRecords, [](MapFile& file) -> Status {
    if (auto put = file.Put("a", Text('c', 20)); !put) {
      return Fail(put.error());
    }
    const Status synced = file.Sync();
    const bool is_kept = synced || synced.error().code() == Code::kNotDurable;
    return is_kept ? Status() : synced;
  });
  sync.durable = true;
  sync.on_disk = true;
  KillAtEveryStep(sync);
}

TEST_CASE("killed while it repairs a file of another boot") {
  Operation repair = Opening("UPDATE after a boot", Mode::kUpdate, TwoRecords);
  repair.tamper = [](std::string& image) {
    std::memset(image.data() + offsetof(format::FileHeader, boot_id), 7, 16);
  };
  KillAtEveryStep(repair);
}

}  // namespace
}  // namespace mapfile::testing
