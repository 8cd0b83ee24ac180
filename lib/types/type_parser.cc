#include "lib/types/type_parser.h"

#include <array>
#include <charconv>
#include <unordered_set>
#include <utility>

#include "lib/base/hash.h"
#include "lib/base/try.h"
#include "lib/format/layout.h"

namespace mapfile {
namespace {

constexpr int kMaxDepth = 64;
constexpr std::uint64_t kMaxCount = std::uint64_t{1} << 40;

struct ScalarName {
  std::string_view name;
  Kind kind;
};
constexpr std::array kScalars = {
    ScalarName{"bool", Kind::kBool},    ScalarName{"i8", Kind::kI8},
    ScalarName{"i16", Kind::kI16},      ScalarName{"i32", Kind::kI32},
    ScalarName{"i64", Kind::kI64},      ScalarName{"u8", Kind::kU8},
    ScalarName{"u16", Kind::kU16},      ScalarName{"u32", Kind::kU32},
    ScalarName{"u64", Kind::kU64},      ScalarName{"f32", Kind::kF32},
    ScalarName{"f64", Kind::kF64},      ScalarName{"string", Kind::kString},
    ScalarName{"bytes", Kind::kBytes},  ScalarName{"int8", Kind::kI8},
    ScalarName{"int16", Kind::kI16},    ScalarName{"int32", Kind::kI32},
    ScalarName{"int64", Kind::kI64},    ScalarName{"uint8", Kind::kU8},
    ScalarName{"uint16", Kind::kU16},   ScalarName{"uint32", Kind::kU32},
    ScalarName{"uint64", Kind::kU64},   ScalarName{"float32", Kind::kF32},
    ScalarName{"float64", Kind::kF64},  ScalarName{"float", Kind::kF32},
    ScalarName{"double", Kind::kF64},   ScalarName{"int", Kind::kI32},
};
constexpr std::array kTemplates = {
    ScalarName{"array", Kind::kArray},
    ScalarName{"vector", Kind::kVector},
    ScalarName{"map", Kind::kMap},
    ScalarName{"optional", Kind::kOptional},
    ScalarName{"variant", Kind::kVariant},
};

bool IsWordStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsWord(char c) { return IsWordStart(c) || (c >= '0' && c <= '9'); }
bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

template <class Table>
const ScalarName* Look(const Table& table, std::string_view name) {
  for (const ScalarName& entry : table) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

bool IsReserved(std::string_view name) {
  return name == "class" || Look(kScalars, name) != nullptr ||
         Look(kTemplates, name) != nullptr;
}

}  // namespace

// --- Words and signs ---------------------------------------------------------

tl::unexpected<Error> TypeParser::Wrong(const std::string& what) const {
  return Fail(Code::kInvalidArgument, "not a description of a type: " + what +
                                          " at position " +
                                          std::to_string(at_));
}

void TypeParser::SkipSpace() {
  while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
}

bool TypeParser::Accept(char sign) {
  SkipSpace();
  if (at_ == text_.size() || text_[at_] != sign) return false;
  ++at_;
  return true;
}

Status TypeParser::Expect(char sign) {
  if (Accept(sign)) return {};
  return Wrong(std::string("'") + sign + "' is missing");
}

// A name; those of classes may have "::" inside.
Result<std::string_view> TypeParser::Word(const char* what) {
  SkipSpace();
  const std::size_t begin = at_;
  while (at_ < text_.size() && IsWordStart(text_[at_])) {
    while (at_ < text_.size() && IsWord(text_[at_])) ++at_;
    if (text_.substr(at_, 2) == "::") at_ += 2;
  }
  if (at_ == begin) return Wrong(std::string(what) + " is missing");
  return text_.substr(begin, at_ - begin);
}

Result<std::uint64_t> TypeParser::Number(const char* what,
                                         std::uint64_t most) {
  SkipSpace();
  std::uint64_t value = 0;
  const char* const begin = text_.data() + at_;
  const char* const end = text_.data() + text_.size();
  const auto parsed = std::from_chars(begin, end, value);
  if (parsed.ec != std::errc() || value > most) {
    return Wrong(std::string(what) + " is missing or too large");
  }
  at_ += static_cast<std::size_t>(parsed.ptr - begin);
  return value;
}

// --- Rules -------------------------------------------------------------------

ClassNode* TypeParser::Mention(std::string_view name) {
  Entry& entry = classes_[std::string(name)];
  if (entry.node->name.empty()) entry.node->name = name;
  return entry.node.get();
}

Result<TypeNode> TypeParser::ClassOrPointer(std::string_view name) {
  if (name == "class") return Wrong("a type is missing");
  TypeNode node{Kind::kClass};
  node.cls = Mention(name);
  if (Accept('*')) node.kind = Kind::kPointer;
  return node;
}

Result<TypeNode> TypeParser::Template(Kind kind, int depth) {
  TypeNode node{kind};
  MAPFILE_RETURN_IF_ERROR(Expect('<'));
  do {
    if (kind == Kind::kArray && node.children.size() == 1) {
      MAPFILE_ASSIGN_OR_RETURN(node.count,
                               Number("the length of an array", kMaxCount));
      break;
    }
    MAPFILE_ASSIGN_OR_RETURN(TypeNode child, Expression(depth + 1));
    node.children.push_back(std::move(child));
  } while (Accept(','));
  MAPFILE_RETURN_IF_ERROR(Expect('>'));
  const std::size_t children = node.children.size();
  const std::size_t wanted = kind == Kind::kMap ? 2 : 1;
  if (kind != Kind::kVariant && children != wanted) {
    return Wrong("a wrong number of types between '<' and '>'");
  }
  if (kind == Kind::kArray && node.count == 0) {
    return Wrong("an array without elements");
  }
  return node;
}

Result<TypeNode> TypeParser::Expression(int depth) {
  if (depth > kMaxDepth) return Wrong("types nested too deep");
  MAPFILE_ASSIGN_OR_RETURN(const std::string_view name, Word("a type"));
  if (const auto* scalar = Look(kScalars, name)) {
    return TypeNode{scalar->kind};
  }
  if (const auto* with = Look(kTemplates, name)) {
    return Template(with->kind, depth);
  }
  return ClassOrPointer(name);
}

Status TypeParser::Bases(ClassNode& node) {
  if (!Accept(':')) return {};
  do {
    MAPFILE_ASSIGN_OR_RETURN(const std::string_view name, Word("a base"));
    if (IsReserved(name)) return Wrong("a base that is no class");
    FieldNode base;
    base.name = name;
    base.type.kind = Kind::kClass;
    base.type.cls = Mention(name);
    node.bases.push_back(std::move(base));
  } while (Accept(','));
  return {};
}

Status TypeParser::Fields(ClassNode& node) {
  std::unordered_set<std::string_view> names;
  while (!Accept('}')) {
    FieldNode field;
    MAPFILE_ASSIGN_OR_RETURN(field.type, Expression(0));
    MAPFILE_ASSIGN_OR_RETURN(const std::string_view name, Word("a name"));
    if (!names.insert(name).second) {
      return Wrong("two fields called '" + std::string(name) + "'");
    }
    field.name = name;
    MAPFILE_RETURN_IF_ERROR(Expect(';'));
    node.fields.push_back(std::move(field));
  }
  return {};
}

Status TypeParser::Class() {
  MAPFILE_ASSIGN_OR_RETURN(const std::string_view word, Word("\"class\""));
  if (word != "class") return Wrong("\"class\" is missing");
  MAPFILE_ASSIGN_OR_RETURN(const std::string_view name, Word("a name"));
  if (IsReserved(name)) return Wrong("a class with a reserved name");
  ClassNode* const node = Mention(name);
  Entry& entry = classes_.find(std::string(name))->second;
  if (entry.defined) {
    return Wrong("a second class '" + std::string(name) + "'");
  }
  entry.defined = true;
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t version,
                           Number("a version", UINT32_MAX));
  node->version = static_cast<std::uint32_t>(version);
  MAPFILE_RETURN_IF_ERROR(Bases(*node));
  MAPFILE_RETURN_IF_ERROR(Expect('{'));
  return Fields(*node);
}

Status TypeParser::CheckDefined() const {
  for (const auto& [name, entry] : classes_) {
    if (!entry.defined) return Wrong("unknown class '" + name + "'");
  }
  return {};
}

// Moves the classes that `node` mentions to the type, in the order of their
// first mention; those that nothing mentions stay behind.
void TypeParser::Adopt(Type& type, const TypeNode& root) {
  std::vector<const TypeNode*> pending = {&root};
  const auto mention_all = [&pending](const ClassNode& node) {
    // The last one pushed is looked at first.
    for (auto it = node.fields.rbegin(); it != node.fields.rend(); ++it) {
      pending.push_back(&it->type);
    }
    for (auto it = node.bases.rbegin(); it != node.bases.rend(); ++it) {
      pending.push_back(&it->type);
    }
  };
  while (!pending.empty()) {
    const TypeNode& node = *pending.back();
    pending.pop_back();
    for (auto it = node.children.rbegin(); it != node.children.rend(); ++it) {
      pending.push_back(&*it);
    }
    if (node.cls == nullptr) continue;
    Entry& entry = classes_.find(node.cls->name)->second;
    if (entry.node == nullptr) continue;
    const ClassNode& cls = *entry.node;
    type.classes_.push_back(std::move(entry.node));
    mention_all(cls);
  }
}

Result<std::shared_ptr<const Type>> TypeParser::Parse() {
  if (text_.size() > format::kMaxTypeSize) {
    return Fail(Code::kInvalidArgument,
                "the description of a type has " +
                    std::to_string(text_.size()) + " bytes, " +
                    std::to_string(format::kMaxTypeSize) + " are possible");
  }
  std::shared_ptr<Type> type(new Type);
  MAPFILE_ASSIGN_OR_RETURN(type->root_, Expression(0));
  for (SkipSpace(); at_ < text_.size(); SkipSpace()) {
    MAPFILE_RETURN_IF_ERROR(Class());
  }
  MAPFILE_RETURN_IF_ERROR(CheckDefined());
  Adopt(*type, type->root_);
  MAPFILE_RETURN_IF_ERROR(LayOut(type->root_, type->classes_));
  AppendExpression(type->root_, type->name_);
  type->text_ = type->name_;
  for (const auto& cls : type->classes_) {
    type->text_ += '\n';
    AppendClass(*cls, type->text_);
  }
  type->hash_ = HashText(type->text_, 0);
  return type;
}

}  // namespace mapfile
