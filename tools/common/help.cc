#include "tools/common/help.h"

#include <fmt/format.h>

#include <string_view>

namespace mapfile::tools {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kTextColumn = 26;

// Appends the words of `text`, which begins at column `at`, in lines that
// are indented by `indent`.
void AppendWrapped(std::string& out, std::string_view text, std::size_t at,
                   std::size_t indent) {
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!first && at + 1 + word.size() > kWidth) {
      out += '\n';
      out.append(indent, ' ');
      at = indent;
      first = true;
    }
    if (!first) out += ' ';
    out += word;
    at += word.size() + (first ? 0 : 1);
    first = false;
  }
  out += '\n';
}

void AppendEntry(std::string& out, const HelpEntry& entry) {
  std::string head = "  " + entry.words;
  if (head.size() + 2 > kTextColumn) {
    out += head + '\n';
    head.clear();
  }
  head.resize(kTextColumn, ' ');
  out += head;
  AppendWrapped(out, entry.text, kTextColumn, kTextColumn);
}

}  // namespace

std::string FormatHelp(const HelpText& help) {
  std::string usage = fmt::format("Usage: {} [OPTION...]", help.tool);
  for (const std::string& word : help.usage) usage += " " + word;
  std::string out = usage + '\n';
  AppendWrapped(out, help.summary, 0, 0);
  out += '\n';
  for (const HelpEntry& entry : help.positionals) AppendEntry(out, entry);
  out += "\nOptions:\n";
  for (const HelpEntry& entry : help.options) AppendEntry(out, entry);
  out += '\n';
  for (const std::string& remark : help.remarks) {
    AppendWrapped(out, remark, 0, 0);
  }
  AppendWrapped(out,
                "Exit status: 0 done; 1 not found, no match, timed out; "
                "2 wrong arguments or type; 3 system error; 4 damaged file; "
                "5 exists, busy, or changed meanwhile.",
                0, 0);
  return out;
}

}  // namespace mapfile::tools
