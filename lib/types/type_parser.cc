#include "lib/types/type_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "lib/base/hash.h"
#include "lib/base/try.h"
#include "lib/format/layout.h"
#include "lib/types/kinds.h"
#include "lib/types/type_layout.h"
#include "lib/types/type_text.h"

namespace mapfile {
namespace {

constexpr std::string_view kClassWord = "class";

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Result<std::shared_ptr<const Type>> TypeParser::Parse() {
  if (text_.size() > format::kMaxTypeSize) {
    return Fail(Code::kInvalidArgument,
                fmt::format("a description of {} bytes: at most {} are allowed",
                            text_.size(), format::kMaxTypeSize));
  }
  std::shared_ptr<Type> type(new Type);
  MAPFILE_RETURN_IF_ERROR(Text(type->root_));
  MAPFILE_RETURN_IF_ERROR(CheckMentions());
  Collect(type->root_, *type);
  MAPFILE_RETURN_IF_ERROR(LayOut(type->root_, type->classes_));
  type->name_ = ExprText(type->root_);
  type->text_ = type->name_;
  for (const auto& cls : type->classes_) type->text_ += ClassText(*cls);
  if (type->text_.size() > format::kMaxTypeSize) {
    return Fail(Code::kInvalidArgument, "the description is too long");
  }
  type->hash_ = HashText(type->text_, 0);
  return std::shared_ptr<const Type>(std::move(type));
}

Status TypeParser::Text(TypeNode& root) {
  MAPFILE_ASSIGN_OR_RETURN(root, Expr(1));
  while (Peek() != '\0' || next_ < text_.size()) {
    MAPFILE_RETURN_IF_ERROR(Class());
  }
  return {};
}

Status TypeParser::Class() {
  SkipSpace();
  const std::size_t start = next_;
  MAPFILE_ASSIGN_OR_RETURN(const auto word, Word("\"class\"", false));
  if (word != kClassWord) return Refuse(start, "expected \"class\"");
  SkipSpace();
  const std::size_t at = next_;
  MAPFILE_ASSIGN_OR_RETURN(const auto name, Word("the name of a class", true));
  if (KindOfWord(name) || name == kClassWord) {
    return Refuse(at, fmt::format("a class can't be called {}", name));
  }
  Mention& mention = MentionOf(name, at);
  if (mention.described) {
    return Refuse(at, fmt::format("class {} is described twice", name));
  }
  mention.described = true;
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t version, Number(0xffffffff));
  mention.cls->version = static_cast<std::uint32_t>(version);
  if (Take(':')) MAPFILE_RETURN_IF_ERROR(BaseNames(*mention.cls));
  return Fields(*mention.cls);
}

Status TypeParser::BaseNames(ClassNode& cls) {
  std::set<std::string_view> names;
  do {
    SkipSpace();
    const std::size_t at = next_;
    MAPFILE_ASSIGN_OR_RETURN(const auto name, Word("the name of a base", true));
    if (!names.insert(name).second) {
      return Refuse(at, fmt::format("base {} is named twice", name));
    }
    MAPFILE_ASSIGN_OR_RETURN(TypeNode type, Named(name, at));
    cls.bases.push_back({std::string(name), std::move(type)});
  } while (Take(','));
  return {};
}

Status TypeParser::Fields(ClassNode& cls) {
  MAPFILE_RETURN_IF_ERROR(Expect('{'));
  std::set<std::string_view> names;
  while (!Take('}')) {
    FieldNode field;
    MAPFILE_ASSIGN_OR_RETURN(field.type, Expr(1));
    SkipSpace();
    const std::size_t at = next_;
    MAPFILE_ASSIGN_OR_RETURN(const auto name, Word("the name of a field",
                                                   false));
    if (!names.insert(name).second) {
      return Refuse(at, fmt::format("field {} is there twice", name));
    }
    field.name = std::string(name);
    cls.fields.push_back(std::move(field));
    MAPFILE_RETURN_IF_ERROR(Expect(';'));
  }
  return {};
}

Result<TypeNode> TypeParser::Expr(int depth) {
  SkipSpace();
  const std::size_t at = next_;
  if (depth > kMaxTypeDepth) {
    return Refuse(at, fmt::format("nested deeper than {}", kMaxTypeDepth));
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto word, Word("a type", true));
  const auto kind = KindOfWord(word);
  if (!kind) {
    MAPFILE_ASSIGN_OR_RETURN(TypeNode node, Named(word, at));
    if (Take('*')) node.kind = Kind::kPointer;
    return node;
  }
  if (*kind <= Kind::kBytes) return TypeNode{*kind};
  return Generic(*kind, depth);
}

Result<TypeNode> TypeParser::Named(std::string_view name, std::size_t at) {
  if (KindOfWord(name) || name == kClassWord) {
    return Refuse(at, fmt::format("{} is not the name of a class", name));
  }
  TypeNode node{Kind::kClass};
  node.cls = MentionOf(name, at).cls.get();
  return node;
}

Result<TypeNode> TypeParser::Generic(Kind kind, int depth) {
  TypeNode node{kind};
  MAPFILE_RETURN_IF_ERROR(Expect('<'));
  do {
    MAPFILE_ASSIGN_OR_RETURN(TypeNode child, Expr(depth + 1));
    node.children.push_back(std::move(child));
    if (kind == Kind::kArray) {
      MAPFILE_RETURN_IF_ERROR(ArrayCount(node));
      break;
    }
  } while ((kind == Kind::kVariant ||
            (kind == Kind::kMap && node.children.size() < 2)) &&
           Take(','));
  if (kind == Kind::kMap && node.children.size() < 2) {
    MAPFILE_RETURN_IF_ERROR(Expect(','));
  }
  MAPFILE_RETURN_IF_ERROR(Expect('>'));
  return node;
}

Status TypeParser::ArrayCount(TypeNode& array) {
  MAPFILE_RETURN_IF_ERROR(Expect(','));
  MAPFILE_ASSIGN_OR_RETURN(array.count, Number(kMaxTypeBytes));
  return {};
}

void TypeParser::SkipSpace() {
  while (next_ < text_.size() &&
         std::string_view(" \t\r\n").find(text_[next_]) != text_.npos) {
    ++next_;
  }
}

char TypeParser::Peek() {
  SkipSpace();
  return next_ < text_.size() ? text_[next_] : '\0';
}

bool TypeParser::Take(char c) {
  if (Peek() != c || next_ == text_.size()) return false;
  ++next_;
  return true;
}

Status TypeParser::Expect(char c) {
  if (Take(c)) return {};
  return Refuse(next_, fmt::format("expected '{}'", c));
}

Result<std::string_view> TypeParser::Word(const char* what, bool qualified) {
  SkipSpace();
  const std::size_t start = next_;
  for (;;) {
    const std::size_t begin = next_;
    while (next_ < text_.size() &&
           (IsLetter(text_[next_]) ||
            (next_ > begin && IsDigit(text_[next_])))) {
      ++next_;
    }
    if (next_ == begin) return Refuse(next_, fmt::format("expected {}", what));
    if (!qualified || !text_.substr(next_).starts_with("::")) break;
    next_ += 2;
  }
  return text_.substr(start, next_ - start);
}

Result<std::uint64_t> TypeParser::Number(std::uint64_t max) {
  SkipSpace();
  std::uint64_t value = 0;
  const char* const begin = text_.data() + next_;
  const auto [end, error] =
      std::from_chars(begin, text_.data() + text_.size(), value);
  if (end == begin) return Refuse(next_, "expected a number");
  if (error != std::errc() || value > max) {
    return Refuse(next_, fmt::format("a number over {}", max));
  }
  next_ += static_cast<std::size_t>(end - begin);
  return value;
}

tl::unexpected<Error> TypeParser::Refuse(std::size_t at,
                                         const std::string& why) const {
  return Fail(Code::kInvalidArgument,
              fmt::format("at character {} of the description: {}", at + 1,
                          why));
}

TypeParser::Mention& TypeParser::MentionOf(std::string_view name,
                                           std::size_t at) {
  const auto found = classes_.find(name);
  if (found != classes_.end()) return found->second;
  Mention mention{std::make_unique<ClassNode>(), at};
  mention.cls->name = std::string(name);
  return classes_.emplace(name, std::move(mention)).first->second;
}

Status TypeParser::CheckMentions() const {
  for (const auto& [name, mention] : classes_) {
    if (mention.described) continue;
    return Refuse(mention.at,
                  fmt::format("{} is neither a type nor a class that is "
                              "described here",
                              name));
  }
  return {};
}

void TypeParser::CollectFrom(const TypeNode& node,
                             std::vector<std::string>& names,
                             std::set<std::string>& seen) const {
  if (node.cls != nullptr && seen.insert(node.cls->name).second) {
    names.push_back(node.cls->name);
  }
  for (const TypeNode& child : node.children) CollectFrom(child, names, seen);
}

void TypeParser::Collect(const TypeNode& root, Type& type) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  CollectFrom(root, names, seen);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ClassNode& cls = *classes_.find(names[i])->second.cls;
    for (const auto& base : cls.bases) CollectFrom(base.type, names, seen);
    for (const auto& field : cls.fields) CollectFrom(field.type, names, seen);
  }
  for (const std::string& name : names) {
    type.classes_.push_back(std::move(classes_.find(name)->second.cls));
  }
}

Result<std::shared_ptr<const Type>> Type::Parse(std::string_view text) {
  return TypeParser(text).Parse();
}

}  // namespace mapfile
