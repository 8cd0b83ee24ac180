// All that two writers, two readers and a kill can do to one record, and that
// the search finds the fault of each protocol that is nearly right.
#include "tests/model/publication.h"

#include <doctest/doctest.h>

namespace mapfile::model {
namespace {

Report Explore(const Publication::Setup& setup) {
  Publication model(setup);
  Report report = Explorer<Publication>(model).Run(model.Start());
  std::string steps;
  for (const std::string& step : report.steps) steps += "\n  " + step;
  INFO(report.fault << steps);
  if (setup.flaw == Flaw::kNone) CHECK(report.fault == "");
  return report;
}

TEST_CASE("versions that lap a reader, one or both writers killed anywhere") {
  for (const int slots : {2, 3}) {
    CAPTURE(slots);
    const Report report = Explore({.slots = slots, .readers = 1, .kills = 2});
    CHECK(report.states > 100'000);
  }
}

TEST_CASE("two readers at once") {
  for (const int slots : {2, 3}) {
    CAPTURE(slots);
    const Report report = Explore({.slots = slots, .rounds = 1, .reads = 1});
    CHECK(report.states > 10'000);
  }
}

TEST_CASE("a version of the history, while it may be overwritten") {
  for (const int slots : {2, 3}) {
    CAPTURE(slots);
    const Report report =
        Explore({.slots = slots, .readers = 1, .reads = 1, .history = true});
    CHECK(report.states > 10'000);
  }
}

TEST_CASE("each flaw shows") {
  struct Case {
    Flaw flaw;
    const char* fault;
  };
  const Case cases[] = {
      {Flaw::kGoesByStamp, "a generation goes back"},
      {Flaw::kRelaxedUnstamp, "a healthy record called corrupt"},
      {Flaw::kNoReleaseFence, "a mix of two versions"},
      {Flaw::kNoAcquireFence, "a mix of two versions"},
      {Flaw::kNoSecondLook, "a mix of two versions"},
      {Flaw::kOverwrites, "a healthy record called corrupt"},
      {Flaw::kPublishesEarly, "a healthy record called corrupt"},
      {Flaw::kPlainUnlock, ""},
      {Flaw::kBlindTakeover, ""},
  };
  for (const Case& one : cases) {
    for (const int slots : {2, 3}) {
      CAPTURE(static_cast<int>(one.flaw));
      CAPTURE(slots);
      const Report report =
          Explore({.slots = slots, .readers = 1, .flaw = one.flaw});
      CHECK(report.fault != "");
      // Of several, which one is found first depends on the slots.
      if (*one.fault != 0) CHECK(report.fault == one.fault);
    }
  }
}

TEST_CASE("one version after the other hides what lapping shows") {
  // That a flaw needs a slot to come round again, and so enough versions.
  const Publication::Setup once = {.slots = 3,
                                   .writers = 1,
                                   .rounds = 1,
                                   .readers = 1,
                                   .flaw = Flaw::kNoReleaseFence};
  CHECK(Explore(once).fault == "");
}

}  // namespace
}  // namespace mapfile::model
