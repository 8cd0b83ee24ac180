// MAPFILE_ALIAS: a field that has another name in some files.
//
//     struct RunState { std::int64_t run; double rate_hz; };
//     MAPFILE_DESCRIBE(RunState, 2, run, rate_hz)
//     MAPFILE_ALIAS(RunState, rate_hz, "rate")
//
// at namespace scope, behind the description: what other versions stored as
// "rate" is read into rate_hz, if they have no rate_hz and this class has no
// other field called "rate". A field may have several such names.
//
// It is stored under its own name alone. A program of before, which knows a
// field "rate", reads what this one stores if it has the alias the other way
// round; else its field keeps what it has, as one that was removed.
#ifndef MAPFILE_ALIAS_H_
#define MAPFILE_ALIAS_H_

#include <string_view>
#include <tuple>
#include <typeinfo>

#include "mapfile/schema.h"

namespace mapfile::internal {

// Whether T itself, not one of its bases, describes a field of that name.
template <class T>
consteval bool HasField(std::string_view name) {
  return std::apply(
      [name](const auto&... field) { return ((field.name == name) || ...); },
      Schema<T>::Fields());
}

// Remembers another name of a field; again is no change. From any thread;
// plans that were made before stay. Returns true.
bool AddAlias(const std::type_info& type_info, std::string_view field,
              std::string_view alias);

}  // namespace mapfile::internal

#define MAPFILE_ALIAS_CONCAT2_(a, b) a##b
#define MAPFILE_ALIAS_CONCAT_(a, b) MAPFILE_ALIAS_CONCAT2_(a, b)

#define MAPFILE_ALIAS(Class, field, alias)                                 \
  static_assert(::mapfile::internal::HasField<Class>(#field),              \
                #field " is no described field of " #Class);               \
  [[maybe_unused]] static const bool MAPFILE_ALIAS_CONCAT_(mapfile_alias_, \
                                                           __COUNTER__) =  \
      ::mapfile::internal::AddAlias(typeid(Class), #field, alias);

#endif  // MAPFILE_ALIAS_H_
