// Globs over record names, everywhere the same.
//
//     ?        one character, but no slash
//     *        any characters, but no slash
//     **       any characters, slashes included
//     **/      any number of whole folders, none included (at the start of a
//              path element)
//     [a-z_]   one character of a set; [!...] or [^...]: one not in it
//     \x       x itself
//
// fnmatch(3) knows no `**` and depends on the locale. A name without any of
// these characters matches only itself. Case counts; a leading dot means
// nothing. Matching takes time proportional to pattern times name at worst.
#ifndef MAPFILE_LIB_TEXT_GLOB_H_
#define MAPFILE_LIB_TEXT_GLOB_H_

#include <string_view>
#include <utility>
#include <vector>

#include "mapfile/status.h"

namespace mapfile::text {

class Glob {
 public:
  // InvalidArgument: "[" without its "]", or a lone "\" at the end.
  [[nodiscard]] static Result<Glob> Parse(std::string_view pattern);

  bool Matches(std::string_view name) const;

  // Whether `pattern` has characters that make it more than a plain name.
  static bool IsPattern(std::string_view pattern);

 private:
  enum class Op { kChar, kAny, kSet, kStar, kAll, kFolders, kInFolder };
  using Range = std::pair<char32_t, char32_t>;
  struct Token {
    Op op;
    char32_t c = 0;
    bool negated = false;
    std::vector<Range> set = {};
  };

  Status Add(std::string_view& rest, bool at_element_start);
  Status AddSet(std::string_view& rest);
  // Marks state `i` and all that it reaches without a character.
  void Enter(std::size_t i, std::vector<bool>& states) const;
  void Step(std::size_t i, char32_t c, std::vector<bool>& next) const;

  std::vector<Token> tokens_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_GLOB_H_
