#include "tools/common/selection.h"

#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

using Names = std::vector<std::string>;

class Fixture : public TestFile {
 public:
  Fixture() {
    for (const char* name : {"b", "det/ecal", "det/deep/hcal", "a"}) {
      Put(name, "u8", "1");
    }
  }
  // The names that `words` mean; of a word without any "?".
  Names Find(const Names& words, Folders folders = Folders::kTaken) const {
    const auto selection = Selection::Parse(words, folders);
    REQUIRE(selection);
    const auto found = selection->Find(file);
    REQUIRE(found);
    Names names;
    for (const RecordInfo& record : found->records) {
      names.push_back(record.name);
    }
    for (std::size_t i = 0; i < found->misses.size(); ++i) {
      names.push_back("?");
    }
    return names;
  }
};

TEST_CASE_FIXTURE(Fixture, "no words mean all, in order of insertion") {
  CHECK(Find({}) == Names{"b", "det/ecal", "det/deep/hcal", "a"});
}

TEST_CASE_FIXTURE(Fixture, "names come as given, each once") {
  CHECK(Find({"a", "b", "a", "/b"}) == Names{"a", "b"});
  CHECK(Find({"none", "a"}) == Names{"a", "?"});
}

TEST_CASE_FIXTURE(Fixture, "globs and folders") {
  CHECK(Find({"?"}) == Names{"b", "a"});
  CHECK(Find({"det"}) == Names{"det/ecal", "det/deep/hcal"});
  CHECK(Find({"det/"}) == Names{"det/ecal", "det/deep/hcal"});
  CHECK(Find({"det/*"}) == Names{"det/ecal"});
  CHECK(Find({"/det/**"}) == Names{"det/ecal", "det/deep/hcal"});
  CHECK(Find({"de"}) == Names{"?"});
  CHECK(Find({"x*", "y*"}) == Names{"?", "?"});
  CHECK(Find({"det"}, Folders::kRefused) == Names{"?"});
}

TEST_CASE_FIXTURE(Fixture, "misses say what was meant") {
  const auto misses = [&](const std::string& word) {
    const auto selection = Selection::Parse({word}, Folders::kRefused);
    return selection->Find(file)->misses[0];
  };
  CHECK(misses("none").message() == path + ": there is no record \"none\"");
  CHECK(misses("x*").message() == path + ": no record matches \"x*\"");
  CHECK(misses("det").code() == Code::kInvalidArgument);
}

TEST_CASE_FIXTURE(Fixture, "the name of a record is no glob") {
  for (const char* name : {"ch1", "ch[1]", "a*", R"(back\slash)", "[x"}) {
    Put(name, "u8", "1");
  }
  const auto find = [&](const std::string& word) {
    const auto selection = Selection::Parse({word}, Folders::kTaken, &file);
    REQUIRE(selection);
    const auto found = selection->Find(file);
    REQUIRE(found);
    Names names;
    for (const RecordInfo& record : found->records) {
      names.push_back(record.name);
    }
    return names;
  };
  CHECK(find("ch[1]") == Names{"ch[1]"});
  CHECK(find("ch[0-9]") == Names{"ch1"});
  CHECK(find("/a*") == Names{"a*"});
  CHECK(find(R"(a\*)") == Names{"a*"});
  CHECK(find(R"(back\slash)") == Names{R"(back\slash)"});
  CHECK(find("[x") == Names{"[x"});
  // What the word means stays, for who looks again and again.
  const auto selection = Selection::Parse({"a*"}, Folders::kTaken, &file);
  CHECK(selection->IsOnly("a*"));
  CHECK(selection->is_exact());
  REQUIRE(file.Remove("a*"));
  CHECK(selection->Find(file)->records.empty());
  CHECK(find("a*") == Names{"a"});
}

TEST_CASE_FIXTURE(Fixture, "impossible words") {
  const auto wrong = Selection::Parse({"[a"}, Folders::kTaken, &file);
  CHECK(wrong.error().code() == Code::kInvalidArgument);
  CHECK(wrong.error().message() == "\"[a\": '[' without ']'");
  const auto empty = Selection::Parse({""});
  REQUIRE(empty);
  CHECK(empty->Find(file).error().code() == Code::kInvalidArgument);
}

TEST_CASE("exact words") {
  CHECK_FALSE(Selection::Parse({})->is_exact());
  CHECK_FALSE(Selection::Parse({"a", "b*"})->is_exact());
  CHECK(Selection::Parse({"a", "b"})->is_exact());
  CHECK(Selection::Parse({"/a"})->IsOnly("a"));
  CHECK_FALSE(Selection::Parse({"a", "b"})->IsOnly("a"));
}

}  // namespace
}  // namespace mapfile::tools
