#include "lib/text/glob.h"

#include <algorithm>

#include "lib/base/try.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

// Takes the first character of `text`; an invalid byte can't equal a valid
// character, so it gets a value above all of them.
char32_t Take(std::string_view& text) {
  const CodePoint c = NextCodePoint(text);
  text.remove_prefix(c.size);
  return c.valid ? c.value : c.value + 0x110000;
}

}  // namespace

bool Glob::IsPattern(std::string_view pattern) {
  return pattern.find_first_of("*?[\\") != std::string_view::npos;
}

Result<Glob> Glob::Parse(std::string_view pattern) {
  Glob glob;
  std::string_view rest = pattern;
  bool at_element_start = true;
  while (!rest.empty()) {
    const char first = rest[0];
    auto status = glob.Add(rest, at_element_start);
    if (!status) return Fail(status.error().In(Quote(pattern)));
    at_element_start = first == '/';
  }
  return glob;
}

Status Glob::Add(std::string_view& rest, bool at_element_start) {
  if (rest.starts_with("**/") && at_element_start) {
    rest.remove_prefix(2);  // Its slash makes the next one an element's start
    tokens_.push_back({Op::kFolders});
    tokens_.push_back({Op::kInFolder});
    rest.remove_prefix(1);
    while (rest.starts_with("**/")) rest.remove_prefix(3);
    return {};
  }
  if (rest.starts_with("**")) {
    rest.remove_prefix(2);
    tokens_.push_back({Op::kAll});
    return {};
  }
  if (rest.starts_with('[')) return AddSet(rest);
  const char32_t c = Take(rest);
  if (c == '*') {
    tokens_.push_back({Op::kStar});
  } else if (c == '?') {
    tokens_.push_back({Op::kAny});
  } else if (c != '\\') {
    tokens_.push_back({Op::kChar, c});
  } else if (rest.empty()) {
    return Fail(Code::kInvalidArgument, "nothing follows the last backslash");
  } else {
    tokens_.push_back({Op::kChar, Take(rest)});
  }
  return {};
}

Status Glob::AddSet(std::string_view& rest) {
  rest.remove_prefix(1);
  Token token{Op::kSet};
  token.negated = rest.starts_with('!') || rest.starts_with('^');
  if (token.negated) rest.remove_prefix(1);
  // A "]" that comes first is a member, as in every shell.
  for (bool first = true; first || !rest.starts_with(']'); first = false) {
    if (rest.starts_with('\\')) rest.remove_prefix(1);
    if (rest.empty()) return Fail(Code::kInvalidArgument, "'[' without ']'");
    const char32_t low = Take(rest);
    char32_t high = low;
    if (rest.size() >= 2 && rest[0] == '-' && rest[1] != ']') {
      rest.remove_prefix(1);
      high = Take(rest);
    }
    token.set.push_back({low, high});
  }
  rest.remove_prefix(1);
  tokens_.push_back(std::move(token));
  return {};
}

void Glob::Enter(std::size_t i, std::vector<bool>& states) const {
  // An open state has entered all that follows from it before.
  while (!states[i]) {
    states[i] = true;
    if (i == tokens_.size()) return;
    const Op op = tokens_[i].op;
    if (op == Op::kFolders) {
      states[i + 1] = true;
      i += 2;
    } else if (op == Op::kStar || op == Op::kAll) {
      i += 1;
    } else {
      return;
    }
  }
}

void Glob::Step(std::size_t i, char32_t c, std::vector<bool>& next) const {
  const Token& token = tokens_[i];
  switch (token.op) {
    case Op::kChar:
      if (c == token.c) Enter(i + 1, next);
      return;
    case Op::kAny:
      if (c != '/') Enter(i + 1, next);
      return;
    case Op::kSet: {
      const bool in = std::any_of(
          token.set.begin(), token.set.end(), [c](const Range& range) {
            return range.first <= c && c <= range.second;
          });
      if (in != token.negated && c != '/') Enter(i + 1, next);
      return;
    }
    case Op::kStar:
      if (c != '/') Enter(i, next);
      return;
    case Op::kAll:
      Enter(i, next);
      return;
    case Op::kFolders:
      return;
    case Op::kInFolder:
      next[i] = true;
      if (c == '/') Enter(i + 1, next);
      return;
  }
}

bool Glob::Matches(std::string_view name) const {
  std::vector<bool> now(tokens_.size() + 1);
  std::vector<bool> next(tokens_.size() + 1);
  Enter(0, now);
  while (!name.empty()) {
    const char32_t c = Take(name);
    std::fill(next.begin(), next.end(), false);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (now[i]) Step(i, c, next);
    }
    now.swap(next);
  }
  return now[tokens_.size()];
}

}  // namespace mapfile::text
