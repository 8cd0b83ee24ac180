#include "tools/common/put_type.h"

#include <set>
#include <string>
#include <vector>

#include "lib/text/utf8.h"

namespace mapfile::tools {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == ':';
}

// The names in an expression: "map", "string" and "Event" of
// "map<string,Event>".
std::set<std::string> WordsOf(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text) {
    if (IsWordCharacter(c)) {
      word += c;
      continue;
    }
    if (!word.empty()) words.insert(word);
    word.clear();
  }
  if (!word.empty()) words.insert(word);
  return words;
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// The newest type of `file` that describes a class called `name`; null: none.
std::shared_ptr<const Type> FindClass(const MapFile& file,
                                      std::string_view name) {
  std::shared_ptr<const Type> newest;
  // A table gives its ids in order.
  for (std::uint32_t id = 1;; ++id) {
    auto type = file.types().TypeOf(id);
    if (!type) return newest;
    for (const auto& cls : (*type)->classes()) {
      if (cls->name == name) newest = *type;
    }
  }
}

// Appends the classes that `type` describes, a line each. A name that is in
// `names` already stays as it was described first.
void AppendClasses(const Type& type, std::set<std::string>& names,
                   std::string& out) {
  for (const std::string_view line : LinesOf(type.text())) {
    constexpr std::string_view kKeyword = "class ";
    if (!line.starts_with(kKeyword)) continue;
    const std::string_view rest = line.substr(kKeyword.size());
    if (!names.emplace(rest.substr(0, rest.find(' '))).second) continue;
    out += '\n';
    out += line;
  }
}

}  // namespace

Result<std::shared_ptr<const Type>> ParsePutType(const MapFile& file,
                                                 std::string_view text) {
  auto parsed = Type::Parse(text);
  if (parsed || text.find('\n') != std::string_view::npos) return parsed;
  std::string description(text);
  std::set<std::string> names;
  for (const std::string& word : WordsOf(text)) {
    const auto type = FindClass(file, word);
    if (type) AppendClasses(*type, names, description);
  }
  if (names.empty()) return Fail(parsed.error().In(text::Quote(text)));
  return Type::Parse(description);
}

}  // namespace mapfile::tools
