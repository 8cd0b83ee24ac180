#include "mapfile/options.h"

#include <doctest/doctest.h>

namespace mapfile {
namespace {

TEST_CASE("each mode has a name that leads back to it") {
  for (const Mode mode :
       {Mode::kRead, Mode::kCreate, Mode::kRecreate, Mode::kUpdate}) {
    CHECK(ModeFromName(ModeName(mode)) == mode);
  }
  CHECK(ModeName(static_cast<Mode>(99)) == std::string_view("?"));
}

TEST_CASE("names are taken in any case, NEW is CREATE") {
  CHECK(ModeFromName("read") == Mode::kRead);
  CHECK(ModeFromName("Recreate") == Mode::kRecreate);
  CHECK(ModeFromName("NEW") == Mode::kCreate);
  CHECK(ModeFromName("new") == Mode::kCreate);
  CHECK(ModeFromName("update") == Mode::kUpdate);
}

// TMapFile took them for READ.
TEST_CASE("what isn't a mode is none") {
  for (const char* name : {"", "REA", "READ ", " READ", "READX", "?", "OPEN",
                           "R\xc3\x89"
                           "AD"}) {
    CAPTURE(name);
    CHECK(!ModeFromName(name));
  }
  CHECK(!ModeFromName(std::string_view("READ\0", 5)));
}

TEST_CASE("who says nothing reads") { CHECK(Options{}.mode == Mode::kRead); }

}  // namespace
}  // namespace mapfile
