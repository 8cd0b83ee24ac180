#include "lib/text/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr std::size_t kMaxNesting = 1024;
constexpr int kShownWidth = 32;

// Characters for nlohmann's parser, which doesn't tell where a value stood:
// the shared cursor does.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char** at, const char* end) : at_(at), end_(end) {}
  reference operator*() const { return **at_; }
  Cursor& operator++() {
    ++*at_;
    return *this;
  }
  // Only ever asked of the running one against the end.
  bool operator==(const Cursor& other) const { return *at_ == other.end_; }
  bool operator!=(const Cursor& other) const { return !(*this == other); }

 private:
  const char** at_;
  const char* end_;
};

bool InNumber(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' ||
         c == 'e' || c == 'E';
}

}  // namespace

// Takes the parser's events.
class JsonTreeBuilder {
 public:
  using json = nlohmann::json;

  explicit JsonTreeBuilder(std::string_view text)
      : text_(text), at_(text.data()) {}

  Result<JsonTree> Build() {
    const char* end = text_.data() + text_.size();
    if (json::sax_parse(Cursor(&at_, end), Cursor(&at_, end), this)) {
      return std::move(tree_);
    }
    return Fail(*std::move(error_));
  }

  // NOLINTBEGIN(readability-identifier-naming): nlohmann's names.
  bool null() { return Add(JsonKind::kNull, Position() - 4); }
  bool boolean(bool value) {
    const bool added = Add(JsonKind::kBool, Position() - (value ? 4 : 5));
    tree_.nodes_.back().flag = value;
    return added;
  }
  bool number_integer(json::number_integer_t) { return Number(); }
  bool number_unsigned(json::number_unsigned_t) { return Number(); }
  bool number_float(json::number_float_t, const std::string&) {
    return Number();
  }
  bool string(std::string& value) { return String(value, true); }
  bool key(std::string& value) { return String(value, false); }
  bool binary(json::binary_t&) { return false; }
  bool start_array(std::size_t) { return Open(JsonKind::kArray); }
  bool start_object(std::size_t) { return Open(JsonKind::kObject); }
  bool end_array() { return Close(); }
  bool end_object() { return Close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const json::exception& error) {
    // "[json.exception...] parse error at line 1, column 2: what is wrong", or
    // without the place.
    std::string_view why = error.what();
    for (const std::string_view end : {"] ", ": "}) {
      const std::size_t start = why.find(end);
      if (start != why.npos) why.remove_prefix(start + end.size());
    }
    return Refuse(position > 0 ? position - 1 : 0, Escape(why));
  }
  // NOLINTEND

 private:
  // Characters taken so far.
  std::size_t Position() const {
    return static_cast<std::size_t>(at_ - text_.data());
  }

  bool Refuse(std::size_t position, const std::string& why) {
    error_.emplace(
        Code::kInvalidArgument,
        fmt::format("{}: not JSON: {}", JsonTree::Where(text_, position), why));
    return false;
  }

  bool Add(JsonKind kind, std::size_t position, bool counts = true) {
    if (counts && !open_.empty()) ++tree_.nodes_[open_.back()].count;
    JsonNode node{kind};
    node.position = position;
    node.end = tree_.nodes_.size() + 1;
    tree_.nodes_.push_back(node);
    return true;
  }

  // The parser has read one character past a number, unless it was the last.
  bool Number() {
    std::size_t end = Position();
    if (!InNumber(text_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && InNumber(text_[begin - 1])) --begin;
    Add(JsonKind::kNumber, begin);
    tree_.nodes_.back().text = text_.substr(begin, end - begin);
    return true;
  }

  // Backwards from a closing quote, the opening one is the next that no odd
  // number of backslashes escapes.
  bool String(std::string& value, bool counts) {
    std::size_t begin = Position() - 1;
    for (std::size_t slashes = 1; slashes % 2 == 1;) {
      begin = text_.rfind('"', begin - 1);
      slashes = 0;
      while (slashes < begin && text_[begin - 1 - slashes] == '\\') ++slashes;
    }
    Add(JsonKind::kString, begin, counts);
    tree_.nodes_.back().text = tree_.strings_.emplace_back(std::move(value));
    return true;
  }

  bool Open(JsonKind kind) {
    if (open_.size() == kMaxNesting) {
      return Refuse(Position() - 1, "nested too deeply");
    }
    Add(kind, Position() - 1);
    open_.push_back(tree_.nodes_.size() - 1);
    return true;
  }

  bool Close() {
    tree_.nodes_[open_.back()].end = tree_.nodes_.size();
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  const char* at_;
  JsonTree tree_;
  std::vector<std::size_t> open_;  // Arrays and objects around the next node
  std::optional<Error> error_;
};

Result<JsonTree> JsonTree::Parse(std::string_view json) {
  return JsonTreeBuilder(json).Build();
}

std::string JsonTree::Describe(std::size_t i) const {
  const JsonNode& node = nodes_[i];
  switch (node.kind) {
    case JsonKind::kNull: return "null";
    case JsonKind::kBool: return node.flag ? "true" : "false";
    case JsonKind::kNumber: return Shorten(node.text, kShownWidth);
    case JsonKind::kString: return QuoteShort(node.text, kShownWidth);
    case JsonKind::kArray: return "an array";
    default: return "an object";
  }
}

std::string JsonTree::Where(std::string_view json, std::size_t position) {
  const std::string_view before = json.substr(0, position);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::string_view in_line = before.substr(before.rfind('\n') + 1);
  const auto column = std::count_if(in_line.begin(), in_line.end(),
                                    [](char c) { return (c & 0xc0) != 0x80; });
  return fmt::format("line {}, column {}", line, column + 1);
}

}  // namespace mapfile::text
