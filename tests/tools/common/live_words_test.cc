#include "tools/common/live_words.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace mapfile::tools {
namespace {

// What is wrong with `words`, or empty.
std::string Parse(LiveWords& live, std::initializer_list<const char*> words) {
  Arguments args("tool", "Does it.");
  live.Define(args);
  std::vector<const char*> argv = {"tool"};
  argv.insert(argv.end(), words);
  Status status = args.Parse(static_cast<int>(argv.size()), argv.data());
  if (status) status = live.Check();
  return status ? "" : status.error().message();
}

TEST_CASE("each of the four words asks for its object") {
  LiveWords none;
  CHECK(Parse(none, {}) == "");
  CHECK(!none.are_given());
  LiveWords histogram;
  CHECK(Parse(histogram, {"--histogram", "2,0,1 log:3,1,10", "--rate", "4"}) ==
        "");
  CHECK(histogram.are_given());
  const auto fill = histogram.FillOf("h");
  REQUIRE(fill);
  CHECK(fill->object == LiveObject::kHistogram);
  CHECK(fill->record == "h");
  CHECK(fill->rate_hz == 4);
  REQUIRE(fill->axes.size() == 2);
  CHECK(fill->axes[0].bins() == 2);
  CHECK(fill->axes[1].bins() == 3);
  LiveWords graph;
  CHECK(Parse(graph, {"--graph", "--strict"}) == "");
  CHECK(graph.FillOf("g")->object == LiveObject::kGraph);
  CHECK(graph.FillOf("g")->strict);
  LiveWords series;
  CHECK(Parse(series, {"--series", "50", "--fresh"}) == "");
  CHECK(series.FillOf("s")->object == LiveObject::kSeries);
  CHECK(series.FillOf("s")->capacity == 50);
  CHECK(series.FillOf("s")->fresh);
  LiveWords counter;
  CHECK(Parse(counter, {"--counter"}) == "");
  CHECK(counter.FillOf("c")->object == LiveObject::kCounters);
}

TEST_CASE("words that don't go together, or alone") {
  const auto error = [](std::initializer_list<const char*> words) {
    LiveWords live;
    return Parse(live, words);
  };
  CHECK(error({"--graph", "--counter"}).find("exclude each other") !=
        std::string::npos);
  CHECK(error({"--histogram", "1,0,1", "--series", "5"})
            .find("exclude each other") != std::string::npos);
  CHECK(error({"--strict"}).find("go with") != std::string::npos);
  CHECK(error({"--fresh"}).find("go with") != std::string::npos);
  CHECK(error({"--series", "0"}) == "a series of so many numbers can't be");
  CHECK(error({"--series", "99999999999999"}) ==
        "a series of so many numbers can't be");
}

TEST_CASE("axes that can't be are named with their word") {
  LiveWords live;
  CHECK(Parse(live, {"--histogram", "0,1"}) == "");
  const auto fill = live.FillOf("h");
  REQUIRE(!fill);
  CHECK(fill.error().message().starts_with("--histogram: "));
}

}  // namespace
}  // namespace mapfile::tools
