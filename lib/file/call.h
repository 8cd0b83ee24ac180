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
  if (!core.IsUsable()) [[unlikely]] {
    if (Status usable = core.Usable(); !usable) {
      return Fail(core.Describe(name, std::move(usable).error()));
    }
  }
  auto result = call();
  core.Tell(name, result);
  return result;
}

// The same for a call that writes: the file isn't closed under it.
template <class Call>
auto Writing(Core& core, std::string_view name, Call&& call)
    -> decltype(call()) {
  const Pass pass(core.gate());
  if (!core.IsWritable(pass)) [[unlikely]] {
    if (Status writable = core.Writable(pass); !writable) {
      return Fail(core.Describe(name, std::move(writable).error()));
    }
  }
  auto result = call();
  core.Tell(name, result);
  return result;
}

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_CALL_H_
