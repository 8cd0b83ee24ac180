// What TMapFile and TMapRec offer, each by the name that its users know. The
// table "COMING FROM TMAPFILE" of man/mapfile.3 has a row for each test.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::Must;
using testing::TempDir;

// A folder in memory with a file that is open for writing.
struct World {
  TempDir dir{true};
  std::string path = dir / "run.map";
  MapFile file = Create(path, {.title = "run 42"});

  MapFile Reader() const { return Must(MapFile::Open(path)); }
};

TEST_CASE("TMapFile::Create(\"NEW\")") {
  const World world;
  CHECK(ModeFromName("NEW") == Mode::kCreate);
  CHECK(CodeOf(MapFile::Open(world.path, {.mode = Mode::kCreate})) ==
        Code::kExists);
}

TEST_CASE("TMapFile::Create(\"CREATE\")") {
  const TempDir dir;
  MapFile file = Create(dir / "a.map",
                        {.size_bytes = 1_MiB, .max_size_bytes = 64_MiB});
  CHECK(file.size_bytes() == 1_MiB);
  CHECK(file.max_size_bytes() == 64_MiB);
}

TEST_CASE("TMapFile::Create(\"RECREATE\")") {
  World world;
  Must(world.file.Put("old", 1.0));
  const MapFile reader = world.Reader();
  CHECK(CodeOf(MapFile::Open(world.path, {.mode = Mode::kRecreate})) ==
        Code::kBusy);
  Must(world.file.Close());
  MapFile fresh =
      Must(MapFile::Open(world.path, {.mode = Mode::kRecreate}));
  CHECK(Must(fresh.List()).empty());
  // Readers of the old file keep it, and can tell.
  CHECK(Must(reader.Get<double>("old")) == 1.0);
  CHECK(reader.path_state() == PathState::kReplaced);
}

TEST_CASE("TMapFile::Create(\"UPDATE\")") {
  const TempDir dir;
  const std::string path = dir / "a.map";
  MapFile first = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
  Must(first.Put("a", 1));
  MapFile second = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
  Must(second.Put("b", 2));
  CHECK(Must(first.Get<int>("b")) == 2);
}

TEST_CASE("TMapFile::Create(\"READ\")") {
  World world;
  Must(world.file.Put("a", 1));
  const MapFile reader = world.Reader();
  CHECK(Must(reader.Get<int>("a")) == 1);
  MapFile writer = reader;
  CHECK(CodeOf(writer.Put("a", 2)) == Code::kReadOnly);
  CHECK(CodeOf(MapFile::Open(world.dir / "none")) == Code::kNotFound);
}

TEST_CASE("TMapFile::Add") {
  World world;
  Sensor sensor{"thermo", {1, 2, 3}};
  Must(world.file.Add(sensor));            // By its own name
  Must(world.file.Add(sensor, "another"));  // By one that is given
  CHECK(Must(world.Reader().Get<Sensor>("thermo")).samples.size() == 3);
  // The same name again: the record gets another object.
  const double number = 7;
  const Record record = Must(world.file.Add(number, "another"));
  CHECK(record.object() == &number);
  CHECK(Must(world.Reader().Get<double>("another")) == 7);
  CHECK(Must(world.file.List()).size() == 2);
}

TEST_CASE("TMapFile::Update()") {
  World world;
  double a = 1;
  double b = 2;
  Must(world.file.Add(a, "a"));
  Must(world.file.Add(b, "b"));
  a = 10;
  b = 20;
  CHECK(Must(world.Reader().Get<double>("a")) == 1);
  Must(world.file.Update());
  CHECK(Must(world.Reader().Get<double>("a")) == 10);
  CHECK(Must(world.Reader().Get<double>("b")) == 20);
}

TEST_CASE("TMapFile::Update(object)") {
  World world;
  double a = 1;
  double b = 2;
  Must(world.file.Add(a, "a"));
  Must(world.file.Add(b, "b"));
  a = 10;
  b = 20;
  Must(world.file.Update(&a));
  CHECK(Must(world.Reader().Get<double>("a")) == 10);
  CHECK(Must(world.Reader().Get<double>("b")) == 2);
  const double stranger = 0;
  CHECK(CodeOf(world.file.Update(&stranger)) == Code::kNotFound);
}

TEST_CASE("TMapFile::Remove(object)") {
  World world;
  const double a = 1;
  Must(world.file.Add(a, "a"));
  Must(world.file.Remove(&a));
  CHECK(CodeOf(world.file.Find("a")) == Code::kNotFound);
  CHECK(CodeOf(world.file.Remove(&a)) == Code::kNotFound);
}

