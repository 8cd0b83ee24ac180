// What TMapFile offers for objects and paths, each by the name that its users
// know. The table "COMING FROM TMAPFILE" of man/mapfile.3 has a row for each
// test.
#include "tests/file/world.h"

namespace mapfile {
namespace {

using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::Must;
using testing::TempDir;
using testing::World;

TEST_CASE("TMapFile::Create(\"NEW\")") {
  const World world;
  CHECK(ModeFromName("NEW") == Mode::kCreate);
  CHECK(CodeOf(MapFile::Open(world.path, {.mode = Mode::kCreate})) ==
        Code::kExists);
}

TEST_CASE("TMapFile::Create(\"CREATE\")") {
  const TempDir dir;
  MapFile file =
      Create(dir / "a.map", {.size_bytes = 1_MiB, .max_size_bytes = 64_MiB});
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
  MapFile fresh = Must(MapFile::Open(world.path, {.mode = Mode::kRecreate}));
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
  Must(world.file.Add(sensor));             // By its own name
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
  CHECK(CodeOf(world.Reader().Get<std::string>("run")) == Code::kTypeMismatch);
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
  for (const char* part :
       {"run.map", "run 42", "READ", "48 KiB", "break", "generation", "pid"}) {
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
  CHECK(CodeOf(world.file.ChangeDirectory("../..")) == Code::kInvalidArgument);
}

TEST_CASE("TMapFile::GetDirectory") {
  World world;
  CHECK(world.file.directory() == "");
  Must(world.file.ChangeDirectory("ecal/front"));
  CHECK(world.file.directory() == "ecal/front");
  Must(world.file.ChangeDirectory("/"));
  CHECK(world.file.directory() == "");
}

}  // namespace
}  // namespace mapfile
