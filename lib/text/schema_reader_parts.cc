#include <fmt/format.h>

#include <algorithm>

#include "lib/base/try.h"
#include "lib/text/schema_reader.h"
#include "lib/text/schema_words.h"
#include "lib/text/utf8.h"
#include "lib/types/type_layout.h"
#include "lib/types/type_text.h"

namespace mapfile::text {
namespace {

constexpr std::string_view kInExpressions = " <>,*:_";

bool MayBeInExpression(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') ||
         kInExpressions.find(c) != std::string_view::npos;
}

// The class that lies in a value of this type itself; null: none.
const ClassNode* ClassInside(const TypeNode& node) {
  if (node.kind == Kind::kArray) return ClassInside(node.children[0]);
  return node.kind == Kind::kClass ? node.cls : nullptr;
}

}  // namespace

Status SchemaReader::Bases(Class& cls, std::string& line) {
  if (cls.bases == kNoNode) return {};
  const std::string list = cls.path + (cls.path.empty() ? "" : ".") + "bases";
  MAPFILE_RETURN_IF_ERROR(
      Expect(JsonKind::kArray, "an array of names", cls.bases, list));
  std::set<std::string_view> names;
  for (Node n = cls.bases + 1; n != Next(cls.bases); n = Next(n)) {
    const std::string path = fmt::format("{}[{}]", list, names.size());
    MAPFILE_RETURN_IF_ERROR(
        Expect(JsonKind::kString, "the name of a class", n, path));
    const std::string_view name = tree_[n].text;
    if (!IsClassName(name) || IsReserved(name)) {
      return Refuse(n, path, tree_.Describe(n) + " is not the name of a class");
    }
    MAPFILE_RETURN_IF_ERROR(Know(name, n, path));
    line += fmt::format("{}{}", names.empty() ? " : " : ", ", name);
    if (!names.insert(name).second) {
      return Refuse(n, path, fmt::format("base {} is named twice", name));
    }
    cls.parts.push_back({std::string(name), n, path});
  }
  return {};
}

Status SchemaReader::Fields(Class& cls, std::string& line) {
  const std::string list = cls.path + (cls.path.empty() ? "" : ".") + "fields";
  MAPFILE_RETURN_IF_ERROR(
      Expect(JsonKind::kArray, "an array of fields", cls.fields, list));
  std::set<std::string_view> names;
  for (Node n = cls.fields + 1; n != Next(cls.fields); n = Next(n)) {
    const std::string path = fmt::format("{}[{}]", list, names.size());
    MAPFILE_RETURN_IF_ERROR(FieldAt(n, path, cls, names, line));
  }
  return {};
}

Status SchemaReader::FieldAt(Node n, const std::string& path, Class& cls,
                             std::set<std::string_view>& names,
                             std::string& line) {
  const auto refuse_shape = [&] {
    return Refuse(
        n, path,
        tree_.Describe(n) + " is not {\"name\": \"...\", \"type\": \"...\"}");
  };
  if (tree_[n].kind != JsonKind::kObject || tree_[n].count != 2) {
    return refuse_shape();
  }
  Node name = n + 2;
  Node type = Next(name) + 1;
  if (tree_[n + 1].text == "type") std::swap(name, type);
  if (tree_[name - 1].text != "name" || tree_[type - 1].text != "type" ||
      tree_[name].kind != JsonKind::kString) {
    return refuse_shape();
  }
  const std::string_view field = tree_[name].text;
  if (!IsFieldName(field)) {
    return Refuse(name, path + ".name",
                  tree_.Describe(name) + " can't be the name of a field");
  }
  if (!names.insert(field).second) {
    return Refuse(name, path + ".name",
                  fmt::format("field {} is there twice", field));
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto parsed, Expression(type, path + ".type"));
  line += fmt::format("{} {}; ", parsed->name(), field);
  if (const ClassNode* inside = ClassInside(parsed->root())) {
    cls.parts.push_back({inside->name, type, path + ".type"});
  }
  return {};
}

// What a field's type means. Its classes are only mentioned: they needn't be
// read yet.
Result<std::shared_ptr<const Type>> SchemaReader::Expression(
    Node n, const std::string& path) {
  MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kString, "a type", n, path));
  const std::string_view text = tree_[n].text;
  if (!std::all_of(text.begin(), text.end(), MayBeInExpression)) {
    return Refuse(n, path, tree_.Describe(n) + " is not a type");
  }
  std::string description(text);
  for (const std::string& word : WordsOf(text)) {
    if (word == "class" || !IsClassName(word) || IsReserved(word)) continue;
    MAPFILE_RETURN_IF_ERROR(Know(word, n, path));
    description += "\nclass " + word + " 0 { }";
  }
  auto type = Type::Parse(description);
  if (type) return type;
  return Refuse(
      n, path,
      fmt::format("{}: {}", tree_.Describe(n), type.error().message()));
}

// Sees to it that a class is among those of the document, or in the pool.
Status SchemaReader::Know(std::string_view name, Node n,
                          const std::string& path) {
  if (by_name_.contains(name) || pool_.Has(name)) return {};
  const auto type = sources_.known(name);
  if (type == nullptr) {
    return Refuse(n, path,
                  fmt::format("{} is neither a type nor a class that is known "
                              "here",
                              Quote(name)));
  }
  for (const auto& cls : type->classes()) {
    // The document has its own idea of these.
    if (!by_name_.contains(cls->name)) pool_.Add(cls->name, ClassText(*cls));
  }
  return {};
}

// Deeper ones than a type may be are refused when the whole is put together.
Status SchemaReader::CheckCircle(std::size_t index) {
  if (sound_.contains(index) || around_.size() > kMaxTypeDepth) return {};
  around_.insert(index);
  for (const Part& part : classes_[index].parts) {
    const auto inner = by_name_.find(part.cls);
    if (inner == by_name_.end()) continue;
    if (around_.contains(inner->second)) {
      return Refuse(part.node, part.path,
                    fmt::format("class {} is inside itself by value: a pointer "
                                "or a vector has to be between",
                                part.cls));
    }
    MAPFILE_RETURN_IF_ERROR(CheckCircle(inner->second));
  }
  around_.erase(index);
  sound_.insert(index);
  return {};
}

}  // namespace mapfile::text
