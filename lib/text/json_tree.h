// JsonTree: a parsed JSON document that remembers where everything stood.
#ifndef MAPFILE_LIB_TEXT_JSON_TREE_H_
#define MAPFILE_LIB_TEXT_JSON_TREE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"

namespace mapfile::text {

enum class JsonKind : std::uint8_t {
  kNull,
  kBool,
  kNumber,
  kString,
  kArray,
  kObject,
};

// A node. Those inside an array follow it, each with all of its own, up to
// `end`; inside an object, keys (strings) and values take turns.
struct JsonNode {
  JsonKind kind = JsonKind::kNull;
  bool flag = false;         // kBool
  std::size_t position = 0;  // Of its first character in the document
  std::size_t end = 0;       // Index of the next node that isn't inside
  std::size_t count = 0;     // Elements, or pairs
  // A number as written, so that it is read by the rules of its type; a
  // string without quotes and escapes.
  std::string_view text = {};
};

class JsonTree {
 public:
  // Borrows `json`. InvalidArgument, with line and column: not JSON, or
  // nested deeper than 1024.
  [[nodiscard]] static Result<JsonTree> Parse(std::string_view json);

  // Node 0 is the document.
  const JsonNode& operator[](std::size_t i) const { return nodes_[i]; }

  // What a node is, for messages: its text if it is short, else its kind.
  std::string Describe(std::size_t i) const;

  // "line 3, column 14"; columns count characters from 1.
  static std::string Where(std::string_view json, std::size_t position);

 private:
  friend class JsonTreeBuilder;
  std::vector<JsonNode> nodes_;
  std::deque<std::string> strings_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_JSON_TREE_H_
