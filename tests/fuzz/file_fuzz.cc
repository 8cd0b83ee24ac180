// Opens whatever bytes there are as a map file through the library's front
// door, looks at all of it, and writes to it. Slower than open_fuzz, which
// does without files. See map_image.h for what the bytes mean.
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "tests/fuzz/map_image.h"
#include "tests/types/test_classes.h"

namespace mapfile::fuzz {
namespace {

constexpr std::size_t kMostRecords = 16;

// Whatever it is, it was looked at.
void Use(const auto& result) { static_cast<void>(result); }

// A file in memory, overwritten for each input.
class TestFile {
 public:
  TestFile() {
    const char* folder = std::getenv("TEST_TMPDIR");
    path_ = (folder != nullptr ? std::string(folder) : "/dev/shm") +
            "/mapfile-fuzz-" + std::to_string(getpid()) + ".map";
  }
  ~TestFile() { unlink(path_.c_str()); }

  void Fill(std::span<const std::byte> bytes) {
    // A writer that the last input left open must not keep its locks.
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void LookAtFile(const std::string& path) {
  const auto file = MapFile::Open(path);
  if (!file) return;
  Use(Ls(*file));
  Use(Print(*file));
  Use(file->Browse("a"));
  auto list = file->List();
  if (!list) return;
  if (list->size() > kMostRecords) list->resize(kMostRecords);
  for (const RecordInfo& info : *list) {
    const auto value = file->GetRaw(info.name);
    if (value) {
      Use(Print(*file, *value));
      Use(ToJson(*file, *value));
    }
    Use(file->Get(info.name));
    Use(file->Get<zoo::Everything>(info.name));
    Use(file->Get<zoo::Drawing>(info.name));
  }
  Use(file->WaitFor("a/n", 0, std::chrono::nanoseconds(1)));
}

void WriteToHeap(Heap heap) {
  const auto block = heap.Malloc(100);
  if (block) Use(heap.Realloc(*block, 5000));
  const auto key = heap.GetKey(0);
  if (key) Use(heap.Free({*key}));
  Use(heap.Stats());
  Use(heap.Check());
}

void WriteToFile(const std::string& path) {
  auto file = MapFile::Open(
      path,
      {.mode = Mode::kUpdate, .lock_timeout = std::chrono::milliseconds(1)});
  if (!file) return;
  Use(file->Put("new", zoo::Point{1, 2}));
  Use(file->Put("a/n", std::int64_t{1}));
  Use(file->Put("d", std::string(200, 'x')));
  auto point = file->Emplace<zoo::Point>("point");
  if (point) Use(point->Modify([](zoo::Point& p) { ++p.x; }));
  Use(file->SetTitle("new"));
  WriteToHeap(file->heap());
  Use(file->Remove("h"));
  Use(file->Sync());
  Use(file->RemoveAll());
  Use(file->Close());
}

}  // namespace
}  // namespace mapfile::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace mapfile::fuzz;
  const MapImage image = MakeImage({data, size});
  static TestFile file;
  file.Fill(image.room.first(image.size));
  if (image.options & kWritten) {
    WriteToFile(file.path());
  } else {
    LookAtFile(file.path());
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned seed) {
  std::minstd_rand random(seed);
  // Several at once: some damage hides behind other.
  do {
    size = mapfile::fuzz::MutateImage(data, size, max_size, random);
  } while (random() % 3 == 0);
  return size;
}
