// Which C++ types can be stored. Include schema.h instead.
#ifndef MAPFILE_INTERNAL_TRAITS_H_
#define MAPFILE_INTERNAL_TRAITS_H_

#include <array>
#include <concepts>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "mapfile/internal/describe.h"

namespace mapfile {

// The description of class T: MAPFILE_DESCRIBE makes one, or specialise it
// with these members:
//
//     template <> struct mapfile::Schema<daq::Run> {
//       static constexpr std::string_view kName = "daq::Run";
//       static constexpr std::uint32_t kVersion = 1;
//       using Bases = mapfile::Bases<>;
//       static constexpr auto Fields() {
//         return std::tuple(mapfile::Field("run", &daq::Run::run));
//       }
//     };
//
// For private members: `friend struct mapfile::Schema<daq::Run>;`.
template <class T>
struct Schema {};

template <internal::DescribedByMacro T>
struct Schema<T> {
  static constexpr auto kDescription = MapfileDescribe(internal::Tag<T>{});
  static constexpr std::string_view kName = kDescription.name;
  static constexpr std::uint32_t kVersion = kDescription.version;
  using Bases = typename decltype(kDescription)::Bases;
  static constexpr auto Fields() { return kDescription.fields; }
};

// A class with a Schema.
template <class T>
concept Described = std::is_class_v<T> && requires {
  Schema<T>::kName;
  Schema<T>::kVersion;
  typename Schema<T>::Bases;
  Schema<T>::Fields();
};

namespace internal {

template <class E>
constexpr bool IsFixedEnum() {
  // Only enums whose every bit pattern is a value take braces.
  if constexpr (std::is_enum_v<E>) return requires { E{0}; };
  return false;
}

}  // namespace internal

// bool, integers, float, double, and enums with a stated underlying type,
// which are stored as that.
template <class T>
concept Scalar = std::integral<T> || std::same_as<T, float> ||
                 std::same_as<T, double> || internal::IsFixedEnum<T>();

namespace internal {

// What a Storable type is outside, and what is in it.
enum class Form {
  kNone, kScalar, kString, kBytes, kArray, kVector, kMap, kOptional, kVariant,
  kClass, kPointer,
};

template <class... T>
struct Types {};

template <class T>
struct FormOf {
  static constexpr Form kForm = Scalar<T>      ? Form::kScalar
                                : Described<T> ? Form::kClass
                                               : Form::kNone;
  using Parts = Types<>;
};
template <>
struct FormOf<std::string> {
  static constexpr Form kForm = Form::kString;
  using Parts = Types<>;
};
template <>
struct FormOf<std::vector<std::byte>> {
  static constexpr Form kForm = Form::kBytes;
  using Parts = Types<>;
};

template <Form F, class... T>
struct FormWith {
  static constexpr Form kForm = F;
  using Parts = Types<T...>;
};
template <class T>
struct FormOf<std::vector<T>> : FormWith<Form::kVector, T> {};
template <class T, std::size_t N>
struct FormOf<std::array<T, N>> : FormWith<Form::kArray, T> {};
template <class T, std::size_t N>
struct FormOf<T[N]> : FormWith<Form::kArray, T> {};
template <class K, class V>
struct FormOf<std::map<K, V>> : FormWith<Form::kMap, K, V> {};
template <class T>
struct FormOf<std::optional<T>> : FormWith<Form::kOptional, T> {};
template <class... T>
struct FormOf<std::variant<T...>> : FormWith<Form::kVariant, T...> {};
template <class T>
struct FormOf<T*> : FormWith<Form::kPointer, T> {};
template <class T>
struct FormOf<std::unique_ptr<T>> : FormWith<Form::kPointer, T> {};
template <class T>
struct FormOf<std::shared_ptr<T>> : FormWith<Form::kPointer, T> {};

template <class T>
constexpr bool IsStorable();

template <class... T>
constexpr bool AreStorable(Types<T...>) {
  return (IsStorable<T>() && ...);
}

// What a pointer may lead to: its destructor must do for derived classes.
template <class T>
constexpr bool IsPointable(Types<T>) {
  return Described<T> &&
         (!std::is_polymorphic_v<T> || std::has_virtual_destructor_v<T>);
}

// Keys are found by value: no pointers in them.
template <class K, class V>
constexpr bool IsMap(Types<K, V>) {
  return (Scalar<K> || std::same_as<K, std::string>) && IsStorable<V>();
}

// Of a class only whether it is described: its fields are looked at when it
// is stored, since a class may lead to itself.
template <class T>
constexpr bool IsStorable() {
  using Parts = typename FormOf<T>::Parts;
  switch (FormOf<T>::kForm) {
    case Form::kNone:
      return false;
    case Form::kMap:
      if constexpr (FormOf<T>::kForm == Form::kMap) return IsMap(Parts{});
      return false;
    case Form::kPointer:
      if constexpr (FormOf<T>::kForm == Form::kPointer) {
        return IsPointable(Parts{});
      }
      return false;
    case Form::kClass:
    case Form::kScalar:
      return !std::is_const_v<T>;
    default:
      return AreStorable(Parts{});
  }
}

}  // namespace internal
}  // namespace mapfile

#endif  // MAPFILE_INTERNAL_TRAITS_H_
