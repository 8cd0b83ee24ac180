#include "mapfile/options.h"

#include <algorithm>
#include <cctype>

namespace mapfile {

const char* ModeName(Mode mode) {
  switch (mode) {
    case Mode::kRead: return "READ";
    case Mode::kCreate: return "CREATE";
    case Mode::kRecreate: return "RECREATE";
    case Mode::kUpdate: return "UPDATE";
  }
  return "?";
}

std::optional<Mode> ModeFromName(std::string_view name) {
  std::string upper(name);
  std::transform(
      upper.begin(), upper.end(), upper.begin(),
      [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (upper == "NEW") return Mode::kCreate;
  for (const Mode mode :
       {Mode::kRead, Mode::kCreate, Mode::kRecreate, Mode::kUpdate}) {
    if (upper == ModeName(mode)) return mode;
  }
  return std::nullopt;
}

}  // namespace mapfile
