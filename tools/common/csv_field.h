// A field of CSV (RFC 4180).
#ifndef MAPFILE_TOOLS_COMMON_CSV_FIELD_H_
#define MAPFILE_TOOLS_COMMON_CSV_FIELD_H_

#include <string>
#include <string_view>

namespace mapfile::tools {

// Appends `text`: quotes around what needs them, doubled inside.
inline void AppendCsv(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_CSV_FIELD_H_
