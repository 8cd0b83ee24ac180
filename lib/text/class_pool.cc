#include "lib/text/class_pool.h"

#include <vector>

#include "lib/types/type_text.h"

namespace mapfile::text {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == ':';
}

}  // namespace

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

void ClassPool::Add(const Type& type) {
  for (const auto& cls : type.classes()) Add(cls->name, ClassText(*cls));
}

Result<std::shared_ptr<const Type>> ClassPool::Parse(
    std::string_view expression) const {
  std::string description(expression);
  std::set<std::string_view> taken;
  std::vector<std::string_view> texts = {expression};
  // Names of fields are among the words, too: a class too many does no harm,
  // since Parse drops it.
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const std::string& word : WordsOf(texts[i])) {
      const auto line = lines_.find(word);
      if (line == lines_.end() || !taken.insert(line->first).second) continue;
      description += line->second;
      texts.push_back(line->second);
    }
  }
  return Type::Parse(description);
}

}  // namespace mapfile::text
