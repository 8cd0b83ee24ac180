#include "tools/common/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>

namespace mapfile::tools {
namespace {

constexpr int kDefaultWidth = 80;
constexpr int kMinWidth = 20;
constexpr int kMaxWidth = 10000;
constexpr int kMinHeight = 8;
constexpr int kMaxHeight = 1000;

std::string_view Get(const Environment& environment, const char* name) {
  const char* value = environment(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// The number in `text`; 0: it isn't a sensible size.
int ParseSize(std::string_view text) {
  int size = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, size);
  if (error != std::errc() || stop != end || size <= 0) return 0;
  return size;
}

bool IsUtf8Locale(const Environment& environment) {
  std::string locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    locale = Get(environment, name);
    if (!locale.empty()) break;
  }
  for (char& c : locale) c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
  return locale.find("utf-8") != std::string::npos ||
         locale.find("utf8") != std::string::npos;
}

}  // namespace

Terminal DescribeTerminal(bool is_terminal, TerminalSize size,
                          const Environment& environment) {
  Terminal terminal;
  terminal.is_terminal = is_terminal;
  int width = is_terminal ? size.columns : 0;
  if (width <= 0) width = ParseSize(Get(environment, "COLUMNS"));
  if (width <= 0 && is_terminal) width = kDefaultWidth;
  if (width > 0) {
    terminal.width = std::clamp(width, kMinWidth, kMaxWidth);
    terminal.table_width = terminal.width;
  }
  int height = is_terminal ? size.lines : 0;
  if (height <= 0) height = ParseSize(Get(environment, "LINES"));
  if (height > 0) terminal.height = std::clamp(height, kMinHeight, kMaxHeight);
  const std::string_view term = Get(environment, "TERM");
  terminal.color = is_terminal && Get(environment, "NO_COLOR").empty() &&
                   !term.empty() && term != "dumb";
  terminal.unicode = IsUtf8Locale(environment);
  return terminal;
}

Terminal StandardTerminal() {
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  winsize size = {};
  const bool known =
      is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  const TerminalSize known_size =
      known ? TerminalSize{size.ws_col, size.ws_row} : TerminalSize{};
  return DescribeTerminal(is_terminal, known_size,
                          [](const char* name) { return std::getenv(name); });
}

}  // namespace mapfile::tools