TEST_CASE("TMapFile::Remove(name)") {
  World world;
  Must(world.file.Put("a", 1));
  Must(world.file.Remove("a"));
  CHECK(CodeOf(world.file.Remove("a")) == Code::kNotFound);
}

TEST_CASE("TMapFile::RemoveAll") {
  World world;
  for (const char* name : {"a", "b", "c"}) Must(world.file.Put(name, 1));
  Must(world.file.RemoveAll());
  CHECK(Must(world.file.List()).empty());
}

TEST_CASE("TMapFile::Get(name)") {
  World world;
  Must(world.file.Put("run", RunState{42, 7.5}));
  CHECK(Must(world.Reader().Get<RunState>("run")) == RunState{42, 7.5});
  CHECK(CodeOf(world.Reader().Get<std::string>("run")) ==
        Code::kTypeMismatch);
  CHECK(CodeOf(world.Reader().Get<RunState>("x")) == Code::kNotFound);
}

TEST_CASE("TMapFile::Get(name, object)") {
  World world;
  Must(world.file.Put("s", Sensor{"thermo", {1, 2, 3}}));
  Sensor mine;
  mine.samples.reserve(100);
  const double* const memory = mine.samples.data();
  Must(world.Reader().Get("s", &mine));
  CHECK(mine.samples == std::vector<double>{1, 2, 3});
  CHECK(mine.samples.data() == memory);
}

TEST_CASE("TMapFile::Close") {
  World world;
  Must(world.file.Close());
  CHECK(!world.file.is_open());
  CHECK(CodeOf(world.file.Put("a", 1)) == Code::kClosed);
  CHECK(CodeOf(world.file.List()) == Code::kClosed);
  Must(world.file.Close());
  CHECK(Must(world.Reader().Info()).closed_in_order);
}

TEST_CASE("TMapFile::ls") {
  World world;
  Must(world.file.Put("energy", 1.5));
  const std::string text = Must(Ls(world.Reader()));
  CHECK(Has(text, "energy"));
  CHECK(Has(text, "f64"));
  CHECK(Has(text, "8 B"));
}

TEST_CASE("TMapFile::Print") {
  World world;
  const std::string text = Must(Print(world.Reader()));
  for (const char* part : {"run.map", "run 42", "READ", "48 KiB", "break",
                           "generation", "pid"}) {
    CAPTURE(part);
    CHECK(Has(text, part));
  }
}

TEST_CASE("TMapFile::Browse") {
  World world;
  for (const char* name : {"ecal/a", "b", "ecal/deep/c", "ecal"}) {
    Must(world.file.Put(name, 1));
  }
  const auto top = Must(world.file.Browse());
  REQUIRE(top.size() == 2);
  CHECK(top[0].name == "ecal");
  CHECK(top[0].is_folder);
  CHECK(top[0].is_record);
  CHECK(top[1].name == "b");
  CHECK(!top[1].is_folder);
  CHECK(Must(world.file.Browse("ecal")).size() == 2);
  CHECK(CodeOf(world.file.Browse("none")) == Code::kNotFound);
}

TEST_CASE("TMapFile::IsFolder") {
  World world;
  Must(world.file.Put("ecal/a", 1));
  CHECK(world.file.IsFolder());
  CHECK(world.file.IsFolder("ecal"));
  CHECK(!world.file.IsFolder("ecal/a"));
}

TEST_CASE("TMapFile::cd") {
  World world;
  Must(world.file.ChangeDirectory("ecal"));
  Must(world.file.Put("a", 1));
  Must(world.file.Put("/b", 2));
  CHECK(Must(world.Reader().Get<int>("ecal/a")) == 1);
  CHECK(Must(world.Reader().Get<int>("b")) == 2);
  CHECK(CodeOf(world.file.ChangeDirectory("../..")) ==
        Code::kInvalidArgument);
}

TEST_CASE("TMapFile::GetDirectory") {
  World world;
  CHECK(world.file.directory() == "");
  Must(world.file.ChangeDirectory("ecal/front"));
  CHECK(world.file.directory() == "ecal/front");
  Must(world.file.ChangeDirectory("/"));
  CHECK(world.file.directory() == "");
}

TEST_CASE("TMapFile::GetName") {
  const World world;
  CHECK(world.file.path() == world.path);
}

TEST_CASE("TMapFile::GetTitle") {
  World world;
  CHECK(world.Reader().title() == "run 42");
  Must(world.file.SetTitle("run 43"));
  CHECK(world.Reader().title() == "run 43");
}

TEST_CASE("TMapFile::GetOption") {
  const World world;
  CHECK(std::string(world.file.option()) == "CREATE");
  CHECK(std::string(world.Reader().option()) == "READ");
}

