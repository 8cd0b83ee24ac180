#include "tests/model/publication.h"

namespace mapfile::model {

const char* const Publication::kWriterNames[] = {
    "writer takes the lock",     "writer unstamps", "writer writes the head",
    "writer writes the body",    "writer stamps",   "writer publishes",
    "writer gives back the lock"};
const char* const Publication::kReaderNames[] = {"reader looks up",
                                                 "reader looks at the stamp",
                                                 "reader reads the head",
                                                 "reader looks again",
                                                 "reader reads the body",
                                                 "reader looks a last time",
                                                 "reader was overtaken",
                                                 "reader looks for a version",
                                                 "reader looks for a version",
                                                 "reader looks for a version"};

// Version 1 is there, in slot 0, with value 1.
Publication::State Publication::Start() const {
  State state;
  state.kills = static_cast<std::uint8_t>(setup_.kills);
  state.value_of[1] = state.values++;
  Sight first;
  state.memory.Store(first, Stamp(0), 1, Order::kRelease);
  state.memory.Store(first, Head(0), state.value_of[1], Order::kRelease);
  state.memory.Store(first, Body(0), state.value_of[1], Order::kRelease);
  state.memory.Store(first, kPublished, Word(1, 0), Order::kRelease);
  for (int i = 0; i < setup_.writers + setup_.readers; ++i) {
    Thread& thread = state.threads[i];
    const bool writes = i < setup_.writers;
    thread.left =
        static_cast<std::uint8_t>(writes ? setup_.rounds : setup_.reads);
    thread.retries = static_cast<std::uint8_t>(writes ? 0 : setup_.retries);
    thread.sight.current = first.current;
  }
  return state;
}

std::string Publication::End(const State& state) const {
  for (int i = 0; i < setup_.writers; ++i) {
    const Thread& thread = state.threads[i];
    if (thread.dead == 0 && thread.left != 0) return "a writer hangs";
  }
  return {};
}

bool Publication::CanTake(const State& state) const {
  const int owner = state.memory.Latest(kLock);
  return owner == 0 || state.threads[owner - 1].dead != 0;
}

void Publication::Take(State& state, int i) const {
  Thread& me = state.threads[i];
  const std::uint8_t former = state.memory.Exchange(
      me.sight, kLock, static_cast<std::uint8_t>(i + 1), Order::kAcquire);
  if (former == 0 || Has(Flaw::kBlindTakeover)) return;
  // The kernel said that the owner is dead: its stores are all there.
  state.memory.SeeAll(me.sight);
  const int generation = state.memory.Latest(kPublished) >> 2;
  for (int slot = 0; slot < setup_.slots; ++slot) {
    if (state.memory.Latest(Stamp(slot)) > generation) {
      state.memory.Store(me.sight, Stamp(slot), 0, Order::kRelease);
    }
  }
}

// Under the lock a load has one value to take; with a flaw, perhaps an old
// one: the worst case.
void Publication::Unstamp(State& state, Thread& me) const {
  const int oldest = state.memory.First(me.sight, kPublished, Order::kRelaxed);
  me.published =
      state.memory.Load(me.sight, kPublished, oldest, Order::kRelaxed);
  me.generation = static_cast<std::uint8_t>((me.published >> 2) + 1);
  const int current = me.published & 3;
  me.slot = static_cast<std::uint8_t>(
      Has(Flaw::kOverwrites) ? current : (current + 1) % setup_.slots);
  me.value = ++state.values;
  state.memory.Store(me.sight, Stamp(me.slot), 0,
                     Unless(Flaw::kRelaxedUnstamp, Order::kRelease));
  if (!Has(Flaw::kNoReleaseFence)) Memory::ReleaseFence(me.sight);
}

void Publication::PublishWord(State& state, Thread& me) const {
  state.value_of[me.generation] = me.value;
  state.memory.Store(me.sight, kPublished, Word(me.generation, me.slot),
                     Order::kRelease);
}

void Publication::Go(State& state, int i) const {
  Thread& me = state.threads[i];
  Memory& memory = state.memory;
  const bool early = Has(Flaw::kPublishesEarly);
  switch (me.step) {
    case kTake: Take(state, i); break;
    case kUnstamp: Unstamp(state, me); break;
    case kHead:
      memory.Store(me.sight, Head(me.slot), me.value, Order::kRelaxed);
      break;
    case kBody:
      memory.Store(me.sight, Body(me.slot), me.value, Order::kRelaxed);
      break;
    case kStamp:
    case kPublish:
      if ((me.step == kPublish) != early) {
        PublishWord(state, me);
      } else {
        memory.Store(me.sight, Stamp(me.slot), me.generation, Order::kRelease);
      }
      break;
    case kRelease:
      memory.Exchange(me.sight, kLock, 0,
                      Unless(Flaw::kPlainUnlock, Order::kRelease));
      me.left--;
      me.slot = me.generation = me.published = me.value = 0;
      me.step = kTake;
      return;
    default: break;
  }
  ++me.step;
}

int Publication::LocationOf(const Thread& me) const {
  switch (me.step) {
    case kLookUp:
    case kMoved: return kPublished;
    case kReadHead: return Head(me.slot);
    case kReadBody: return Body(me.slot);
    case kFirstLook:
    case kLookAgain:
    case kLastLook: return Stamp(me.slot);
    default: return Stamp(me.step - kFindFirst);
  }
}

Order Publication::OrderOf(const Thread& me) const {
  const bool acquires =
      me.step == kLookUp || me.step == kFirstLook || me.step >= kFindFirst;
  return acquires ? Order::kAcquire : Order::kRelaxed;
}

bool Publication::FencesBefore(const Thread& me) const {
  const bool looks_back =
      me.step == kLookAgain || me.step == kLastLook || me.step == kMoved;
  return looks_back && !Has(Flaw::kNoAcquireFence);
}

void Publication::Retry(Thread& me) const {
  me.slot = me.generation = me.published = me.value = 0;
  me.step = kLookUp;
  if (me.retries == 0) {
    me = Thread();
  } else {
    --me.retries;
  }
}

// One version whole, published, and no older than the one before.
std::string Publication::Accept(const State& state, Thread& me) const {
  const std::uint8_t published =
      static_cast<std::uint8_t>(state.memory.Latest(kPublished) >> 2);
  std::string fault;
  if (me.generation > published) {
    fault = "a version that is not published";
  } else if (me.value == 0) {
    fault = "a mix of two versions";
  } else if (me.value != state.value_of[me.generation]) {
    fault = "the bytes of another version";
  } else if (me.generation < me.last) {
    fault = "a generation goes back";
  }
  if (!setup_.history) me.last = me.generation;
  me.slot = me.generation = me.published = me.value = 0;
  me.step = kLookUp;
  if (--me.left == 0) me = Thread();
  return fault;
}

std::string Publication::AfterLoad(State& state, int i,
                                   std::uint8_t value) const {
  Thread& me = state.threads[i];
  switch (me.step) {
    case kLookUp:
      me.published = value;
      me.slot = value & 3;
      me.generation = value >> 2;
      me.step = kFirstLook;
      if (!setup_.history || me.generation == 1) return {};
      --me.generation;
      me.step = kFindFirst;
      return {};
    case kFirstLook:
      if (Has(Flaw::kGoesByStamp) && value != 0) me.generation = value;
      me.step = value == me.generation ? kReadHead : kMoved;
      // What is not current may be gone at any time.
      if (me.step == kMoved && setup_.history) Retry(me);
      return {};
    case kReadHead:
      me.value = value;
      me.step = kLookAgain;
      return {};
    case kReadBody:
      if (value != me.value) me.value = 0;  // A mix, if it is accepted
      me.step = kLastLook;
      return Has(Flaw::kNoSecondLook) ? Accept(state, me) : "";
    case kLookAgain:
    case kLastLook:
      if (value != me.generation) {
        Retry(me);
        return {};
      }
      if (me.step == kLookAgain) {
        me.step = kReadBody;
        return {};
      }
      return Accept(state, me);
    case kMoved: {
      const bool same = value == me.published;
      Retry(me);
      return same ? "a healthy record called corrupt" : "";
    }
    default:
      if (value == me.generation) {
        me.slot = static_cast<std::uint8_t>(me.step - kFindFirst);
        me.step = kFirstLook;
      } else if (++me.step - kFindFirst == setup_.slots) {
        Retry(me);  // Not kept
      }
      return {};
  }
}

}  // namespace mapfile::model
