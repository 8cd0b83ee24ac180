// When a C++ object's bytes are its stored form. Include schema.h instead.
#ifndef MAPFILE_INTERNAL_IN_PLACE_H_
#define MAPFILE_INTERNAL_IN_PLACE_H_

#include <array>
#include <bit>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "mapfile/internal/traits.h"

namespace mapfile::internal {

template <class T>
constexpr bool ConsistsOfNumbers();
template <class T>
constexpr std::size_t FieldBytes();

template <class... F>
constexpr bool FieldsConsistOfNumbers(const std::tuple<F...>&) {
  return (ConsistsOfNumbers<typename F::Member>() && ...);
}
template <class... B>
constexpr bool BasesConsistOfNumbers(Bases<B...>) {
  return (ConsistsOfNumbers<B>() && ...);
}

// Only scalars, arrays of fixed size and classes of such: no pointer, no
// string, nothing on the heap.
template <class T>
constexpr bool ConsistsOfNumbers() {
  if constexpr (Scalar<T>) {
    return true;
  } else if constexpr (FormOf<T>::kForm == Form::kArray) {
    using Element = std::remove_reference_t<decltype(std::declval<T&>()[0])>;
    return ConsistsOfNumbers<Element>();
  } else if constexpr (Described<T>) {
    return FieldsConsistOfNumbers(Schema<T>::Fields()) &&
           BasesConsistOfNumbers(typename Schema<T>::Bases{});
  } else {
    return false;
  }
}

template <class... F>
constexpr std::size_t SumOfFields(const std::tuple<F...>&) {
  return (FieldBytes<typename F::Member>() + ... + 0);
}
template <class... B>
constexpr std::size_t SumOfBases(Bases<B...>) {
  return (FieldBytes<B>() + ... + 0);
}

// Bytes of the described fields alone, without the padding between them.
template <class T>
constexpr std::size_t FieldBytes() {
  if constexpr (Described<T>) {
    return SumOfBases(typename Schema<T>::Bases{}) +
           SumOfFields(Schema<T>::Fields());
  } else if constexpr (FormOf<T>::kForm == Form::kArray) {
    using Element = std::remove_reference_t<decltype(std::declval<T&>()[0])>;
    return sizeof(T) / sizeof(Element) * FieldBytes<Element>();
  } else {
    return sizeof(T);
  }
}

// Whether `member` begins at byte `offset` of T, which has no padding: sets
// that byte alone, and looks for it in the member.
template <class T, class M>
constexpr bool IsAt(M T::*member, std::size_t offset) {
  std::array<unsigned char, sizeof(T)> bytes{};
  bytes[offset] = 1;
  const T object = std::bit_cast<T>(bytes);
  using Bytes = std::array<unsigned char, sizeof(M)>;
  return std::bit_cast<Bytes>(object.*member)[0] == 1;
}

template <class T, class... F>
constexpr bool AreInOrder(const std::tuple<F...>& fields) {
  std::size_t end = SumOfBases(typename Schema<T>::Bases{});
  const auto follows = [&end]<class M>(M T::*member) {
    const std::size_t begin = end;
    end += sizeof(M);
    return IsAt(member, begin);
  };
  return std::apply(
      [&](const auto&... field) {
        return (follows.template operator()<typename F::Member>(
                    field.member) && ...);
      },
      fields);
}

// Whether T's fields, which fill it, are described in the order in which
// they are declared.
template <class T>
constexpr bool IsDescribedInOrder() {
  if constexpr (!Described<T>) {
    return true;
  } else if constexpr (!ConsistsOfNumbers<T>() ||
                       !std::is_trivially_copyable_v<T> ||
                       FieldBytes<T>() != sizeof(T)) {
    return false;
  } else {
    return AreInOrder<T>(Schema<T>::Fields());
  }
}

}  // namespace mapfile::internal

#endif  // MAPFILE_INTERNAL_IN_PLACE_H_
