// The frame of every public call: may it run, and how its errors are told.
#ifndef MAPFILE_LIB_FILE_CALL_H_
#define MAPFILE_LIB_FILE_CALL_H_

#include <string_view>
#include <utility>

#include "lib/file/core.h"

namespace mapfile::file {

// Runs `call`, which reads, on an open file; its errors get the path and
// `name`, if there is one, in front.
template <class Call>
auto Reading(const Core& core, std::string_view name, Call&& call)
    -> decltype(call()) {
  if (Status usable = core.Usable(); !usable) [[unlikely]] {
    return Fail(core.Describe(name, std::move(usable).error()));
  }
  return core.About(name, call());
}

// The same for a call that writes: the file isn't closed under it.
template <class Call>
auto Writing(Core& core, std::string_view name, Call&& call)
    -> decltype(call()) {
  const Pass pass(core.gate());
  if (Status writable = core.Writable(pass); !writable) [[unlikely]] {
    return Fail(core.Describe(name, std::move(writable).error()));
  }
  return core.About(name, call());
}

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_CALL_H_
