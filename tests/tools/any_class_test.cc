// A consumer that has never seen a class changes one field of an object, and
// the producer's own program reads it. The producer is this program; the
// consumer is made of the tools, which know no Event.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mapfile/mapfile.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

struct Header {
  virtual ~Header() = default;
  std::uint64_t id = 0;
  std::string source;
};
struct Hit {
  std::uint16_t channel = 0;
  float energy = 0;
};
struct Shape {
  virtual ~Shape() = default;
  virtual double Area() const { return 0; }
};
struct Disc : Shape {
  double radius = 0;
  double Area() const override { return radius * radius; }
};
struct Event : Header {
  double energy = 0;
  std::vector<Hit> hits;
  std::map<std::string, std::int64_t> counts;
  std::optional<double> weight;
  std::variant<std::int32_t, std::string> trigger;
  std::vector<std::byte> payload;
  std::unique_ptr<Shape> shape;
  std::shared_ptr<Hit> first;
  std::shared_ptr<Hit> brightest;
  std::array<double, 3> place{};
};
MAPFILE_DESCRIBE(Header, 1, id, source)
MAPFILE_DESCRIBE(Hit, 1, channel, energy)
MAPFILE_DESCRIBE(Shape, 1)
MAPFILE_DESCRIBE_DERIVED(Disc, 1, (Shape), radius)
MAPFILE_DESCRIBE_DERIVED(Event, 3, (Header), energy, hits, counts, weight,
                         trigger, payload, shape, first, brightest, place)
MAPFILE_REGISTER(Disc)

void FillIn(Event& event) {
  event.id = std::numeric_limits<std::uint64_t>::max();
  event.source = "calo\n\xc3\xa4";
  event.energy = 0.1 + 0.2;
  event.hits = {{7, 1.5F}, {65535, std::nanf("")}};
  event.counts = {{"min", std::numeric_limits<std::int64_t>::min()}, {"", 1}};
  event.trigger = "muon";
  event.payload = {std::byte{0}, std::byte{255}};
  auto disc = std::make_unique<Disc>();
  disc->radius = 3;
  event.shape = std::move(disc);
  event.first = std::make_shared<Hit>(Hit{9, 2});
  event.brightest = event.first;
  event.place = {1e-300, -0.0, std::numeric_limits<double>::infinity()};
}

class Fixture {
 public:
  Fixture() : path(dir / "run.map") {
    auto opened = MapFile::Open(path, {.mode = Mode::kCreate});
    REQUIRE(opened);
    file.emplace(*opened);
    FillIn(event);
    REQUIRE(file->Add(event, "event"));
  }

  json Get() const { return json::parse(Text()); }
  std::string Text() const {
    const Outcome got = Run({"get", path, "event", "--json"});
    CAPTURE(got.err);
    REQUIRE(got.status == 0);
    return got.out;
  }
  void Put(const std::string& text) const {
    RunOptions options;
    options.in = text;
    const Outcome put = Run({"put", path, "event", "--json"}, options);
    CAPTURE(put.err);
    REQUIRE(put.status == 0);
  }
  // As the producer sees the record.
  void Read(Event& seen) const { REQUIRE(file->Get("event", &seen)); }

  const TempDir dir;
  const std::string path;
  std::optional<MapFile> file;
  Event event;
};

void CheckRest(const Event& seen, const Event& event) {
  CHECK(seen.id == event.id);
  CHECK(seen.source == event.source);
  REQUIRE(seen.hits.size() == 2);
  CHECK(seen.hits[0].channel == 7);
  CHECK(std::isnan(seen.hits[1].energy));
  CHECK(seen.counts == event.counts);
  CHECK(seen.trigger == event.trigger);
  CHECK(seen.payload == event.payload);
  REQUIRE(seen.shape != nullptr);
  CHECK(seen.first == seen.brightest);
  CHECK(seen.first->channel == 9);
  CHECK(seen.place == event.place);
  CHECK(std::signbit(seen.place[1]));
}

TEST_CASE_FIXTURE(Fixture, "one field is changed, all others stay exact") {
  json changed = Get();
  CHECK(changed["id"] == std::numeric_limits<std::uint64_t>::max());
  changed["energy"] = 51.25;
  Put(changed.dump());
  Event seen;
  Read(seen);
  CHECK(seen.energy == 51.25);
  CHECK(seen.shape->Area() == 9);
  CHECK_FALSE(seen.weight.has_value());
  CheckRest(seen, event);
  // The producer goes on; its own version comes next.
  event.energy = 7;
  REQUIRE(file->Update("event"));
  CHECK(Get()["energy"] == 7);
}

TEST_CASE_FIXTURE(Fixture, "a field deep inside, and what was not there") {
  json changed = Get();
  changed["shape"]["radius"] = 5;
  changed["weight"] = 0.5;
  Put(changed.dump(4));
  Event seen;
  Read(seen);
  CHECK(seen.shape->Area() == 25);
  CHECK(seen.weight == 0.5);
  CHECK(seen.energy == event.energy);
  CheckRest(seen, event);
}

TEST_CASE_FIXTURE(Fixture, "what is put as it was got is the same bytes") {
  const std::string text = Text();
  const std::string before = Run({"get", path, "event", "--raw"}).out;
  Put(text);
  CHECK(Run({"get", path, "event", "--raw"}).out == before);
  CHECK(Text() == text);
}

TEST_CASE_FIXTURE(Fixture, "another file, where nobody has the class") {
  const std::string other = dir / "other.map";
  REQUIRE(Run({"create", other}).status == 0);
  RunOptions options;
  options.in = Run({"print", path, "--schema"}).out;
  REQUIRE(Run({"put", other, "--schema", "-"}, options).status == 0);
  json changed = Get();
  changed["counts"]["more"] = 2;
  options.in = changed.dump();
  const Outcome put = Run({"put", other, "event", "--class", "Event"}, options);
  CAPTURE(put.err);
  REQUIRE(put.status == 0);
  const auto opened = MapFile::Open(other);
  REQUIRE(opened);
  Event seen;
  REQUIRE(opened->Get("event", &seen));
  event.counts["more"] = 2;
  CheckRest(seen, event);
  CHECK(seen.shape->Area() == 9);
}

TEST_CASE_FIXTURE(Fixture, "a wrong edit is refused, the object stays") {
  json changed = Get();
  changed["hits"][1]["channel"] = 65536;
  RunOptions options;
  options.in = changed.dump();
  const Outcome put = Run({"put", path, "event", "--json"}, options);
  CHECK(put.status == 2);
  CHECK(put.err.find("hits[1].channel: 65536 is out of range for u16") !=
        std::string::npos);
  Event seen;
  Read(seen);
  CheckRest(seen, event);
}

}  // namespace
}  // namespace mapfile::tools
