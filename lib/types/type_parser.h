// TypeParser: reads the text of a description; the only maker of Types.
#ifndef MAPFILE_LIB_TYPES_TYPE_PARSER_H_
#define MAPFILE_LIB_TYPES_TYPE_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile {

// Parses one text, once. The text is untrusted.
class TypeParser {
 public:
  explicit TypeParser(std::string_view text) : text_(text) {}

  [[nodiscard]] Result<std::shared_ptr<const Type>> Parse();

 private:
  // A class that was mentioned, and perhaps described.
  struct Mention {
    std::unique_ptr<ClassNode> cls;
    std::size_t at = 0;
    bool described = false;
  };

  // Each reads one rule of the grammar.
  Status Text(TypeNode& root);
  Status Class();
  Status BaseNames(ClassNode& cls);
  Status Fields(ClassNode& cls);
  Result<TypeNode> Expr(int depth);
  Result<TypeNode> Generic(Kind kind, int depth);
  Result<TypeNode> Named(std::string_view name, std::size_t at);
  Status ArrayCount(TypeNode& array);

  // Tokens. Space between them is skipped.
  void SkipSpace();
  char Peek();
  bool Take(char c);
  Status Expect(char c);
  Result<std::string_view> Word(const char* what, bool qualified);
  Result<std::uint64_t> Number(std::uint64_t max);
  tl::unexpected<Error> Refuse(std::size_t at, const std::string& why) const;

  Mention& MentionOf(std::string_view name, std::size_t at);
  Status CheckMentions() const;
  // Moves the classes that `root` leads to into `type`, in the order in
  // which they are first mentioned.
  void Collect(const TypeNode& root, Type& type);
  void CollectFrom(const TypeNode& node, std::vector<std::string>& names,
                   std::set<std::string>& seen) const;

  std::string_view text_;
  std::size_t next_ = 0;
  std::map<std::string, Mention, std::less<>> classes_;
};

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_TYPE_PARSER_H_
