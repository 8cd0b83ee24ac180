// The text of --help.
#ifndef MAPFILE_TOOLS_COMMON_HELP_H_
#define MAPFILE_TOOLS_COMMON_HELP_H_

#include <string>
#include <vector>

namespace mapfile::tools {

struct HelpEntry {
  std::string words;  // "-l, --long", "--size BYTES", "FILE"
  std::string text;
};

struct HelpText {
  std::string tool;                // "mapfile-ls"
  std::string summary;             // One sentence
  std::vector<std::string> usage;  // "FILE", "[NAME...]"
  std::vector<HelpEntry> positionals;
  std::vector<HelpEntry> options;
  std::vector<std::string> remarks;  // Below the options
};

// Lines of at most 80 columns.
std::string FormatHelp(const HelpText& help);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_HELP_H_
