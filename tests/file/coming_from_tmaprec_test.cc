// What TMapRec offers, each by the name that its users know.
// The table "COMING FROM TMAPFILE" of man/mapfile.3 has a row for each test.
#include "tests/file/world.h"

namespace mapfile {
namespace {

using testing::CodeOf;
using testing::Must;
using testing::World;

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
