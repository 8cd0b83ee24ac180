#include "tools/common/tool.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <string>

#include "tools/common/version.h"

namespace mapfile::tools {
namespace {

// Fills closed standard descriptors, or the map file would get their number
// and messages would be written into it. What fills them can't be used for
// what they are for, so that it still is an error to.
void OccupyStandardDescriptors() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    const int flags = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::open("/dev/null", flags) < 0) return;
  }
}

int Execute(Tool& tool, int argc, const char* const* argv) {
  Arguments args(tool.name(), tool.summary());
  tool.Define(args);
  const Status parsed = args.Parse(argc, argv);
  Output output(tool.name(), args.Apply(StandardTerminal()), args.output());
  for (const char* const* word = argv; word != argv + argc; ++word) {
    if (std::strchr(*word, '\n') != nullptr) output.KeepInOneLine(*word);
  }
  if (!parsed) {
    output.Complain(parsed.error());
    output.Note("try '" + tool.name() + " --help'");
  } else if (args.wants_help()) {
    output.Write(args.Help());
  } else if (args.wants_version()) {
    output.Write(tool.name() + " (mapfile) " + kVersion + "\n");
  } else if (const Status status = tool.Run(output); !status) {
    output.Complain(status.error());
  }
  return static_cast<int>(output.Finish());
}

}  // namespace

int Main(Tool& tool, int argc, const char* const* argv) {
  OccupyStandardDescriptors();
  std::signal(SIGPIPE, SIG_IGN);
  // Output that may not get larger (ulimit -f) is an error, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  const std::string name = tool.name();
  try {
    return Execute(tool, argc, argv);
  } catch (const std::bad_alloc&) {
    // Unbuffered: it takes no memory.
    std::fprintf(stderr, "%s: out of memory\n", name.c_str());
    return static_cast<int>(ExitStatus::kSystem);
  }
}

}  // namespace mapfile::tools
