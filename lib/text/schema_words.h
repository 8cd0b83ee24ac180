// What may be the name of what in a description.
#ifndef MAPFILE_LIB_TEXT_SCHEMA_WORDS_H_
#define MAPFILE_LIB_TEXT_SCHEMA_WORDS_H_

#include <algorithm>
#include <string_view>

#include "lib/types/kinds.h"

namespace mapfile::text {

// A letter or underscore, then letters, digits and underscores.
inline bool IsFieldName(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto is_part = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  };
  return !text.empty() && is_letter(text[0]) &&
         std::all_of(text.begin(), text.end(), is_part);
}

// Several of them, too: "Event", "daq::Event".
inline bool IsClassName(std::string_view text) {
  for (;;) {
    const std::size_t end = text.find("::");
    if (!IsFieldName(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 2);
  }
}

// A word of the language: "u8", "double", "vector", "class".
inline bool IsReserved(std::string_view name) {
  return name == "class" || KindOfWord(name).has_value();
}

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_SCHEMA_WORDS_H_
