#include "tools/common/put_type.h"

#include <string>

#include "lib/text/class_pool.h"
#include "lib/text/utf8.h"
#include "tools/common/file_classes.h"

namespace mapfile::tools {

Result<std::shared_ptr<const Type>> ParsePutType(
    const MapFile& file, std::string_view text,
    const std::vector<std::shared_ptr<const Type>>& described) {
  auto parsed = Type::Parse(text);
  if (parsed || text.find('\n') != std::string_view::npos) return parsed;
  text::ClassPool pool;
  for (const auto& type : described) pool.Add(*type);
  bool is_known = false;
  for (const std::string& word : text::WordsOf(text)) {
    if (!pool.Has(word)) {
      const auto type = FindClass(file, word);
      if (type != nullptr) pool.Add(*type);
    }
    is_known = is_known || pool.Has(word);
  }
  if (!is_known) return Fail(parsed.error().In(text::Quote(text)));
  return pool.Parse(text);
}

}  // namespace mapfile::tools
