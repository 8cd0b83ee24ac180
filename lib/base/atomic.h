// Atomic access to plain words of a shared mapping.
//
// On-disk structs hold plain integers, so that their layout is theirs alone;
// these functions state the memory order at each access. All are lock-free
// and address-free, as memory shared between processes needs.
#ifndef MAPFILE_LIB_BASE_ATOMIC_H_
#define MAPFILE_LIB_BASE_ATOMIC_H_

#include <atomic>
#include <cstdint>

#include "lib/base/step.h"

namespace mapfile {

template <class T>
std::atomic_ref<T> Atomic(const T& word) {
  static_assert(std::atomic_ref<T>::is_always_lock_free);
  return std::atomic_ref<T>(const_cast<T&>(word));
}

// Works on a PROT_READ mapping: a load never writes.
template <class T>
T LoadAcquire(const T& word) {
  return Atomic(word).load(std::memory_order_acquire);
}
template <class T>
T LoadRelaxed(const T& word) {
  return Atomic(word).load(std::memory_order_relaxed);
}
template <class T>
void StoreRelaxed(T& word, T value) {
  Atomic(word).store(value, std::memory_order_relaxed);
}

// Every store that orders others is a step at which tests kill, see step.h.
MAPFILE_BEGIN_STEPS

template <class T>
void StoreRelease(T& word, T value) {
  Atomic(word).store(value, std::memory_order_release);
  MAPFILE_STEP("stored, release");
}

// Fences, each together with the access that gives it its meaning: fences
// order what is on their two sides, which the thread sanitizer can't see.
// Under it the access itself carries the order. That is as strong there: the
// sanitizer's atomics are calls that the compiler moves nothing across, the
// barrier below is for the processor, and bytes that race are copied by
// relaxed atomic loads and stores (see copy.h), so that no plain access
// depends on the fence.
#ifdef MAPFILE_TSAN

inline void ProcessorFence() {
#if defined(__aarch64__)
  asm volatile("dmb ish" : : : "memory");
#else
  asm volatile("" : : : "memory");  // x86-64 keeps loads, and stores, in order
#endif
}

template <class T>
void StoreThenFence(T& word, T value) {
  Atomic(word).exchange(value, std::memory_order_acq_rel);
  ProcessorFence();
  MAPFILE_STEP("stored, fence");
}
template <class T>
T FenceThenLoad(const T& word) {
  ProcessorFence();
  return LoadAcquire(word);
}

#else

// A release store with a release fence behind it: whoever sees a store that
// comes later sees this one too, after FenceThenLoad(); and whoever sees this
// one, all that came before.
template <class T>
void StoreThenFence(T& word, T value) {
  StoreRelease(word, value);
  std::atomic_thread_fence(std::memory_order_release);
}

// An acquire fence before the load: all loads and copies before it are done
// before the word is looked at. Words loaded after it come after them too.
template <class T>
T FenceThenLoad(const T& word) {
  std::atomic_thread_fence(std::memory_order_acquire);
  return LoadRelaxed(word);
}

#endif  // MAPFILE_TSAN

// Adds, with release order, and a full fence behind it: either loads that
// come later see the stores of another thread, or, if that has a full barrier
// between those and its loads, it sees this sum and all that came before.
// Returns what was there.
template <class T>
T AddThenFence(T& word, T n) {
#if defined(__x86_64__)
  // A locked addition is a fence already; the order is for the compiler.
  return Atomic(word).fetch_add(n, std::memory_order_seq_cst);
#elif defined(MAPFILE_TSAN)
  const T former = Atomic(word).fetch_add(n, std::memory_order_seq_cst);
  ProcessorFence();
  return former;
#else
  const T former = Atomic(word).fetch_add(n, std::memory_order_release);
  std::atomic_thread_fence(std::memory_order_seq_cst);
  return former;
#endif
}

MAPFILE_END_STEPS

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_ATOMIC_H_
