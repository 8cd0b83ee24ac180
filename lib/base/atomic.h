// Atomic access to plain words of a shared mapping.
//
// On-disk structs hold plain integers, so that their layout is theirs alone;
// these functions state the memory order at each access. All are lock-free
// and address-free, as memory shared between processes needs.
#ifndef MAPFILE_LIB_BASE_ATOMIC_H_
#define MAPFILE_LIB_BASE_ATOMIC_H_

#include <atomic>
#include <cstdint>

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
void StoreRelease(T& word, T value) {
  Atomic(word).store(value, std::memory_order_release);
}
template <class T>
void StoreRelaxed(T& word, T value) {
  Atomic(word).store(value, std::memory_order_relaxed);
}

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_ATOMIC_H_
