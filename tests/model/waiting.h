// How sleepers and writers find each other, as a model; see man/mapfile.5,
// WAITING. Time-outs, which end a sleep after half a second whatever happens,
// are left out: a wake-up that is lost shows as a sleeper for ever.
#ifndef MAPFILE_TESTS_MODEL_WAITING_H_
#define MAPFILE_TESTS_MODEL_WAITING_H_

#include <array>
#include <cstdint>
#include <string>

#include "tests/model/explorer.h"
#include "tests/model/memory.h"

namespace mapfile::model {

// The protocol, and what becomes of it with one of its parts left out.
enum class WaitFlaw : std::uint8_t {
  kNone,
  kNoFence,      // Behind what the writer publishes
  kRelaxedAsk,   // The waiter asks by a plain store
  kRelaxedLook,  // The waiter looks at the generation by a plain load
  kAsksLate,     // After it looked at the generation
  kWordLast,     // It looks at the word to sleep on last
  kFlagFirst,    // The writer looks for sleepers before it publishes
  kNoRaise,      // Of the file's wait word, before the wake-up
};

// Waiters sleep on one record, or on the whole file, whose word is not the
// one that they look at.
enum class Sleepers : std::uint8_t { kOfRecord, kOfFile };

class Waiting {
 public:
  struct Setup {
    Sleepers sleepers = Sleepers::kOfRecord;
    int writers = 2;
    int rounds = 1;
    int waiters = 2;
    WaitFlaw flaw = WaitFlaw::kNone;
  };

  static constexpr int kThreads = 4;

  struct Thread {
    std::uint8_t step = 0;
    std::uint8_t left = 0;    // Rounds of a writer
    std::uint8_t asleep = 0;  // In the kernel
    std::uint8_t done = 0;
    std::uint8_t word = 0;    // Wait word as it was seen
    std::uint8_t sum = 0;     // What the waiter waits to see change
    std::uint8_t wanted = 0;  // A wake-up, says the notify word
    Sight sight;
  };
  struct State {
    Memory memory;
    std::array<Thread, kThreads> threads;
  };

  explicit Waiting(const Setup& setup) : setup_(setup) {}

  State Start() const;
  template <class Add>
  void Next(const State& state, Add add) const {
    for (int i = 0; i < setup_.writers + setup_.waiters; ++i) {
      const Thread& me = state.threads[i];
      if (me.done != 0 || me.asleep != 0) continue;
      const Action action = ActionOf(me, i);
      const bool loads =
          action.kind == Action::kLoad || action.kind == Action::kSleep;
      const int first =
          loads ? state.memory.First(me.sight, action.location, action.order)
                : 0;
      const int last = loads ? state.memory.Last(action.location) : 0;
      for (int place = first; place <= last; ++place) {
        State next = state;
        Do(next, i, action, place);
        add(next, action.name, "");
      }
    }
  }
  // Nobody sleeps who waits for what has come.
  std::string End(const State& state) const;

 private:
  // The record's published word, or the updates of each writer slot; they
  // only rise.
  enum Location { kNotify, kActivity, kSource };
  enum WriterStep { kPublish, kFence, kLook, kRaise, kWake, kEnd };

  struct Action {
    enum Kind : std::uint8_t {
      kLoad,
      kStore,
      kRaise,
      kNone,
      kFence,
      kSleep,
      kWake
    };
    const char* name;
    Kind kind;
    int location = 0;
    Order order = Order::kSeqCst;
  };

  bool Has(WaitFlaw flaw) const { return setup_.flaw == flaw; }
  bool OfFile() const { return setup_.sleepers == Sleepers::kOfFile; }
  Order Unless(WaitFlaw flaw, Order weaker) const {
    return Has(flaw) ? weaker : Order::kSeqCst;
  }
  int SourceOf(int writer) const { return kSource + (OfFile() ? writer : 0); }
  int Sources() const { return OfFile() ? setup_.writers : 1; }
  int WaitWord() const { return OfFile() ? +kActivity : +kSource; }

  Action ActionOf(const Thread& me, int i) const;
  Action WriterAction(const Thread& me, int i) const;
  Action WaiterAction(const Thread& me) const;
  void Do(State& state, int i, const Action& action, int place) const;
  void AfterWriter(Thread& me, const Action& action, std::uint8_t value) const;
  void AfterWaiter(Thread& me, const Action& action, std::uint8_t value) const;

  Setup setup_;
};

}  // namespace mapfile::model

#endif  // MAPFILE_TESTS_MODEL_WAITING_H_
