// Whether a wake-up can get lost, whoever comes first.
#include "tests/model/waiting.h"

#include <doctest/doctest.h>

namespace mapfile::model {
namespace {

Report Explore(const Waiting::Setup& setup) {
  Waiting model(setup);
  Report report = Explorer<Waiting>(model).Run(model.Start());
  std::string steps;
  for (const std::string& step : report.steps) steps += "\n  " + step;
  INFO(report.fault << steps);
  if (setup.flaw == WaitFlaw::kNone) CHECK(report.fault == "");
  return report;
}

TEST_CASE("who waits for a record, or for the file, is woken") {
  for (const Sleepers sleepers : {Sleepers::kOfRecord, Sleepers::kOfFile}) {
    CAPTURE(static_cast<int>(sleepers));
    CHECK(Explore({.sleepers = sleepers}).states > 1000);
    Explore({.sleepers = sleepers, .rounds = 2, .waiters = 1});
    Explore({.sleepers = sleepers, .writers = 1, .rounds = 3, .waiters = 1});
  }
}

TEST_CASE("each flaw leaves a sleeper behind") {
  struct Case {
    WaitFlaw flaw;
    bool of_record;  // Else the kernel's own look at the word makes up for it
  };
  const Case cases[] = {
      {WaitFlaw::kNoFence, true},      {WaitFlaw::kRelaxedAsk, false},
      {WaitFlaw::kRelaxedLook, false}, {WaitFlaw::kAsksLate, false},
      {WaitFlaw::kWordLast, true},     {WaitFlaw::kFlagFirst, true},
      {WaitFlaw::kNoRaise, false},
  };
  for (const Case& one : cases) {
    for (const Sleepers sleepers : {Sleepers::kOfRecord, Sleepers::kOfFile}) {
      CAPTURE(static_cast<int>(one.flaw));
      CAPTURE(static_cast<int>(sleepers));
      const bool shows = sleepers == Sleepers::kOfFile || one.of_record;
      CHECK(Explore({.sleepers = sleepers, .flaw = one.flaw}).fault ==
            (shows ? "a sleeper is not woken" : ""));
    }
  }
}

}  // namespace
}  // namespace mapfile::model
