// TypeParser: from the text of a description to its tree and its layout.
#ifndef MAPFILE_LIB_TYPES_TYPE_PARSER_H_
#define MAPFILE_LIB_TYPES_TYPE_PARSER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile {

// Reads one description; the text is untrusted.
class TypeParser {
 public:
  explicit TypeParser(std::string_view text) : text_(text) {}

  [[nodiscard]] Result<std::shared_ptr<const Type>> Parse();

 private:
  // A class that was mentioned; defined once its text was read.
  struct Entry {
    std::unique_ptr<ClassNode> node = std::make_unique<ClassNode>();
    bool defined = false;
  };

  // Words and signs.
  void SkipSpace();
  bool Accept(char sign);
  Status Expect(char sign);
  Result<std::string_view> Word(const char* what);
  Result<std::uint64_t> Number(const char* what, std::uint64_t most);
  tl::unexpected<Error> Wrong(const std::string& what) const;

  // The grammar's rules.
  Result<TypeNode> Expression(int depth);
  Result<TypeNode> Template(Kind kind, int depth);
  Result<TypeNode> ClassOrPointer(std::string_view name);
  Status Class();
  Status Bases(ClassNode& node);
  Status Fields(ClassNode& node);

  ClassNode* Mention(std::string_view name);
  Status CheckDefined() const;
  void Adopt(Type& type, const TypeNode& node);

  std::string_view text_;
  std::size_t at_ = 0;
  std::unordered_map<std::string, Entry> classes_;
};

// The canonical text of an expression.
void AppendExpression(const TypeNode& node, std::string& text);
void AppendClass(const ClassNode& node, std::string& text);

// Gives sizes, alignments and offsets to a root expression and its classes.
// InvalidArgument: a class lies inside itself, or something is too large.
[[nodiscard]] Status LayOut(
    TypeNode& root, const std::vector<std::unique_ptr<ClassNode>>& classes);

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_TYPE_PARSER_H_
