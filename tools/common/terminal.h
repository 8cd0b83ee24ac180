// Terminal: what the environment says about where output goes.
#ifndef MAPFILE_TOOLS_COMMON_TERMINAL_H_
#define MAPFILE_TOOLS_COMMON_TERMINAL_H_

#include <functional>
#include <string_view>

namespace mapfile::tools {

struct Terminal {
  bool is_terminal = false;  // Standard output is one
  int width = 80;            // Columns for drawings
  int table_width = 0;       // Columns for tables; 0: no limit
  int height = 24;           // Lines for drawings
  bool color = false;
  bool unicode = false;
};

// Looks up a variable of the environment; null: it isn't set.
using Environment = std::function<const char*(const char*)>;

struct TerminalSize {
  int columns = 0;
  int lines = 0;
};

// `size`: that of the terminal, 0 if output isn't one. Its width comes from
// there, else from COLUMNS, else it is 80, its height likewise from LINES,
// else it is 24; a table that goes to a pipe
// is cut only if COLUMNS says so, or data would get lost on its way to grep.
// NO_COLOR and TERM=dumb end colours; LC_ALL, LC_CTYPE or LANG, the first of
// them that is set, tells whether characters beyond ASCII are understood.
Terminal DescribeTerminal(bool is_terminal, TerminalSize size,
                          const Environment& environment);

// The terminal that standard output is, in the environment of this process.
Terminal StandardTerminal();

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_TERMINAL_H_
