// Tool: a command, without anything of the process around it.
#ifndef MAPFILE_TOOLS_COMMON_TOOL_H_
#define MAPFILE_TOOLS_COMMON_TOOL_H_

#include <string>

#include "mapfile/status.h"
#include "tools/common/arguments.h"
#include "tools/common/output.h"

namespace mapfile::tools {

// A tool declares its words and runs; it never sees argv, standard error or
// exit. Main() does the rest.
class Tool {
 public:
  virtual ~Tool() = default;

  virtual std::string name() const = 0;     // "mapfile-ls"
  virtual std::string summary() const = 0;  // One sentence, for --help

  virtual void Define(Arguments& args) = 0;
  // Its error is reported and decides the exit status, unless
  // output.Complain() was told of one before.
  [[nodiscard]] virtual Status Run(Output& output) = 0;
};

// Runs `tool` with the words in `argv`; returns the exit status of the
// process. Ignores SIGPIPE from here on, and makes descriptors 0 to 2 safe.
int Main(Tool& tool, int argc, const char* const* argv);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_TOOL_H_
