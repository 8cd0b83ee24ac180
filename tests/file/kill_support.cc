#include "tests/file/kill_support.h"

#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>

#include "lib/base/step.h"
#include "lib/file/open.h"
#include "lib/format/layout.h"
#include "lib/os/file.h"
#include "tests/support/process.h"
#include "tests/support/sanitizer.h"

namespace mapfile::testing {
namespace {

using Clock = std::chrono::steady_clock;

bool is_armed = false;

constexpr std::uint64_t kLimit = 16 << 20;
// Nobody alive holds a lock: who waits so long has taken a dead one for a
// living one.
constexpr std::chrono::seconds kForever(60);

// All steps, and for each of them all of recovery's, are an hour's work:
// MAPFILE_KILL_ALL=1 does it. Else some of them, others each time.
bool WantsAll() { return std::getenv("MAPFILE_KILL_ALL") != nullptr; }
constexpr int kSample = kAddressSanitizer ? 5 : 25;

class Dice {
 public:
  int From1To(int most) {
    return std::uniform_int_distribution<int>(1, most)(random_);
  }

 private:
  std::mt19937 random_{std::random_device{}()};
};

Options Writing() {
  return {.mode = Mode::kUpdate,
          .max_size_bytes = kLimit,
          .lock_timeout = kForever};
}

std::string Load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// One operation, with the file in its hands.
class Trial {
 public:
  explicit Trial(const Operation& operation)
      : operation_(operation), dir_(!operation.on_disk) {
    if (operation_.prepare) Prepare();
    before_ = Look();
    REQUIRE(!DieOf(operation_.run, 0));
    after_ = Look();
  }

  int Run() {
    Restore(image_);
    const int steps = CountSteps(operation_.run);
    CHECK(steps > 0);
    const int stride = WantsAll() ? 1 : 1 + steps / kSample;
    for (int step = dice_.From1To(stride); step <= steps; step += stride) {
      KillAt(step);
    }
    return steps;
  }

 private:
  void Prepare() {
    Options options = Writing();
    options.mode = Mode::kCreate;
    options.title = "old title";
    options.durable = operation_.durable;
    auto file = MapFile::Open(path_, options);
    REQUIRE(file);
    operation_.prepare(*file);
    REQUIRE(file->Close());
    image_ = Load(path_);
    if (operation_.tamper) operation_.tamper(image_);
    Restore(image_);
  }

  // As if it had been there all the time, and were no copy: whoever opens a
  // copy repairs it, where this is about recovery.
  void Restore(std::string image) {
    std::filesystem::remove(path_);
    if (image.empty()) return;
    std::ofstream out(path_, std::ios::binary);
    const os::Identity now = os::IdentityOf(path_).value();
    if (image.size() >= sizeof(format::FileHeader)) {
      std::memcpy(image.data() + offsetof(format::FileHeader, device),
                  &now.device, sizeof now.device);
      std::memcpy(image.data() + offsetof(format::FileHeader, inode),
                  &now.inode, sizeof now.inode);
    }
    out.write(image.data(), static_cast<std::streamsize>(image.size()));
  }

  // In a child that is killed at step number `last`; true: it was.
  bool DieOf(const std::function<Status(const std::string&)>& act, int last) {
    Child child([&] {
      int steps = 0;
      step_hook = [&](const char*) {
        if (is_armed && ++steps == last) kill(getpid(), SIGKILL);
      };
      const Status status = act(path_);
      if (!status) {
        std::fprintf(stderr, "%s\n", status.error().message().c_str());
      }
      return status ? 0 : 1;
    });
    const int status = child.Wait();
    if (status == -SIGKILL) return true;
    REQUIRE(status == 0);
    return false;
  }

  int CountSteps(const std::function<Status(const std::string&)>& act) {
    const Pipe count;
    Child child([&] {
      int steps = 0;
      step_hook = [&](const char*) { steps += is_armed; };
      const Status status = act(path_);
      count.Tell(steps);
      return status ? 0 : 1;
    });
    REQUIRE(child.Wait() == 0);
    return static_cast<int>(count.Hear());
  }

  void KillAt(int step) {
    CAPTURE(step);
    Restore(image_);
    REQUIRE(DieOf(operation_.run, step));
    const std::string left =
        std::filesystem::exists(path_) ? Load(path_) : std::string();
    Check();
    Restore(left);
    const int seconds = CountSteps(Recover);
    const int stride = WantsAll() ? 1 : seconds;
    for (int second = dice_.From1To(stride); second <= seconds;
         second += stride) {
      CAPTURE(second);
      Restore(left);
      REQUIRE(DieOf(Recover, second));
      Check();
    }
  }

  // What any next writer does first, and a version of each record, so that
  // the locks of all are taken.
  static Status Recover(const std::string& path) {
    Arm();
    auto file = MapFile::Open(path, Writing());
    if (!file) return Fail(file.error());
    auto records = file->Records();
    if (!records) return Fail(records.error());
    for (Record& record : *records) {
      const auto value = record.GetRaw();
      if (!value) return Fail(value.error());
      const auto put =
          file->PutRaw("/" + record.name(), *value->type, value->bytes);
      if (!put) return Fail(put.error());
    }
    return file->Close();
  }

