// Threads that share a handle, and handles that share a file in one process:
// for the thread sanitizer, which sees one process only.
#include <thread>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using std::chrono::seconds;
using testing::CodeOf;
using testing::Create;
using testing::Must;
using testing::TempDir;

// Threads that are joined at the end of the scope.
class Threads {
 public:
  template <class F>
  void Run(F&& run) {
    threads_.emplace_back(std::forward<F>(run));
  }
  ~Threads() {
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::vector<std::thread> threads_;
};

constexpr int kRounds = 300;

TEST_CASE("one record: two who publish, one who reads, one who waits") {
  const TempDir dir{true};
  MapFile mine = Create(dir / "run.map");
  MapFile other = Must(MapFile::Open(dir / "run.map", {.mode = Mode::kUpdate}));
  const MapFile reader = Must(MapFile::Open(dir / "run.map"));
  Must(mine.Put("a", std::vector<int>(100, 0)));
  std::atomic<int> faults = 0;
  {
    Threads threads;
    for (MapFile* file : {&mine, &other}) {
      threads.Run([file, &faults] {
        for (int i = 1; i <= kRounds; ++i) {
          // Of changing size, so that buffers are freed and used again.
          if (!file->Put("a", std::vector<int>(100 + i % 7 * 40, i))) ++faults;
        }
      });
    }
    threads.Run([&] {
      for (int i = 0; i < kRounds; ++i) {
        const auto seen = reader.Get<std::vector<int>>("a");
        if (!seen || *seen != std::vector<int>(seen->size(), seen->front())) {
          ++faults;
        }
      }
    });
    threads.Run([&] {
      Generation seen = 0;
      while (seen < kRounds) {
        const auto next = reader.WaitFor("a", seen, seconds(20));
        if (!next || *next <= seen) ++faults;
        if (!next) return;
        seen = *next;
      }
    });
  }
  CHECK(faults == 0);
}

TEST_CASE("the structure: added, listed and removed at once") {
  const TempDir dir{true};
  MapFile file = Create(dir / "run.map");
  MapFile other = Must(MapFile::Open(dir / "run.map", {.mode = Mode::kUpdate}));
  std::atomic<int> faults = 0;
  {
    Threads threads;
    for (int t = 0; t < 2; ++t) {
      threads.Run([&, t] {
        MapFile& mine = t == 0 ? file : other;
        for (int i = 0; i < kRounds; ++i) {
          const std::string name =
              "t" + std::to_string(t) + "/" + std::to_string(i % 10);
          if (!mine.Put(name, std::string(50, 'x'))) ++faults;
          if (i % 3 == 0 && !mine.Remove(name)) ++faults;
          if (i % 50 == 0 && !mine.SetTitle(name)) ++faults;
        }
      });
    }
    threads.Run([&] {
      const MapFile reader = Must(MapFile::Open(dir / "run.map"));
      for (int i = 0; i < kRounds / 3; ++i) {
        if (!reader.List() || !reader.Info()) ++faults;
        (void)reader.title();
        (void)reader.Get<std::string>("t0/1");
      }
    });
  }
  CHECK(faults == 0);
  CHECK(Must(file.heap().Check()).empty());
}

TEST_CASE("bindings: objects added, updated and unbound by threads") {
  const TempDir dir{true};
  MapFile file = Create(dir / "run.map");
  std::atomic<int> faults = 0;
  {
    Threads threads;
    for (int t = 0; t < 3; ++t) {
      threads.Run([&, t] {
        const std::string name = "object" + std::to_string(t);
        std::vector<double> object(10);
        for (int i = 0; i < kRounds / 3; ++i) {
          if (!file.Add(object, name)) ++faults;
          object[0] = i;
          if (!file.Update(&object)) ++faults;
          if (!file.Unbind(name)) ++faults;
        }
      });
    }
    threads.Run([&] {
      for (int i = 0; i < kRounds / 3; ++i) {
        if (auto seen = file.Find("object1")) (void)seen->object();
        (void)file.Info();
      }
    });
  }
  CHECK(faults == 0);
}

TEST_CASE("Close while others are in calls") {
  const TempDir dir{true};
  MapFile file = Create(dir / "run.map");
  {
    Threads threads;
    for (int t = 0; t < 2; ++t) {
      threads.Run([&file] {
        MapFile mine = file;
        while (CodeOf(mine.Put("a", 1)) != Code::kClosed) {
        }
        (void)mine.Get<int>("a");
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    Must(file.Close());
  }
  CHECK(Must(Must(MapFile::Open(dir / "run.map")).Get<int>("a")) == 1);
}

}  // namespace
}  // namespace mapfile
