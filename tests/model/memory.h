// Memory as C++ describes it, small enough to look at all that can happen.
//
// Each location keeps every value that was ever stored to it, in order. A
// thread has a view: for each location, the oldest value that it may still
// load. A load takes any value from there on, so that all delays and
// reorderings that the memory order allows come up in turn:
//
//   load       the view moves up to what was loaded; acquire adds the view
//              that came with the value, relaxed puts it aside for a fence
//   store      goes last; release takes the thread's view along, relaxed
//              only the view at its last release fence
//   exchange   loads the last value and stores behind it
//   fence      acquire and release as above; a full one sees what was there
//              at the one before it, and shows all that its thread has seen
//   seq_cst    loads nothing older than the last seq_cst store
//
// Missing are stores that other threads see in another order than they were
// made to one location (there is one order for all), and values out of thin
// air.
#ifndef MAPFILE_TESTS_MODEL_MEMORY_H_
#define MAPFILE_TESTS_MODEL_MEMORY_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>

namespace mapfile::model {

inline constexpr int kLocations = 12;
inline constexpr int kMessages = 12;

enum class Order : std::uint8_t { kRelaxed, kAcquire, kRelease, kSeqCst };

// Per location, the place of a value in its order.
using View = std::array<std::uint8_t, kLocations>;

inline void Join(View& to, const View& from) {
  for (int i = 0; i < kLocations; ++i) to[i] = std::max(to[i], from[i]);
}

// What one thread has seen. Bytes only: states are compared as bytes.
struct Sight {
  View current{};   // May load nothing older
  View acquired{};  // Becomes current at an acquire fence
  View released{};  // Current at the last release fence
};

struct Message {
  std::uint8_t value = 0;
  View view{};
};

class Memory {
 public:
  Memory() { count_.fill(1); }  // All is 0 at first

  // The values that a load may take, as places first to last.
  int First(const Sight& sight, int location, Order order) const {
    int first = sight.current[location];
    if (order == Order::kSeqCst) {
      first = std::max<int>(first, sequential_[location]);
    }
    return first;
  }
  int Last(int location) const { return count_[location] - 1; }
  std::uint8_t Latest(int location) const {
    return messages_[location][Last(location)].value;
  }

  std::uint8_t Load(Sight& sight, int location, int place, Order order) const {
    const Message& message = messages_[location][place];
    sight.current[location] =
        std::max<std::uint8_t>(sight.current[location], place);
    Join(sight.acquired, message.view);
    if (order != Order::kRelaxed) Join(sight.current, message.view);
    return message.value;
  }

  void Store(Sight& sight, int location, std::uint8_t value, Order order) {
    Append(sight, location, value, order, View{});
  }

  // Acquire and release where it is not kRelaxed; returns the old value.
  std::uint8_t Exchange(Sight& sight, int location, std::uint8_t value,
                        Order order) {
    const int last = Last(location);
    const std::uint8_t old = Load(sight, location, last, order);
    // A read-modify-write goes on with what the value before it released.
    Append(sight, location, value, order, messages_[location][last].view);
    return old;
  }

  static void AcquireFence(Sight& sight) {
    Join(sight.current, sight.acquired);
  }
  static void ReleaseFence(Sight& sight) { sight.released = sight.current; }

  // A seq_cst fence, or a system call that compares or wakes: all that this
  // thread has seen or stored is there for whoever comes to the next one.
  void FullFence(Sight& sight) {
    Join(sequential_, sight.current);
    Join(sight.current, sequential_);
  }

  // As after a system call of the other side that the kernel has ordered.
  void SeeAll(Sight& sight) const {
    for (int i = 0; i < kLocations; ++i) {
      sight.current[i] = static_cast<std::uint8_t>(Last(i));
    }
  }

 private:
  void Append(Sight& sight, int location, std::uint8_t value, Order order,
              const View& inherited) {
    if (count_[location] == kMessages) throw std::length_error("too long");
    const std::uint8_t place = count_[location]++;
    sight.current[location] = place;
    Message& message = messages_[location][place];
    message.value = value;
    message.view = order == Order::kRelaxed ? sight.released : sight.current;
    message.view[location] = place;
    Join(message.view, inherited);
    if (order == Order::kSeqCst) sequential_[location] = place;
  }

  std::array<std::array<Message, kMessages>, kLocations> messages_{};
  std::array<std::uint8_t, kLocations> count_{};
  View sequential_{};
};

}  // namespace mapfile::model

#endif  // MAPFILE_TESTS_MODEL_MEMORY_H_