TEST_CASE("TMapFile::GetSize") {
  World world;
  const std::uint64_t size = world.file.size_bytes();
  CHECK(size < 64_KiB);
  const MapFile reader = world.Reader();
  Must(world.file.Put("big", std::vector<double>(100'000)));
  CHECK(world.file.size_bytes() > 800'000);
  CHECK(reader.size_bytes() == world.file.size_bytes());
}

TEST_CASE("TMapFile::GetFd") {
  World world;
  struct stat by_fd {};
  struct stat by_path {};
  REQUIRE(fstat(world.file.fd(), &by_fd) == 0);
  REQUIRE(stat(world.path.c_str(), &by_path) == 0);
  CHECK(by_fd.st_ino == by_path.st_ino);
  Must(world.file.Close());
  CHECK(world.file.fd() == -1);
}

TEST_CASE("TMapFile::GetBaseAddr") {
  World world;
  void* const base = world.file.base_address();
  REQUIRE(base != nullptr);
  Must(world.file.Put("big", std::vector<double>(100'000)));
  CHECK(world.file.base_address() == base);
}

TEST_CASE("TMapFile::GetBreakval") {
  World world;
  const auto* const before = static_cast<char*>(world.file.break_address());
  CHECK(before > static_cast<char*>(world.file.base_address()));
  Must(world.file.Put("a", std::vector<double>(1000)));
  CHECK(static_cast<char*>(world.file.break_address()) >= before + 8000);
}

TEST_CASE("TMapFile::GetMmallocDesc") {
  World world;
  Heap heap = world.file.heap();
  const auto block = Must(heap.Malloc(100));
  CHECK(heap.Resolve(block).size() >= 100);
  Must(heap.SetKey(0, block.bytes));
  const MapFile reader = world.Reader();
  CHECK(Must(reader.heap().GetKey(0)) == block.bytes);
  CHECK(CodeOf(reader.heap().Malloc(1)) == Code::kReadOnly);
  CHECK(Must(heap.Check()).empty());
}

TEST_CASE("TMapFile::GetFirst") {
  World world;
  CHECK(CodeOf(world.file.First()) == Code::kNotFound);
  for (const char* name : {"b", "a"}) Must(world.file.Put(name, 1));
  CHECK(Must(world.file.First()).name() == "b");
}

TEST_CASE("TMapFile::GetLast") {
  World world;
  for (const char* name : {"b", "a"}) Must(world.file.Put(name, 1));
  CHECK(Must(world.file.Last()).name() == "a");
}

TEST_CASE("TMapFile::IsWritable") {
  const World world;
  CHECK(world.file.writable());
  CHECK(!world.Reader().writable());
}

TEST_CASE("TMapFile::OrgAddress") {
  World world;
  const MapFile reader = world.Reader();
  const auto there =
      reinterpret_cast<std::uintptr_t>(world.file.base_address());
  const char* const here = static_cast<char*>(reader.base_address()) + 100;
  CHECK(Must(reader.OriginalAddress(here, there)) == there + 100);
  int local = 0;
  CHECK(CodeOf(reader.OriginalAddress(&local, there)) ==
        Code::kInvalidArgument);
}

TEST_CASE("TMapFile::fOffset") {
  World world;
  const MapFile reader = world.Reader();
  const auto there =
      reinterpret_cast<std::uintptr_t>(world.file.base_address());
  const auto here = reinterpret_cast<std::uintptr_t>(reader.base_address());
  CHECK(there + static_cast<std::uintptr_t>(reader.MappingOffset(there)) ==
        here);
}

TEST_CASE("TMapFile::WhichMapFile") {
  World world;
  const MapFile reader = world.Reader();
  const char* const address = static_cast<char*>(reader.base_address()) + 5;
  const auto found = MapFile::WhichMapFile(address);
  REQUIRE(found);
  CHECK(found->base_address() == reader.base_address());
  int local = 0;
  CHECK(!MapFile::WhichMapFile(&local));
}

TEST_CASE("TMapFile::SetMapAddress") {
  World world;
  // An address that was free a moment ago.
  MapFile probe = world.Reader();
  const auto address =
      reinterpret_cast<std::uintptr_t>(probe.base_address());
  {
    const MapFile gone = std::move(probe);
    probe = world.file;
  }
  MapFile::SetMapAddress(address);
  const MapFile wanted = world.Reader();
  const MapFile taken = world.Reader();
  MapFile::SetMapAddress(0);
  CHECK(reinterpret_cast<std::uintptr_t>(wanted.base_address()) == address);
  CHECK(taken.base_address() != wanted.base_address());
}

TEST_CASE("TMapFile::CreateSemaphore") {
  World world;
  Must(world.file.Resign());
  CHECK(CodeOf(world.file.Put("a", 1)) == Code::kReadOnly);
  Must(world.file.BecomeWriter());
  Must(world.file.Put("a", 1));
  CHECK(CodeOf(world.Reader().BecomeWriter()) == Code::kReadOnly);
}

TEST_CASE("TMapFile::AcquireSemaphore") {
  World world;
  Must(world.file.AcquireLock());
  Must(world.file.AcquireLock());  // It nests
  Must(world.file.Put("mine", 1));
  Child other([&] {
    auto file = MapFile::Open(world.path,
                              {.mode = Mode::kUpdate,
                               .lock_timeout = std::chrono::milliseconds(50)});
    return CodeOf(file) == Code::kBusy ? 0 : 1;
  });
  CHECK(other.Wait() == 0);
  Must(world.file.ReleaseLock());
  Must(world.file.ReleaseLock());
}

TEST_CASE("TMapFile::ReleaseSemaphore") {
  World world;
  CHECK(CodeOf(world.file.ReleaseLock()) == Code::kInvalidArgument);
  Must(world.file.AcquireLock());
  Must(world.file.ReleaseLock());
  CHECK(CodeOf(world.file.ReleaseLock()) == Code::kInvalidArgument);
  MapFile other = Must(MapFile::Open(world.path, {.mode = Mode::kUpdate}));
  Must(other.Put("a", 1));
}

TEST_CASE("TMapFile::DeleteSemaphore") {
  World world;
  Must(world.file.Put("a", 1));
  Must(world.file.Resign());
  CHECK(!world.file.writable());
  CHECK(Must(world.file.Get<int>("a")) == 1);
  CHECK(Must(world.Reader().Info()).producers.empty());
}

TEST_CASE("TMapFile::SumBuffer") {
  World world;
  CHECK(world.file.BestBufferSize() == 0);
  Must(world.file.SumBuffer(100));
  Must(world.file.SumBuffer(300));
  CHECK(world.file.BestBufferSize() == 300);  // 200 + 100
}

TEST_CASE("TMapFile::GetBestBuffer") {
  World world;
  for (int i = 0; i < 4; ++i) {
    Must(world.file.Put("a", std::vector<std::byte>(1000)));
  }
  const std::uint64_t best = world.Reader().BestBufferSize();
  CHECK(best >= 1000);
  CHECK(best < 1100);
}

TEST_CASE("TMapFile::fVersion") {
  const World world;
  const FileInfo info = Must(world.Reader().Info());
  CHECK(info.creator == "mapfile 0.1.0");
  CHECK(info.format_version == 1);
}

TEST_CASE("TMapFile::kDefaultMapSize") {
  const World world;
  CHECK(world.file.max_size_bytes() == kDefaultMaxSize);
}

TEST_CASE("TMapRec::GetName") {
  World world;
  Must(world.file.Put("ecal/energy", 1));
  CHECK(Must(world.file.First()).name() == "ecal/energy");
}

TEST_CASE("TMapRec::GetClassName") {
  World world;
  Must(world.file.Put("run", RunState{}));
  CHECK(Must(Must(world.file.First()).Info()).class_name == "RunState");
}

TEST_CASE("TMapRec::GetBuffer") {
  World world;
  Must(world.file.Put("text", std::uint64_t{0x6f6c6c6568}));
  const RecordInfo info = Must(Must(world.file.First()).Info());
  const void* const buffer = Must(world.file.AddressOf(info.buffer_offset));
  CHECK(std::string(static_cast<const char*>(buffer)) == "hello");
  CHECK(Must(Must(world.file.First()).GetRaw()).bytes.size() == 8);
}

TEST_CASE("TMapRec::GetBufSize") {
  World world;
  Must(world.file.Put("a", std::vector<std::byte>(1000)));
  CHECK(Must(Must(world.file.First()).Info()).buffer_bytes >= 1000);
}

TEST_CASE("TMapRec::GetObject") {
  World world;
  const double a = 1;
  const Record record = Must(world.file.Add(a, "a"));
  CHECK(record.object() == &a);
  CHECK(Must(world.file.Find("a")).object() == &a);
  // Only in the producer.
  CHECK(Must(world.Reader().Find("a")).object() == nullptr);
}

TEST_CASE("TMapRec::GetNext") {
  World world;
  for (const char* name : {"c", "a", "b"}) Must(world.file.Put(name, 1));
  std::string names;
  auto record = world.file.First();
  for (; record; record = record->Next()) names += record->name();
  CHECK(names == "cab");
  CHECK(CodeOf(record) == Code::kNotFound);
}

}  // namespace
}  // namespace mapfile
