// The records of a file as a tree.
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

struct Fixture {
  TempDir dir{true};
  MapFile file = Create(dir / "a.map");
  Fixture() {
    for (const char* name : {"x", "ecal/front/a", "ecal/b", "ecal", "ecalb"}) {
      Must(file.Put(name, 1));
    }
  }
  std::string Show(std::string_view path) const {
    std::string text;
    for (const BrowseEntry& entry : Must(file.Browse(path))) {
      text += entry.name + (entry.is_folder ? "/" : "") +
              (entry.is_record ? "* " : " ");
    }
    return text;
  }
};

TEST_CASE_FIXTURE(Fixture, "a folder has its entries once, in order") {
  CHECK(Show("") == "x* ecal/* ecalb* ");
  CHECK(Show("/") == Show(""));
  CHECK(Show("ecal") == "front/ b* ");
  CHECK(Show("ecal/") == "front/ b* ");
  CHECK(Show("ecal/front") == "a* ");
  // A record that is no folder has none.
  CHECK(Show("x") == "");
}

TEST_CASE_FIXTURE(Fixture, "what isn't there is NotFound, an empty top isn't") {
  for (const char* path : {"eca", "ecal/fron", "ecal/front/a/b", "nix"}) {
    const auto found = file.Browse(path);
    CHECK(CodeOf(found) == Code::kNotFound);
    CHECK(Has(MessageOf(found), path));
    CHECK(!file.IsFolder(path));
  }
  CHECK(CodeOf(file.Browse("a//b")) == Code::kInvalidArgument);
  CHECK(!file.IsFolder("a//b"));
  Must(file.RemoveAll());
  CHECK(Show("") == "");
  CHECK(file.IsFolder());
}

TEST_CASE_FIXTURE(Fixture, "paths count from the current directory") {
  Must(file.ChangeDirectory("ecal"));
  CHECK(Show("") == "front/ b* ");
  CHECK(Show("front") == "a* ");
  CHECK(Show("..") == "x* ecal/* ecalb* ");
  CHECK(Show("/ecal/front") == "a* ");
  CHECK(file.IsFolder("front"));
  CHECK(!file.IsFolder("b"));
  CHECK(Must(file.List()).size() == 2);
  CHECK(CodeOf(file.Browse("../..")) == Code::kInvalidArgument);
}

}  // namespace
}  // namespace mapfile
