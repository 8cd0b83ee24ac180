// How a C++ class becomes storable: MAPFILE_DESCRIBE, and the concepts.
//
//     struct RunState { std::int64_t run; double rate_hz; };
//     MAPFILE_DESCRIBE(RunState, 1, run, rate_hz)
//
// at namespace scope, in the namespace of the class or outside of all. The
// number is the version of the class; raise it when the fields change. It is
// for people: readers go by the names of the fields. They cope with fields
// that were added (which keep what the object held before), removed, put in
// another order or widened (i32 to i64, f32 to f64, u32 to i64, ...);
// anything else is a TypeMismatch.
//
// What can be stored, alone or as a field: bool, integers, float, double,
// enums with a stated underlying type; std::string; std::vector<std::byte>;
// std::array, C arrays (as fields), std::vector, std::optional, std::variant
// of such; std::map of such with numbers or strings as keys; described
// classes, also with bases and virtual functions; T*, std::unique_ptr<T> and
// std::shared_ptr<T> to described classes. Numbers in a vector lie side by
// side and are copied as a whole.
//
// Of pointers: an object of a derived class is stored as what it is if that
// class has MAPFILE_REGISTER (registry.h), and is built as that again. Two
// shared_ptrs to one object still share it. A raw pointer owns nothing: it
// leads to an object that a unique_ptr or shared_ptr of the same value owns,
// to the value itself, or is null. InvalidArgument: anything else, objects
// that own one another in a circle or through more than 1,024 levels, values
// nested deeper than 64.
#ifndef MAPFILE_SCHEMA_H_
#define MAPFILE_SCHEMA_H_

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include "mapfile/codec.h"
#include "mapfile/internal/describe.h"
#include "mapfile/internal/in_place.h"
#include "mapfile/internal/shape_of.h"
#include "mapfile/internal/traits.h"
#include "mapfile/internal/value.h"
#include "mapfile/status.h"

// Describes `Class`: its version, then its fields by name.
#define MAPFILE_DESCRIBE(Class, version, ...) \
  MAPFILE_DESCRIBE_DERIVED(Class, version, () __VA_OPT__(, ) __VA_ARGS__)

// The same with bases, which are described too, in parentheses:
// MAPFILE_DESCRIBE_DERIVED(Muon, 1, (Particle), charge)
#define MAPFILE_DESCRIBE_DERIVED(Class, version, bases, ...)             \
  MAPFILE_DESCRIBE_AS(Class, #Class, version, bases __VA_OPT__(, )       \
                      __VA_ARGS__)

// The same under another name in the file.
#define MAPFILE_DESCRIBE_AS(Class, class_name, version, bases, ...)      \
  [[maybe_unused]] constexpr auto MapfileDescribe(                       \
      ::mapfile::internal::Tag<Class>) {                                 \
    return ::mapfile::internal::Describe(                                \
        class_name, version,                                             \
        ::mapfile::Bases<MAPFILE_STRIP_ bases>{} MAPFILE_FOR_EACH_(      \
            MAPFILE_FIELD_, Class __VA_OPT__(, ) __VA_ARGS__));          \
  }

// In a class that is described in its own namespace: lets private members be
// described.
#define MAPFILE_FRIEND(Class)              \
  friend constexpr auto MapfileDescribe(   \
      ::mapfile::internal::Tag<Class>)

namespace mapfile {

// What can be stored.
template <class T>
concept Storable = internal::IsStorable<T>() && !std::is_abstract_v<T> &&
                   std::default_initializable<T>;

// What is stored otherwise than as its own bytes.
template <class T>
concept Streamed = Storable<T> && !internal::ConsistsOfNumbers<T>();

// The parts of InPlace, so that a compiler names what is amiss.
template <class T>
concept HasOnlyNumbers = internal::ConsistsOfNumbers<T>();
template <class T>
concept TriviallyCopyable = std::is_trivially_copyable_v<T>;
template <class T>
concept StandardLayout = std::is_standard_layout_v<T>;
// Every byte belongs to a described field.
template <class T>
concept HasNoPadding = internal::FieldBytes<T>() == sizeof(T);
template <class T>
concept DescribedInOrder = internal::IsDescribedInOrder<T>();

// What can be edited inside the file: its own bytes are its stored form.
template <class T>
concept InPlace = Storable<T> && HasOnlyNumbers<T> && TriviallyCopyable<T> &&
                  StandardLayout<T> && HasNoPadding<T> && DescribedInOrder<T>;

// Does not compile unless T is InPlace, and says why.
template <class T>
consteval bool CheckInPlace() {
  static_assert(Storable<T>, "T has no MAPFILE_DESCRIBE, or is abstract");
  static_assert(HasOnlyNumbers<T>,
                "T has a pointer, string, vector or the like: it can be "
                "stored with Put, but not edited in place");
  static_assert(TriviallyCopyable<T>,
                "T has a virtual function or copies itself by code");
  static_assert(StandardLayout<T>,
                "T has virtual functions, mixed access or fields in several "
                "classes: its layout isn't the same everywhere");
  static_assert(HasNoPadding<T>,
                "T has padding, or a field that isn't described: order the "
                "fields by size, and name or fill the gaps");
  static_assert(DescribedInOrder<T>,
                "T's fields are described in another order than declared");
  return InPlace<T>;
}

// The type that values of T are stored as; it lives as long as the process.
template <Storable T>
const Type& TypeOf() {
  return internal::TypeOfCodec(internal::CodecOf<T>());
}

namespace internal {

// Stores a T, which must outlive it.
template <Storable T>
class ValueEncoder final : public ObjectEncoder {
 public:
  explicit ValueEncoder(const T& value) : ObjectEncoder(CodecOf<T>(), &value) {}
};

// Reads into `*value`, which must outlive it.
template <Storable T>
class ValueDecoder final : public ObjectDecoder {
 public:
  explicit ValueDecoder(T* value) : ObjectDecoder(CodecOf<T>(), value) {}
};

// Calls edit(T&) on the value of type `type` in `bytes`. An `edit` that
// returns a Status may refuse. TypeMismatch, Corrupt.
template <InPlace T, class F>
[[nodiscard]] Status EditInPlace(const Type& type, std::span<std::byte> bytes,
                                 F&& edit) {
  auto status = PrepareInPlace(CodecOf<T>(), type, bytes);
  if (!status) return status;
  T& value = *reinterpret_cast<T*>(bytes.data());
  if constexpr (std::is_convertible_v<std::invoke_result_t<F, T&>, Status>) {
    return std::forward<F>(edit)(value);
  } else {
    std::forward<F>(edit)(value);
    return {};
  }
}

}  // namespace internal
}  // namespace mapfile

#endif  // MAPFILE_SCHEMA_H_
