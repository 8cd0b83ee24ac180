// Errors as values: Code, Error, Result<T> and Status.
//
// Nothing in this library throws but std::bad_alloc. A call that can fail
// returns Result<T> or Status, marked [[nodiscard]]. Values of these types
// are as thread-safe as std::string: distinct objects need no locks.
#ifndef MAPFILE_STATUS_H_
#define MAPFILE_STATUS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace mapfile {

// What the caller can do about a failure, rather than where it happened.
enum class Code : std::uint8_t {
  kNotFound = 1,         // No such file, record, class or version.
  kExists = 2,           // It is there already and was to be new.
  kInvalidArgument = 3,  // The call itself is wrong: change the arguments.
  kTypeMismatch = 4,     // The stored class doesn't fit the one asked for.
  kReadOnly = 5,         // The file, or this handle to it, can't be written.
  kBusy = 6,             // A living process holds it: wait, or try again.
  kNoSpace = 7,          // Limit, disk or memory is full: make room.
  kTimeout = 8,          // The time given passed without the event.
  kCorrupt = 9,          // The bytes in the file contradict themselves.
  kVersion = 10,         // Written by a format that this build can't read.
  kIo = 11,              // The system refused: the message has its reason.
  kNotDurable = 12,      // Stored, but the medium can't survive power loss.
  kConflict = 13,        // The condition "if generation N" did not hold.
  kClosed = 14,          // The handle's file was closed, or it was forked.
};

// "not found", "busy", ...: the words for `code` used in messages.
std::string_view CodeName(Code code);

// A code and one sentence: what failed, on which path or record, and why.
// Small, for every Result has room for one.
class Error {
 public:
  Error(Code code, std::string message);
  Error(const Error& other);
  Error(Error&& other) noexcept = default;
  Error& operator=(const Error& other);
  Error& operator=(Error&& other) noexcept = default;
  ~Error() = default;

  Code code() const { return code_; }
  // Empty once it was moved from.
  const std::string& message() const;

  // The same error with "`where`: " in front of its message.
  [[nodiscard]] Error In(std::string_view where) const;

 private:
  Code code_;
  std::unique_ptr<const std::string> message_;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

// Builds the failing side of any Result: return Fail(Code::kBusy, "...");
inline tl::unexpected<Error> Fail(Code code, std::string message) {
  return tl::unexpected<Error>(Error(code, std::move(message)));
}
inline tl::unexpected<Error> Fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace mapfile

#endif  // MAPFILE_STATUS_H_
