#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

json InfoOf(const std::string& file) {
  return json::parse(Run({"print", file, "--json"}).out);
}

TEST_CASE("an empty file, small on disk, with the usual limit") {
  const TempDir dir;
  const Outcome create = Run({"create", dir / "a.map"});
  CHECK(create.status == 0);
  CHECK(create.out.empty());
  CHECK(create.err.empty());
  const json info = InfoOf(dir / "a.map");
  CHECK(info["records"] == 0);
  CHECK(info["title"].is_null());
  CHECK(info["max_size_bytes"] == 1 << 30);
  CHECK(info["durable"] == false);
  struct stat status = {};
  REQUIRE(::stat((dir / "a.map").c_str(), &status) == 0);
  CHECK(status.st_blocks * 512 <= 64 << 10);
  CHECK((status.st_mode & 07777) == 0644);
}

TEST_CASE("size, limit, title, mode, durable") {
  const TempDir dir;
  const Outcome create =
      Run({"create", dir / "a.map", "--size", "1M", "--max-size", "16MiB",
           "--title", "run 42", "--mode", "0640", "--durable", "-v"});
  CHECK(create.status == 0);
  CHECK(create.err.find("of at most 16 MiB") != std::string::npos);
  const json info = InfoOf(dir / "a.map");
  CHECK(info["title"] == "run 42");
  CHECK(info["max_size_bytes"] == 16 << 20);
  CHECK(info["size_bytes"].get<int>() >= 1 << 20);
  CHECK(info["durable"] == true);
  struct stat status = {};
  REQUIRE(::stat((dir / "a.map").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("what exists is left alone, and the way out is named") {
  const TempDir dir;
  REQUIRE(Run({"create", dir / "a.map", "--title", "old"}).status == 0);
  const Outcome again = Run({"create", dir / "a.map", "--title", "new"});
  CHECK(again.status == 5);
  CHECK(again.err.find("--force") != std::string::npos);
  CHECK(InfoOf(dir / "a.map")["title"] == "old");
  CHECK(Run({"create", dir / "a.map", "--title", "new", "-f"}).status == 0);
  CHECK(InfoOf(dir / "a.map")["title"] == "new");
  // Neither is what isn't a map file.
  WriteAll(dir / "text", "precious");
  const Outcome text = Run({"create", dir / "text"});
  CHECK(text.status == 5);
  CHECK(text.err.find("--force") == std::string::npos);
  for (const std::string& path : {std::string("/dev/null"), dir.path()}) {
    const Outcome odd = Run({"create", path});
    CHECK(odd.status == 5);
    CHECK(odd.err.find("--force") == std::string::npos);
  }
  // Damaged ones, and empty ones, can be replaced.
  WriteAll(dir / "cut", ReadAll(dir / "a.map").substr(0, 5000));
  WriteAll(dir / "empty", "");
  for (const char* name : {"cut", "empty"}) {
    CHECK(Run({"create", dir / name}).err.find("--force replaces it") !=
          std::string::npos);
    CHECK(Run({"create", dir / name, "-f"}).status == 0);
  }
  const Outcome forced = Run({"create", dir / "text", "--force"});
  CHECK(forced.status == 5);
  CHECK(forced.err.find("not a map file") != std::string::npos);
  CHECK(ReadAll(dir / "text") == "precious");
}

TEST_CASE("a file with a living producer isn't replaced") {
  const TempDir dir;
  Background demo({"demo", dir / "a.map"});
  REQUIRE(demo.ReadErrorLine().find("Ctrl-C") != std::string::npos);
  const Outcome force = Run({"create", dir / "a.map", "--force"});
  CHECK(force.status == 5);
  CHECK(force.err.find("has it open; stop it first\n") != std::string::npos);
  const Outcome plain = Run({"create", dir / "a.map"});
  CHECK(plain.status == 5);
  CHECK(plain.err.find("--force") == std::string::npos);
  CHECK(plain.err.find("living producer") != std::string::npos);
  CHECK(Run({"get", dir / "a.map", "status"}).status == 0);
}

TEST_CASE("a mode without permission to write, as an ordinary user") {
  namespace fs = std::filesystem;
  // Where anybody may write: not below the home of a root that runs this.
  const fs::path place =
      "/dev/shm/mapfile-create." + std::to_string(::getpid());
  REQUIRE(fs::create_directory(place));
  fs::permissions(place, fs::perms(0777));
  RunOptions nobody;
  nobody.as_nobody = true;
  for (const char* mode : {"0444", "0400", "0640"}) {
    const std::string file = place / mode;
    const Outcome create = Run({"create", file, "--mode", mode}, nobody);
    CHECK(create.err == "");
    CHECK(create.status == 0);
    CHECK(fs::status(file).permissions() ==
          fs::perms(std::stoi(mode, nullptr, 8)));
    CHECK(Run({"ls", file}, nobody).status == 0);
  }
  // What replaces a file keeps the permissions of that one.
  const std::string file = place / "0640";
  CHECK(Run({"create", file, "-f", "--mode", "0444"}, nobody).status == 0);
  CHECK(fs::status(file).permissions() == fs::perms(0640));
  fs::remove_all(place);
}

TEST_CASE("wrong words") {
  const TempDir dir;
  const std::string file = dir / "a.map";
  CHECK(Run({"create"}).status == 2);
  CHECK(Run({"create", file, "--mode", "rw"}).status == 2);
  CHECK(Run({"create", file, "--mode", "4755"}).status == 2);
  CHECK(Run({"create", file, "--size", "-1"}).status == 2);
  CHECK(Run({"create", file, "--size", "2M", "--max-size", "1M"}).status == 2);
  CHECK(Run({"create", file, "more"}).status == 2);
  CHECK(Run({"create", dir / "none/a.map"}).status == 1);
  struct stat status = {};
  CHECK(::stat(file.c_str(), &status) != 0);
}

}  // namespace
}  // namespace mapfile::tools