  void Check() {
    const auto begin = Clock::now();
    const State seen = Look();
    CompareValues(seen);
    CheckWriter(seen);
    // A second is meant; machines that run tests are busy.
    CHECK(Clock::now() - begin < std::chrono::seconds(20));
  }

  // As a reader sees it, and as the blocks of the heap tell.
  State Look() const {
    State state;
    auto file = MapFile::Open(path_);
    if (!file) {
      CAPTURE(file.error().message());
      REQUIRE(file.error().code() == Code::kNotFound);
      return state;
    }
    state.exists = true;
    const auto records = file->Records();
    REQUIRE(records);
    for (const Record& record : *records) {
      const auto value = record.GetRaw();
      CAPTURE(record.name());
      REQUIRE(value);
      state.values[record.name()] =
          value->type->text() +
          std::string(reinterpret_cast<const char*>(value->bytes.data()),
                      value->bytes.size());
      state.generations[record.name()] = value->version.generation;
    }
    const auto info = file->Info();
    REQUIRE(info);
    state.title = info->title;
    state.user_blocks = UserBlocks();
    return state;
  }

  void CompareValues(const State& seen) const {
    CHECK((seen.exists || !before_.exists));
    if (!seen.exists) return;
    CHECK((seen.title == before_.title || seen.title == after_.title));
    for (const auto& [key, value] : seen.values) {
      const std::string& name = key;
      CAPTURE(name);
      const auto old = before_.values.find(name);
      const auto fresh = after_.values.find(name);
      CHECK(((old != before_.values.end() && old->second == value) ||
             (fresh != after_.values.end() && fresh->second == value)));
      if (old != before_.values.end() && fresh != after_.values.end()) {
        CHECK(seen.generations.at(name) >= before_.generations.at(name));
      }
    }
    for (const auto& [key, value] : before_.values) {
      const std::string& name = key;
      CAPTURE(name);
      // Gone only where the operation removes it.
      CHECK((seen.values.contains(name) || !after_.values.contains(name)));
    }
  }

  // The next writer: nothing by hand, nothing lost, nothing leaked.
  void CheckWriter(const State& seen) {
    auto file = MapFile::Open(path_, Writing());
    CAPTURE((file ? std::string() : file.error().message()));
    REQUIRE(file);
    for (const auto& [name, value] : seen.values) {
      const auto put = file->Put("/" + name, Text('n', value.size() + 1));
      REQUIRE(put);
      CHECK(*put > seen.generations.at(name));
    }
    REQUIRE(file->Put("next", Text('n', 100)));
    REQUIRE(file->Remove("next"));
    REQUIRE(file->SetTitle("next title"));
    CheckHeap(*file);
    REQUIRE(file->RemoveAll());
    REQUIRE(file->Close());
    CheckWhole();
    CheckNothingElse();
  }

  // Every block is somebody's: those of records by Table::Check, those of
  // the user by their number, which is that of before or after.
  void CheckHeap(MapFile& file) {
    const Heap heap = file.heap();
    const auto faults = heap.Check();
    REQUIRE(faults);
    CHECK(faults->empty());
    const std::uint64_t blocks = UserBlocks();
    CHECK((blocks == before_.user_blocks || blocks == after_.user_blocks));
  }

  // Once the heap is whole.
  std::uint64_t UserBlocks() const {
    auto core = file::Open(path_, {});
    REQUIRE(core);
    std::uint64_t blocks = 0;
    const Status walked = (*core)->Allocator().ForEachBlock(
        [&](const heap::Allocator::Block& block) {
          blocks += block.kind == heap::Kind::kUser;
          return true;
        });
    return walked ? blocks : 0;
  }

  void CheckWhole() const {
    auto core = file::Open(path_, Writing());
    REQUIRE(core);
    const auto faults = (*core)->table().Check();
    REQUIRE(faults);
    for (const std::string& fault : *faults) FAIL_CHECK(fault);
    CHECK((*core)->table().live() == 0);
  }

  // No temporary file outlives the next writer.
  void CheckNothingElse() const {
    for (const auto& entry : std::filesystem::directory_iterator(dir_.path())) {
      CHECK(entry.path() == path_);
    }
  }

  const Operation& operation_;
  Dice dice_;
  TempDir dir_;
  const std::string path_ = dir_ / "a.map";
  std::string image_;  // The file before; empty: none
  State before_;
  State after_;
};

}  // namespace

void Arm() { is_armed = true; }

Operation Edit(const char* name, std::function<void(MapFile&)> prepare,
               std::function<Status(MapFile&)> act) {
  return {.name = name,
          .prepare = std::move(prepare),
          .run = [act = std::move(act)](const std::string& path) -> Status {
            auto file = MapFile::Open(path, Writing());
            if (!file) return Fail(file.error());
            Arm();
            return act(*file);
          }};
}

int KillAtEveryStep(const Operation& operation) {
  const std::string name = operation.name;
  CAPTURE(name);
  const int steps = Trial(operation).Run();
  MESSAGE(name << ": " << steps << " steps");
  return steps;
}

}  // namespace mapfile::testing
