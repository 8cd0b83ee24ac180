// A few things that a thread remembers.
#ifndef MAPFILE_LIB_BASE_THREAD_LIST_H_
#define MAPFILE_LIB_BASE_THREAD_LIST_H_

#include <cstddef>

namespace mapfile {

// A list for `constinit thread_local` variables. Neither made nor destroyed
// by code: access costs no look at whether it was made yet, and it is still
// there when static objects are destroyed, after the thread's own. What finds
// no room isn't remembered.
template <class T>
class ThreadList {
 public:
  void Remember(const T& what) {
    if (!is_full()) items_[size_++] = what;
  }

  // Forgets the one remembered last, if there are several.
  void Forget(const T& what) {
    if (size_ > 0 && items_[size_ - 1] == what) [[likely]] {
      --size_;
    } else {
      ForgetEarlier(what);
    }
  }

  bool Has(const T& what) const {
    for (std::size_t i = 0; i < size_; ++i) {
      if (items_[i] == what) return true;
    }
    return false;
  }

  bool is_full() const { return size_ == kMost; }

 private:
  static constexpr std::size_t kMost = 32;

  [[gnu::cold]] void ForgetEarlier(const T& what) {
    for (std::size_t i = size_; i > 0; --i) {
      if (!(items_[i - 1] == what)) continue;
      for (--size_; i <= size_; ++i) items_[i - 1] = items_[i];
      return;
    }
  }

  T items_[kMost] = {};
  std::size_t size_ = 0;
};

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_THREAD_LIST_H_
