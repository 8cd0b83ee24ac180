// What MAPFILE_DESCRIBE is made of; include schema.h instead.
#ifndef MAPFILE_INTERNAL_DESCRIBE_H_
#define MAPFILE_INTERNAL_DESCRIBE_H_

#include <concepts>
#include <cstdint>
#include <string_view>
#include <tuple>

// Makes lookup by argument find descriptions in the global namespace too.
struct MapfileGlobalScope;

namespace mapfile {

// A field of a class: its name in the file and the member that holds it.
template <class C, class M>
struct Field {
  using Class = C;
  using Member = M;
  constexpr Field(std::string_view n, M C::*m) : name(n), member(m) {}

  std::string_view name;
  M C::*member;
};

// The described bases of a class, in order.
template <class... B>
struct Bases {};

namespace internal {

template <class T, class Scope = ::MapfileGlobalScope>
struct Tag {};

// What MapfileDescribe(Tag<T>) returns.
template <class BaseList, class... F>
struct Description {
  using Bases = BaseList;
  std::string_view name;
  std::uint32_t version;
  std::tuple<F...> fields;
};

// `name` as the macro got it; the file knows no leading "::".
template <class BaseList, class... F>
constexpr Description<BaseList, F...> Describe(std::string_view name,
                                               std::uint32_t version,
                                               BaseList, F... fields) {
  if (name.starts_with("::")) name.remove_prefix(2);
  return {name, version, std::tuple<F...>(fields...)};
}

template <class T>
concept DescribedByMacro = requires { MapfileDescribe(Tag<T>{}); };

}  // namespace internal
}  // namespace mapfile

// Calls macro(context, x) for each x. Each level of MAPFILE_EXPAND_ rescans
// its result, so that the macro below can "call itself" 256 times.
#define MAPFILE_PARENS_ ()
#define MAPFILE_EXPAND_(...) \
  MAPFILE_EXPAND3_(MAPFILE_EXPAND3_(MAPFILE_EXPAND3_(__VA_ARGS__)))
#define MAPFILE_EXPAND3_(...) \
  MAPFILE_EXPAND2_(MAPFILE_EXPAND2_(MAPFILE_EXPAND2_(__VA_ARGS__)))
#define MAPFILE_EXPAND2_(...) \
  MAPFILE_EXPAND1_(MAPFILE_EXPAND1_(MAPFILE_EXPAND1_(__VA_ARGS__)))
#define MAPFILE_EXPAND1_(...) \
  MAPFILE_EXPAND0_(MAPFILE_EXPAND0_(MAPFILE_EXPAND0_(__VA_ARGS__)))
#define MAPFILE_EXPAND0_(...) __VA_ARGS__
#define MAPFILE_FOR_EACH_(macro, context, ...) \
  __VA_OPT__(MAPFILE_EXPAND_(MAPFILE_NEXT_(macro, context, __VA_ARGS__)))
#define MAPFILE_NEXT_(macro, context, x, ...) \
  macro(context, x)                           \
      __VA_OPT__(MAPFILE_AGAIN_ MAPFILE_PARENS_(macro, context, __VA_ARGS__))
#define MAPFILE_AGAIN_() MAPFILE_NEXT_

#define MAPFILE_FIELD_(Class, field) \
  , ::mapfile::Field(#field, &Class::field)
#define MAPFILE_STRIP_(...) __VA_ARGS__

#endif  // MAPFILE_INTERNAL_DESCRIBE_H_
