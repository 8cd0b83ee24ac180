// One process with several handles, threads, children, and its end.
#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <optional>
#include <thread>
#include <vector>

#include "tests/file/file_test_support.h"
#include "tests/support/sanitizer.h"

namespace mapfile {
namespace {

using std::chrono::milliseconds;
using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

struct World {
  World() : file(Create(path)) { Must(file.Put("a", 1)); }
  MapFile Another(int lock_timeout_ms = 100) const {
    return Must(
        MapFile::Open(path, {.mode = Mode::kUpdate,
                             .lock_timeout = milliseconds(lock_timeout_ms)}));
  }
  TempDir dir{true};
  std::string path = dir / "a.map";
  MapFile file;
};

TEST_CASE("two handles of one process exclude each other") {
  World world;
  MapFile other = world.Another();
  Must(world.file.AcquireLock());
  const auto busy = other.Put("b", 2);
  CHECK(CodeOf(busy) == Code::kBusy);
  CHECK(Has(MessageOf(busy), "pid " + std::to_string(getpid())));
  Must(world.file.Put("c", 3));
  Must(world.file.ReleaseLock());
  Must(other.Put("b", 2));
  CHECK(Must(world.file.Get<int>("b")) == 2);
  CHECK(Must(other.Get<int>("c")) == 3);
}

TEST_CASE("a record edited through one handle is busy for the other") {
  World world;
  MapFile other = world.Another();
  auto state = Must(world.file.Emplace<RunState>("state"));
  Must(state.Modify([&](RunState& s) {
    CHECK(CodeOf(other.Put("state", RunState{9, 9})) == Code::kBusy);
    CHECK(CodeOf(world.file.Put("state", RunState{9, 9})) == Code::kBusy);
    s.run = 7;
  }));
  CHECK(Must(other.Get<RunState>("state")).run == 7);
}

TEST_CASE("one handle closed, the other goes on") {
  World world;
  MapFile other = world.Another();
  Must(world.file.Close());
  Must(other.Put("a", 2));
  CHECK(Must(other.Info()).producers.size() == 1);
  CHECK(!Must(other.Info()).closed_in_order);
}

TEST_CASE("who resigned doesn't pin its slot, though it has it mapped") {
  World world;
  Must(world.file.AcquireLock());
  Must(world.file.Resign());
  CHECK(Must(Must(MapFile::Open(world.path)).Info()).producers.empty());
  CHECK(CodeOf(world.file.Put("a", 2)) == Code::kReadOnly);
  CHECK(Must(world.file.Get<int>("a")) == 1);
  // The lock that it kept went with it.
  Must(world.Another(60000).Put("b", 2));
}

TEST_CASE("two files at once") {
  World first;
  World second;
  Must(first.file.AcquireLock());
  Must(second.file.AcquireLock());
  Must(second.file.Put("b", 2));
  Must(first.file.Put("b", 3));
  Must(first.file.ReleaseLock());
  Must(second.file.ReleaseLock());
  CHECK(Must(first.file.Get<int>("b")) == 3);
  CHECK(Must(second.file.Get<int>("b")) == 2);
}

TEST_CASE("threads of one handle") {
  World world;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      const std::string own = "own/" + std::to_string(t);
      for (int i = 0; i < 200; ++i) {
        Must(world.file.Put(own, i));
        Must(world.file.Put("a", i));
        if (i % 20 == 0) Must(world.file.Remove(own));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(Must(world.file.List()).size() == 5);
  CHECK(Must(world.file.Find("a")).Info()->updates == 801);
  CHECK(Must(world.file.heap().Check()).empty());
}

// Calls that return something in any case.
void TouchAll(MapFile& file) {
  (void)file.title();
  (void)file.size_bytes();
  (void)file.max_size_bytes();
  (void)file.fd();
  (void)file.activity();
  (void)file.writable();
  (void)file.path_state();
  (void)file.base_address();
  (void)file.break_address();
  (void)file.IsFolder("a");
  (void)file.BestBufferSize();
  (void)file.directory();
  (void)file.heap().Resolve({50000});
  (void)MapFile::WhichMapFile(&file);
}

TEST_CASE("a child of fork is refused everything, and harms nothing") {
  World world;
  const int object = 5;
  Record record = Must(world.file.Add(object, "object"));
  auto state = Must(world.file.Emplace<RunState>("state"));
  Heap heap = world.file.heap();
  Must(world.file.AcquireLock());
  Child child([&] {
    MapFile& file = world.file;
    TouchAll(file);
    const Code codes[] = {CodeOf(file.Get<int>("a")),
                          CodeOf(file.Put("a", 2)),
                          CodeOf(file.Update()),
                          CodeOf(file.Update(&object)),
                          CodeOf(file.Remove("a")),
                          CodeOf(file.RemoveAll()),
                          CodeOf(file.List()),
                          CodeOf(file.Records()),
                          CodeOf(file.Find("a")),
                          CodeOf(file.Info()),
                          CodeOf(file.Browse()),
                          CodeOf(file.SetTitle("t")),
                          CodeOf(file.Sync()),
                          CodeOf(file.AcquireLock()),
                          CodeOf(file.ReleaseLock()),
                          CodeOf(file.BecomeWriter()),
                          CodeOf(file.WaitFor("a", 0, milliseconds(1))),
                          CodeOf(file.SumBuffer(1)),
                          CodeOf(file.OffsetOf(&file)),
                          CodeOf(record.Info()),
                          CodeOf(record.Update()),
                          CodeOf(record.Put(3)),
                          CodeOf(record.Get<int>()),
                          CodeOf(state.Modify([](RunState&) {})),
                          CodeOf(heap.Malloc(10)),
                          CodeOf(heap.Stats()),
                          CodeOf(heap.GetKey(0)),
                          CodeOf(heap.SetKey(0, 1)),
                          CodeOf(heap.Check())};
    for (const Code code : codes) {
      if (code != Code::kClosed) {
        MESSAGE("call " << &code - codes << ": " << CodeName(code));
        return 1;
      }
    }
    // Opened anew, it is a writer of its own, whom the parent keeps waiting.
    MapFile own = Must(MapFile::Open(world.path));
    if (Must(own.Get<int>("a")) != 1) return 2;
    (void)file.Resign();
    (void)file.Close();
    return 0;
  });
  CHECK(child.Wait() == 0);
  // The parent is who it was.
  Must(world.file.Put("a", 3));
  Must(world.file.ReleaseLock());
  CHECK(Must(world.file.Info()).producers.size() == 1);
}

TEST_CASE("a child closes what a thread of its parent was using") {
  World world;
  auto state = Must(world.file.Emplace<RunState>("state"));
  std::atomic<bool> is_inside = false;
  std::atomic<bool> may_leave = false;
  std::thread thread([&] {
    Must(state.Modify([&](RunState&) {
      is_inside = true;
      while (!may_leave) std::this_thread::sleep_for(milliseconds(1));
    }));
  });
  while (!is_inside) std::this_thread::yield();
  Child child([&] {
    alarm(60);
    return world.file.Close() ? 0 : 1;
  });
  CHECK(child.Wait() == 0);
  may_leave = true;
  thread.join();
}

TEST_CASE("_exit without Close is a death, exit closes what is static") {
  World world;
  Must(world.file.Close());
  Child hasty([&] {
    static std::optional<MapFile> file;
    file = world.Another();
    Must(file->Put("a", 2));
    _exit(0);
    return 0;
  });
  CHECK(hasty.Wait() == 0);
  {
    const MapFile seen = Must(MapFile::Open(world.path));
    CHECK(Must(seen.Get<int>("a")) == 2);
    CHECK(Must(seen.Find("a")).Info()->producer.state == ProducerState::kDead);
    CHECK(!Must(seen.Info()).closed_in_order);
  }
  Must(world.Another(60000).Put("a", 3));
}

// Acts when static objects are destroyed: after the thread's own.
struct LastWords {
  ~LastWords() {
    if (!file) return;
    ok = file->AcquireLock() && file->Put("last", 4) && file->Update() &&
         file->ReleaseLock() && file->Close();
    if (!ok) _exit(9);
  }
  std::optional<MapFile> file;
  bool ok = true;
};

TEST_CASE("a static object may use and close its file at exit") {
  World world;
  Must(world.file.Close());
  Child child([&] {
    static LastWords last_words;
    static std::string bound = "bound";
    last_words.file = world.Another();
    Must(last_words.file->Add(bound, "bound"));
    std::exit(0);
    return 0;
  });
  CHECK(child.Wait() == 0);
  const MapFile seen = Must(MapFile::Open(world.path));
  CHECK(Must(seen.Get<int>("last")) == 4);
  CHECK(Must(seen.Info()).closed_in_order);
  CHECK(Must(seen.Find("last")).Info()->producer.state ==
        ProducerState::kClosed);
}

// Statics that are never destroyed go with their library: a leak, to the
// sanitizer.
TEST_CASE("a library that is unloaded takes its file along" *
          doctest::skip(testing::kAddressSanitizer)) {
  World world;
  Must(world.file.Close());
  Child child([&] {
    void* const library = dlopen("tests/file/libplugin.so", RTLD_NOW);
    if (library == nullptr) {
      MESSAGE(dlerror());
      return 1;
    }
    using Start = int (*)(const char* path);
    auto* const start = reinterpret_cast<Start>(dlsym(library, "StartPlugin"));
    if (start == nullptr || start(world.path.c_str()) != 0) return 2;
    dlclose(library);
    // Handlers that it left behind would be called now.
    Child grandchild([] { return 0; });
    if (grandchild.Wait() != 0) return 3;
    std::thread([] {}).join();
    std::exit(0);
    return 0;
  });
  CHECK(child.Wait() == 0);
  const MapFile seen = Must(MapFile::Open(world.path));
  CHECK(Must(seen.Get<int>("plugin")) == 1);
  CHECK(Must(seen.Info()).closed_in_order);
}

}  // namespace
}  // namespace mapfile
