#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

json ValueOf(const std::string& file, const std::string& name) {
  return json::parse(Run({"get", file, name, "--json"}).out);
}

TEST_CASE("a producer of real data, live, until interrupted") {
  const TempDir dir;
  const std::string file = dir / "demo.map";
  Background demo({"demo", file, "--rate", "100"});
  CHECK(demo.ReadErrorLine() ==
        "mapfile-demo: " + file + ": being updated; Ctrl-C ends it\n");
  // Twenty updates are a fifth of a second and more.
  CHECK(Run({"watch", file, "wakeup_latency", "-n", "20", "-t", "10s", "-q"})
            .status == 0);

  const json records = json::parse(Run({"ls", file, "--json"}).out);
  CHECK(records.size() == 6);
  for (const json& record : records) {
    CAPTURE(record.dump());
    CHECK(record["producer"] == "alive");
    CHECK(record["producer_pid"] == demo.pid());
  }
  CHECK(ValueOf(file, "memory")["total_bytes"].get<double>() > 1e6);
  CHECK(ValueOf(file, "load").size() == 3);
  CHECK_FALSE(ValueOf(file, "cpu/use").empty());
  CHECK(ValueOf(file, "status").get<std::string>().starts_with("running"));
  const std::string picture = Run({"print", file, "wakeup_latency"}).out;
  CHECK(picture.find("Entries") != std::string::npos);
  CHECK(picture.find("latency [us]") != std::string::npos);

  demo.Signal(SIGINT);
  const Outcome end = demo.Wait();
  CHECK(end.status == 0);
  CHECK(end.err.empty());
  CHECK(ValueOf(file, "status").get<std::string>().starts_with("stopped"));
  const json after = json::parse(Run({"ls", file, "status", "--json"}).out);
  CHECK(after[0]["producer"] == "closed");
  CHECK(json::parse(Run({"print", file, "--json"}).out)["closed_in_order"] ==
        true);
}

TEST_CASE("--duration, and a second run with the same file") {
  const TempDir dir;
  const std::string file = dir / "demo.map";
  const Outcome first = Run({"demo", file, "--duration", "200ms", "-q"});
  CHECK(first.status == 0);
  CHECK(first.out.empty());
  CHECK(first.err.empty());
  const auto generation = [&] {
    return json::parse(
               Run({"ls", file, "status", "--json"}).out)[0]["generation"]
        .get<int>();
  };
  const int before = generation();
  CHECK(Run({"demo", file, "--duration", "200ms"}).status == 0);
  CHECK(generation() > before);
}

TEST_CASE("a killed producer shows as dead, another one carries on") {
  const TempDir dir;
  const std::string file = dir / "demo.map";
  {
    Background demo({"demo", file});
    REQUIRE(demo.ReadErrorLine().find("Ctrl-C") != std::string::npos);
    demo.Signal(SIGKILL);
    CHECK(demo.Wait().status == 128 + SIGKILL);
  }
  CHECK(json::parse(Run({"ls", file, "status", "--json"}).out)[0]["producer"] ==
        "dead");
  CHECK(Run({"demo", file, "--duration", "100ms"}).status == 0);
}

TEST_CASE("wrong words") {
  const TempDir dir;
  CHECK(Run({"demo", dir / "a", "--rate", "0"}).status == 2);
  CHECK(Run({"demo", dir / "a", "--rate", "fast"}).status == 2);
  CHECK(Run({"demo", dir / "a", "--duration", "-1s"}).status == 2);
  CHECK(Run({"demo", dir / "none/a"}).status == 1);
}

}  // namespace
}  // namespace mapfile::tools
