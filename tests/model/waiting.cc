#include "tests/model/waiting.h"

namespace mapfile::model {

Waiting::State Waiting::Start() const {
  State state;
  for (int i = 0; i < setup_.writers; ++i) {
    state.threads[i].left = static_cast<std::uint8_t>(setup_.rounds);
  }
  return state;
}

std::string Waiting::End(const State& state) const {
  int published = 0;
  for (int i = 0; i < Sources(); ++i) {
    published += state.memory.Latest(kSource + i);
  }
  for (int i = 0; i < setup_.waiters; ++i) {
    if (state.threads[setup_.writers + i].asleep != 0 && published != 0) {
      return "a sleeper is not woken";
    }
  }
  return {};
}

Waiting::Action Waiting::ActionOf(const Thread& me, int i) const {
  return i < setup_.writers ? WriterAction(me, i) : WaiterAction(me);
}

// Publishes or counts, looks for sleepers, for those of the file raises their
// word, wakes.
Waiting::Action Waiting::WriterAction(const Thread& me, int i) const {
  int step = me.step;
  if (Has(WaitFlaw::kFlagFirst) && step <= kLook) step = kLook - step;
  switch (step) {
    case kPublish:
      if (OfFile()) {
        return {"writer counts", Action::kRaise, SourceOf(i), Order::kRelease};
      }
      return {"writer publishes", Action::kStore, SourceOf(i), Order::kRelease};
    case kFence:
      if (Has(WaitFlaw::kNoFence))
        return {"writer has no fence", Action::kNone};
      return {"writer's full fence", Action::kFence};
    case kLook: return {"writer looks for sleepers", Action::kLoad, kNotify};
    case kRaise:
      return {"writer raises the file's word", Action::kRaise, kActivity};
    default: return {"writer wakes", Action::kWake};
  }
}

// Asks, looks at the word, then at each source, and sleeps.
Waiting::Action Waiting::WaiterAction(const Thread& me) const {
  const int looks = Sources();
  const Action ask = {"waiter asks", Action::kStore, kNotify,
                      Unless(WaitFlaw::kRelaxedAsk, Order::kRelaxed)};
  const Action word = {"waiter looks at the word", Action::kLoad, WaitWord(),
                       Order::kAcquire};
  const Action sleep = {"waiter sleeps, unless the word changed",
                        Action::kSleep, WaitWord()};
  const auto look = [&](int source) {
    return Action{"waiter looks for news", Action::kLoad, kSource + source,
                  Unless(WaitFlaw::kRelaxedLook, Order::kRelaxed)};
  };
  const int step = me.step;
  if (Has(WaitFlaw::kAsksLate)) {
    if (step == 0) return word;
    if (step <= looks) return look(step - 1);
    return step == looks + 1 ? ask : sleep;
  }
  if (Has(WaitFlaw::kWordLast)) {
    if (step == 0) return ask;
    if (step <= looks) return look(step - 1);
    return step == looks + 1 ? word : sleep;
  }
  if (step == 0) return ask;
  if (step == 1) return word;
  return step - 2 < looks ? look(step - 2) : sleep;
}

void Waiting::Do(State& state, int i, const Action& action, int place) const {
  Thread& me = state.threads[i];
  Memory& memory = state.memory;
  std::uint8_t value = 0;
  switch (action.kind) {
    case Action::kLoad:
      value = memory.Load(me.sight, action.location, place, action.order);
      break;
    case Action::kStore:
      value = static_cast<std::uint8_t>(memory.Latest(action.location) + 1);
      memory.Store(me.sight, action.location,
                   action.location == kNotify ? 1 : value, action.order);
      break;
    case Action::kRaise:
      value = static_cast<std::uint8_t>(memory.Latest(action.location) + 1);
      memory.Exchange(me.sight, action.location, value, action.order);
      break;
    case Action::kNone: break;
    case Action::kFence: memory.FullFence(me.sight); break;
    case Action::kSleep:
      // The kernel compares the word and puts to sleep in one step.
      value = memory.Load(me.sight, action.location, place, action.order);
      memory.FullFence(me.sight);
      me.asleep = value == me.word;
      break;
    case Action::kWake:
      memory.FullFence(me.sight);
      for (Thread& thread : state.threads) thread.asleep = 0;
      break;
  }
  if (i < setup_.writers) {
    AfterWriter(me, action, value);
  } else {
    AfterWaiter(me, action, value);
  }
}

void Waiting::AfterWriter(Thread& me, const Action& action,
                          std::uint8_t value) const {
  ++me.step;
  if (action.kind == Action::kLoad) me.wanted = value;
  const bool raises = OfFile() && !Has(WaitFlaw::kNoRaise);
  if (me.step == kRaise && me.wanted != 0 && !raises) ++me.step;
  if (me.step != kEnd && !(me.step == kRaise && me.wanted == 0)) return;
  me.step = 0;
  me.wanted = 0;
  if (--me.left == 0) me = Thread{.done = 1, .sight = {}};
}

void Waiting::AfterWaiter(Thread& me, const Action& action,
                          std::uint8_t value) const {
  if (action.kind == Action::kSleep) {
    me.step = me.word = me.sum = 0;  // Woken, it begins again
    return;
  }
  ++me.step;
  if (action.kind != Action::kLoad) return;
  if (action.order == Order::kAcquire) {
    me.word = value;
    return;
  }
  me.sum = static_cast<std::uint8_t>(me.sum + value);
  if (me.sum != 0) me = Thread{.done = 1, .sight = {}};
}

}  // namespace mapfile::model
