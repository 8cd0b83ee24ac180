// Ways in which TMapFile fails its users, each tried on a map file: the last
// seven of fourteen, about objects, their number and room for them.
#include <sys/resource.h>

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/file/where_tmapfile_fails.h"
#include "tests/support/mount.h"

namespace mapfile {
namespace evolved {

// RunState as a later program has it: its rate has become a text.
struct RunState {
  std::int64_t run = 0;
  std::string rate_hz;
};
MAPFILE_DESCRIBE(RunState, 2, run, rate_hz)

}  // namespace evolved

namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Failed;
using testing::Has;
using testing::MessageOf;
using testing::Mounted;
using testing::Must;
using testing::Place;
using testing::TempDir;

TEST_CASE("8: a consumer sees what is added, replaced and opened again") {
  const Place world;
  std::optional<MapFile> producer = Must(world.Update());
  const MapFile consumer = world.Reader();  // Before the first Add
  CHECK(Must(consumer.List()).empty());
  Must(producer->Put("first", 1));
  CHECK(Must(consumer.Get<int>("first")) == 1);
  Must(producer->Remove("first"));
  Must(producer->Put("first", std::string("other")));
  CHECK(Must(consumer.Get<std::string>("first")) == "other");
  Must(producer->Close());
  producer.reset();
  CHECK(Must(consumer.Get<std::string>("first")) == "other");
  producer = Must(world.Update());
  Must(producer->Put("first", std::string("again")));
  Must(producer->Put("large", std::vector<double>(1'000'000, 2)));
  CHECK(Must(consumer.Get<std::string>("first")) == "again");
  CHECK(Must(consumer.Get<std::vector<double>>("large")).size() == 1'000'000);
}

TEST_CASE("9: removing and adding again leaks nothing") {
  const Place world;
  MapFile file = Must(world.Update());
  const std::vector<double> object(1024);
  const auto cycle = [&] {
    Must(file.Add(object, "object"));
    for (int i = 0; i < 3; ++i) Must(file.Update());
    Must(file.Remove("object"));
  };
  cycle();
  const std::uint64_t used = Must(file.Info()).heap.used_bytes;
  const std::uint64_t size = file.size_bytes();
  for (int i = 0; i < 1000; ++i) cycle();
  CHECK(Must(file.Info()).heap.used_bytes == used);
  CHECK(file.size_bytes() == size);
}

TEST_CASE("10: a small object beside a large one stays small") {
  const Place world;
  MapFile file = Must(world.Update());
  Must(file.Put("large", std::vector<double>(100'000)));
  const std::uint64_t size = file.size_bytes();
  for (int i = 0; i < 100; ++i) Must(file.Put("r" + std::to_string(i), i));
  const RecordInfo info = Must(Must(file.Find("r50")).Info());
  CHECK(info.version.size_bytes == sizeof(int));  // Of the data
  CHECK(info.buffer_bytes < 256);
  CHECK(file.size_bytes() < size + 300'000);
}

TEST_CASE("11: an added object may be deleted") {
  const Place world;
  MapFile file = Must(world.Update());
  const Axis axis = RegularAxis(10, 0, 10);
  auto gone = std::make_unique<Histogram1D>("gone", axis);
  Histogram1D stays("stays", axis);
  Must(file.Add(*gone));
  Must(file.Add(stays));
  gone.reset();
  stays.Fill(5);
  Must(file.Update());
  CHECK(Must(file.Get<Histogram1D>("stays")).entries() == 1);
  CHECK(Must(file.Get<Histogram1D>("gone")).entries() == 0);
}

TEST_CASE("12: one file after another, and exit without Close as a reader") {
  const Place world;
  const Place other;
  Child process([&] {
    static std::optional<MapFile> never_closed;
    auto first = world.Update();
    if (!first || !first->Put("a", 1) || !first->Close()) return Failed();
    auto second = other.Update();
    if (!second || !second->Put("b", 2) || first->is_open()) return Failed();
    auto reader = MapFile::Open(world.path);
    if (!reader || !reader->Get<int>("a")) return Failed();
    never_closed = *reader;
    std::exit(0);  // With destructors of statics, in whatever order
  });
  CHECK(process.Wait() == 0);
  CHECK(Must(other.Reader().Get<int>("b")) == 2);
}

TEST_CASE("13: full, truncated and limited files give errors") {
  const Place world;
  {
    const TempDir dir;
    const Mounted small = Mounted::Tmpfs(dir.path(), 512);
    if (small) {
      MapFile file = Create(dir / "run.map");
      Must(file.Put("a", 1));
      CHECK(CodeOf(file.Put("b", std::vector<double>(100'000))) ==
            Code::kNoSpace);
      CHECK(Must(file.Get<int>("a")) == 1);
    } else {
      MESSAGE("skipped in part: no permission to mount a tmpfs");
    }
  }
  Child limited([&] {
    const rlimit small{300'000, 300'000};
    auto file = world.Update();
    if (setrlimit(RLIMIT_FSIZE, &small) != 0 || !file) return Failed();
    const auto put = file->Put("b", std::vector<double>(100'000));
    return CodeOf(put) == Code::kNoSpace && file->Put("a", 1) ? 0 : Failed();
  });
  CHECK(limited.Wait() == 0);
  const MapFile reader = world.Reader();
  REQUIRE(truncate(world.path.c_str(), 8192) == 0);
  CHECK(CodeOf(reader.Get<int>("a")) == Code::kIo);
  const MapFile sized = Create(world.dir / "b.map", {.max_size_bytes = 1_MiB});
  CHECK(CodeOf(MapFile(sized).Put("b", std::vector<double>(200'000))) ==
        Code::kNoSpace);
  CHECK(std::filesystem::file_size(world.dir / "b.map") <= 1_MiB);
}

// Stores a word in the file as anybody with a pen could.
void Scribble(const std::string& path, std::uint64_t offset,
              std::uint64_t word) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(offset));
  file.write(reinterpret_cast<const char*>(&word), sizeof word);
}

TEST_CASE("14: another version of a class, or a wrong count, is an error") {
  const Place world;
  MapFile file = Must(world.Update());
  Must(file.Put("run", RunState{42, 7.5}));
  const auto other = file.Get<evolved::RunState>("run");
  CHECK(CodeOf(other) == Code::kTypeMismatch);
  CHECK(Has(MessageOf(other), "rate_hz"));
  Must(file.Put("values", std::vector<double>{1, 2, 3}));
  const RecordInfo info = Must(Must(file.Find("values")).Info());
  // {u64 offset, u64 count}: the count.
  for (const std::uint64_t count : {4ull, 1000ull, 1ull << 60, ~0ull}) {
    Scribble(world.path, info.buffer_offset + 8, count);
    const auto got = file.Get<std::vector<double>>("values");
    CHECK(CodeOf(got) == Code::kCorrupt);
    CHECK(Has(MessageOf(got), "values"));
  }
  Scribble(world.path, info.buffer_offset + 8, 3);
  CHECK(Must(file.Get<std::vector<double>>("values")).size() == 3);
}

}  // namespace
}  // namespace mapfile
