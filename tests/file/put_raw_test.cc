// MapFile::PutRaw: values that are encoded already.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "mapfile/mapfile.h"

namespace mapfile {
namespace {

class Fixture {
 public:
  Fixture() {
    const char* base = std::getenv("TEST_TMPDIR");
    path_ = std::string(base != nullptr ? base : "/tmp") + "/put_raw.XXXXXX";
    const int fd = ::mkstemp(path_.data());
    REQUIRE(fd >= 0);
    ::close(fd);
    ::unlink(path_.c_str());
  }
  ~Fixture() { ::unlink(path_.c_str()); }

  MapFile Open() const {
    Options options;
    options.mode = Mode::kUpdate;
    auto file = MapFile::Open(path_, options);
    REQUIRE(file);
    return *file;
  }

 private:
  std::string path_;
};

TEST_CASE_FIXTURE(Fixture, "bytes and type come back as they were put") {
  MapFile file = Open();
  const auto type = Type::Parse("array<u8,3>");
  REQUIRE(type);
  const std::array bytes = {std::byte{1}, std::byte{2}, std::byte{3}};
  REQUIRE(file.PutRaw("a", **type, bytes));
  const auto raw = file.GetRaw("a");
  REQUIRE(raw);
  CHECK(raw->type->text() == "array<u8,3>");
  CHECK(std::equal(bytes.begin(), bytes.end(), raw->bytes.begin(),
                   raw->bytes.end()));
  PutOptions options;
  options.if_generation = raw->version.generation;
  CHECK(file.PutRaw("a", **type, bytes, options));
  CHECK(file.PutRaw("a", **type, bytes, options).error().code() ==
        Code::kConflict);
}

TEST_CASE_FIXTURE(Fixture, "fewer bytes than the type has are refused") {
  MapFile file = Open();
  const auto type = Type::Parse("u64");
  REQUIRE(type);
  const std::array bytes = {std::byte{1}, std::byte{2}};
  const auto put = file.PutRaw("a", **type, bytes);
  REQUIRE_FALSE(put);
  CHECK(put.error().code() == Code::kInvalidArgument);
  CHECK_FALSE(file.Find("a"));
}

}  // namespace
}  // namespace mapfile
