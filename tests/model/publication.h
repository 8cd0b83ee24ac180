// The publication of one record as a model; see man/mapfile.5, PUBLICATION.
#ifndef MAPFILE_TESTS_MODEL_PUBLICATION_H_
#define MAPFILE_TESTS_MODEL_PUBLICATION_H_

#include <array>
#include <cstdint>
#include <string>

#include "tests/model/explorer.h"
#include "tests/model/memory.h"

namespace mapfile::model {

// The protocol, and what becomes of it with one of its parts left out.
enum class Flaw : std::uint8_t {
  kNone,
  kGoesByStamp,     // Readers go by any stamp, published or not
  kRelaxedUnstamp,  // stamp = 0 is not a release store
  kNoReleaseFence,  // None behind stamp = 0
  kNoAcquireFence,  // None before the second look at the stamp
  kNoSecondLook,    // At the stamp, after the copy
  kOverwrites,      // The writer takes the slot that is current
  kPublishesEarly,  // Before the stamp
  kPlainUnlock,     // The lock is given back without release order
  kBlindTakeover,   // A dead owner's stores need not be visible
};

class Publication {
 public:
  struct Setup {
    int slots = 3;
    int writers = 2;
    int rounds = 2;  // Versions that each writer publishes
    int readers = 2;
    int reads = 2;    // Versions that each reader gets
    int retries = 1;  // Of all of its reads together
    int kills = 1;
    bool history = false;  // Readers ask for the version before the current
    Flaw flaw = Flaw::kNone;
  };

  static constexpr int kThreads = 4;
  static constexpr int kVersions = 8;

  struct Thread {
    std::uint8_t step = 0;
    std::uint8_t dead = 0;
    std::uint8_t left = 0;     // Rounds, or reads
    std::uint8_t retries = 0;  // Left
    std::uint8_t slot = 0;
    std::uint8_t generation = 0;
    std::uint8_t published = 0;  // Word seen
    std::uint8_t value = 0;      // Being written, or the half that was read
    std::uint8_t last = 0;       // Generation got before
    Sight sight;
  };

  struct State {
    Memory memory;
    std::array<Thread, kThreads> threads;
    // Which value each generation was published with.
    std::array<std::uint8_t, kVersions> value_of{};
    std::uint8_t values = 1;  // Handed out to writers
    std::uint8_t kills = 0;   // Left
  };

  explicit Publication(const Setup& setup) : setup_(setup) {}

  State Start() const;
  template <class Add>
  void Next(const State& state, Add add) const {
    for (int i = 0; i < setup_.writers + setup_.readers; ++i) {
      if (state.threads[i].dead != 0) continue;
      if (i < setup_.writers) {
        Write(state, i, add);
      } else {
        Read(state, i, add);
      }
    }
  }
  // A writer that lives has published all that it wanted to.
  std::string End(const State& state) const;

 private:
  enum Location { kLock, kPublished, kSlots };
  enum WriterStep { kTake, kUnstamp, kHead, kBody, kStamp, kPublish, kRelease };
  enum ReaderStep {
    kLookUp,
    kFirstLook,
    kReadHead,
    kLookAgain,
    kReadBody,
    kLastLook,
    kMoved,
    kFindFirst  // One step for each slot from here on
  };

  static int Stamp(int slot) { return kSlots + 3 * slot; }
  static int Head(int slot) { return Stamp(slot) + 1; }
  static int Body(int slot) { return Stamp(slot) + 2; }
  static std::uint8_t Word(int generation, int slot) {
    return static_cast<std::uint8_t>(generation << 2 | slot);
  }

  bool Has(Flaw flaw) const { return setup_.flaw == flaw; }
  Order Unless(Flaw flaw, Order order) const {
    return Has(flaw) ? Order::kRelaxed : order;
  }

  // Whether the lock is free, or its owner dead.
  bool CanTake(const State& state) const;
  void Take(State& state, int i) const;
  void Go(State& state, int i) const;
  void Unstamp(State& state, Thread& me) const;
  void PublishWord(State& state, Thread& me) const;

  // What follows the load of `value`; the fault, if it is one.
  std::string AfterLoad(State& state, int i, std::uint8_t value) const;
  std::string Accept(const State& state, Thread& me) const;
  void Retry(Thread& me) const;
  int LocationOf(const Thread& me) const;
  Order OrderOf(const Thread& me) const;
  bool FencesBefore(const Thread& me) const;

  template <class Add>
  void Write(const State& state, int i, Add add) const {
    const Thread& me = state.threads[i];
    if (me.left == 0) return;
    if (me.step != kTake || CanTake(state)) {
      State next = state;
      Go(next, i);
      add(next, kWriterNames[me.step], "");
    }
    if (state.kills == 0) return;
    State killed = state;
    --killed.kills;
    killed.threads[i] = Thread{.dead = 1, .sight = {}};
    add(killed, "a writer is killed", "");
  }

  template <class Add>
  void Read(const State& state, int i, Add add) const {
    const Thread& me = state.threads[i];
    if (me.left == 0) return;
    const int location = LocationOf(me);
    const Order order = OrderOf(me);
    State fenced = state;
    if (FencesBefore(me)) Memory::AcquireFence(fenced.threads[i].sight);
    const Sight& sight = fenced.threads[i].sight;
    for (int place = state.memory.First(sight, location, order);
         place <= state.memory.Last(location); ++place) {
      State next = fenced;
      const std::uint8_t value =
          next.memory.Load(next.threads[i].sight, location, place, order);
      const std::string fault = AfterLoad(next, i, value);
      add(next, kReaderNames[me.step], fault);
    }
  }

  static const char* const kWriterNames[];
  static const char* const kReaderNames[];

  Setup setup_;
};

}  // namespace mapfile::model

#endif  // MAPFILE_TESTS_MODEL_PUBLICATION_H_
