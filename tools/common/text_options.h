// The terminal, in the words of the library's text functions.
#ifndef MAPFILE_TOOLS_COMMON_TEXT_OPTIONS_H_
#define MAPFILE_TOOLS_COMMON_TEXT_OPTIONS_H_

#include "mapfile/text.h"
#include "tools/common/terminal.h"

namespace mapfile::tools {

inline TextOptions TextOptionsOf(const Terminal& terminal) {
  TextOptions options;
  options.width = terminal.width;
  options.unicode = terminal.unicode;
  options.color = terminal.color;
  // What was typed before, and the prompt after.
  options.height = terminal.height - 2;
  return options;
}

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_TEXT_OPTIONS_H_
