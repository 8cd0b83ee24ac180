#include "tools/common/increment.h"

#include <cmath>
#include <cstring>
#include <type_traits>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"
#include "lib/text/value_view.h"

namespace mapfile::tools {
namespace {

// A record may be removed and added again while it is incremented.
constexpr int kAttempts = 16;

template <class T>
Result<T> ParseAs(Kind kind, std::string_view text) {
  T value = 0;
  MAPFILE_RETURN_IF_ERROR(
      text::ParseScalar(kind, text, reinterpret_cast<std::byte*>(&value)));
  return value;
}

tl::unexpected<Error> OutOfRange(const Type& type, std::string_view amount) {
  return Fail(Code::kInvalidArgument, "adding " + std::string(amount) +
                                          " leaves the range of " +
                                          type.name() + "; the value stays");
}

template <class T>
Status AddWhole(const Type& type, std::string_view amount, T* number) {
  T sum = 0;
  // Unsigned numbers can be decremented, large ones can be added to them.
  if (const auto small = ParseAs<std::int64_t>(Kind::kI64, amount)) {
    if (__builtin_add_overflow(*number, *small, &sum)) {
      return OutOfRange(type, amount);
    }
  } else {
    const auto large = ParseAs<std::uint64_t>(Kind::kU64, amount);
    // The record is of neither, perhaps: its own class says what is wrong.
    if (!large) return Fail(ParseAs<T>(type.root().kind, amount).error());
    if (__builtin_add_overflow(*number, *large, &sum)) {
      return OutOfRange(type, amount);
    }
  }
  *number = sum;
  return {};
}

template <class T>
Status AddReal(const Type& type, std::string_view amount, T* number) {
  MAPFILE_ASSIGN_OR_RETURN(const T added, ParseAs<T>(type.root().kind, amount));
  const T sum = *number + added;
  if (std::isinf(sum) && !std::isinf(*number) && !std::isinf(added)) {
    return OutOfRange(type, amount);
  }
  *number = sum;
  return {};
}

}  // namespace

Status AddToScalar(const Type& type, std::string_view amount,
                   std::span<std::byte> bytes) {
  if (!text::IsNumber(type.root().kind)) {
    return Fail(Code::kTypeMismatch,
                type.name() + " is not a number to add to");
  }
  return text::VisitScalar(type.root().kind, [&](auto zero) -> Status {
    using T = decltype(zero);
    T number = 0;
    if (bytes.size() < sizeof(number)) {
      return Fail(Code::kCorrupt, "the value is shorter than its class");
    }
    std::memcpy(&number, bytes.data(), sizeof(number));
    if constexpr (std::is_floating_point_v<T>) {
      MAPFILE_RETURN_IF_ERROR(AddReal(type, amount, &number));
    } else if constexpr (!std::is_same_v<T, bool>) {
      MAPFILE_RETURN_IF_ERROR(AddWhole(type, amount, &number));
    }
    std::memcpy(bytes.data(), &number, sizeof(number));
    return {};
  });
}

Result<Incremented> Increment(MapFile& file, std::string_view name,
                              std::string_view amount, const Type* missing) {
  Incremented result;
  const auto edit = [&](const Type& type,
                        std::span<std::byte> bytes) -> Status {
    MAPFILE_RETURN_IF_ERROR(AddToScalar(type, amount, bytes));
    MAPFILE_ASSIGN_OR_RETURN(result.value, text::FormatPlain(type, bytes));
    return {};
  };
  Result<Generation> stored = 0;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto record = file.Find(name);
    if (record) {
      stored = record->ModifyRaw(edit);
    } else if (record.error().code() == Code::kNotFound && missing != nullptr) {
      std::vector<std::byte> bytes(missing->root().size);
      MAPFILE_RETURN_IF_ERROR(edit(*missing, bytes));
      stored = file.PutRaw(name, *missing, bytes, {.create_only = true});
    } else {
      return Fail(record.error());
    }
    if (stored) {
      result.generation = *stored;
      return result;
    }
    const Code code = stored.error().code();
    if (code != Code::kNotFound && code != Code::kExists) break;
  }
  return Fail(stored.error());
}

}  // namespace mapfile::tools
