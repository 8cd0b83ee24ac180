#include "lib/types/convert.h"

#include <cstdint>
#include <cstring>

#include "lib/types/kinds.h"

namespace mapfile {
namespace {

bool IsSigned(Kind kind) { return kind >= Kind::kI8 && kind <= Kind::kI64; }
bool IsUnsigned(Kind kind) { return kind >= Kind::kU8 && kind <= Kind::kU64; }

template <class T>
void StoreAs(T value, void* out) {
  std::memcpy(out, &value, sizeof(value));
}

template <class T>
T LoadAs(const void* in) {
  T value;
  std::memcpy(&value, in, sizeof(value));
  return value;
}

template <class T>
void WidenFrom(T value, Kind to, void* out) {
  switch (to) {
    case Kind::kI16: return StoreAs(static_cast<std::int16_t>(value), out);
    case Kind::kI32: return StoreAs(static_cast<std::int32_t>(value), out);
    case Kind::kI64: return StoreAs(static_cast<std::int64_t>(value), out);
    case Kind::kU16: return StoreAs(static_cast<std::uint16_t>(value), out);
    case Kind::kU32: return StoreAs(static_cast<std::uint32_t>(value), out);
    case Kind::kU64: return StoreAs(static_cast<std::uint64_t>(value), out);
    case Kind::kF32: return StoreAs(static_cast<float>(value), out);
    default: return StoreAs(static_cast<double>(value), out);
  }
}

}  // namespace

bool IsWidening(Kind from, Kind to) {
  if (!IsScalarKind(from) || !IsScalarKind(to)) return false;
  const auto from_size = ScalarSize(from);
  const auto to_size = ScalarSize(to);
  if (from_size >= to_size) return false;
  if (from == Kind::kF32) return to == Kind::kF64;
  if (!IsSigned(from) && !IsUnsigned(from)) return false;
  // A float's significand has 24 bits, a double's 53: half of its size fits.
  if (to == Kind::kF32 || to == Kind::kF64) return true;
  return IsSigned(to) || (IsUnsigned(from) && IsUnsigned(to));
}

void Widen(Kind from, const void* in, Kind to, void* out) {
  switch (from) {
    case Kind::kI8: return WidenFrom(LoadAs<std::int8_t>(in), to, out);
    case Kind::kI16: return WidenFrom(LoadAs<std::int16_t>(in), to, out);
    case Kind::kI32: return WidenFrom(LoadAs<std::int32_t>(in), to, out);
    case Kind::kU8: return WidenFrom(LoadAs<std::uint8_t>(in), to, out);
    case Kind::kU16: return WidenFrom(LoadAs<std::uint16_t>(in), to, out);
    case Kind::kU32: return WidenFrom(LoadAs<std::uint32_t>(in), to, out);
    default: return WidenFrom(LoadAs<float>(in), to, out);
  }
}

}  // namespace mapfile
