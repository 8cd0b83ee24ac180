#include "lib/text/schema_reader.h"

#include <fmt/format.h>

#include <cstdint>

#include "lib/base/try.h"
#include "lib/text/scalar.h"
#include "lib/text/schema_words.h"
#include "lib/text/utf8.h"
#include "lib/types/type_text.h"

namespace mapfile::text {
namespace {

constexpr std::string_view kClassKeys = "class, version, bases, fields";

}  // namespace

tl::unexpected<Error> SchemaReader::Refuse(Node n, const std::string& path,
                                           const std::string& why) const {
  return Fail(
      Code::kInvalidArgument,
      fmt::format("{}: {}{}{}", JsonTree::Where(json_, tree_[n].position), path,
                  path.empty() ? "" : ": ", why));
}

Status SchemaReader::Expect(JsonKind kind, std::string_view what, Node n,
                            const std::string& path) const {
  if (tree_[n].kind == kind) return {};
  return Refuse(n, path, fmt::format("{} is not {}", tree_.Describe(n), what));
}

Result<std::vector<std::shared_ptr<const Type>>> SchemaReader::Read() {
  MAPFILE_RETURN_IF_ERROR(Classes());
  for (Class& cls : classes_) MAPFILE_RETURN_IF_ERROR(Describe(cls));
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    MAPFILE_RETURN_IF_ERROR(CheckCircle(i));
  }
  std::vector<std::shared_ptr<const Type>> types;
  for (const Class& cls : classes_) {
    auto type = pool_.Parse(cls.name);
    if (!type) return Refuse(cls.node, cls.path, type.error().message());
    MAPFILE_RETURN_IF_ERROR(CheckBuiltIn(cls, **type));
    types.push_back(*std::move(type));
  }
  return types;
}

Status SchemaReader::Classes() {
  if (tree_[0].kind == JsonKind::kObject) return ClassAt(0, "");
  MAPFILE_RETURN_IF_ERROR(
      Expect(JsonKind::kArray, "a class, nor an array of classes", 0, ""));
  std::size_t i = 0;
  for (Node n = 1; n != Next(0); n = Next(n), ++i) {
    const std::string path = fmt::format("[{}]", i);
    MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kObject, "a class", n, path));
    MAPFILE_RETURN_IF_ERROR(ClassAt(n, path));
  }
  return {};
}

Status SchemaReader::ClassAt(Node n, std::string path) {
  Class cls{.name = {}, .path = std::move(path), .node = n};
  MAPFILE_RETURN_IF_ERROR(Members(n, cls));
  MAPFILE_RETURN_IF_ERROR(NameOf(cls, cls.name));
  if (!by_name_.emplace(cls.name, classes_.size()).second) {
    return Refuse(cls.name_node, cls.path,
                  fmt::format("class {} is described twice", cls.name));
  }
  classes_.push_back(std::move(cls));
  return {};
}

Status SchemaReader::Members(Node n, Class& cls) const {
  for (Node key = n + 1; key != Next(n); key = Next(key + 1)) {
    const std::string_view name = tree_[key].text;
    Node* member = nullptr;
    if (name == "class") member = &cls.name_node;
    if (name == "version") member = &cls.version;
    if (name == "bases") member = &cls.bases;
    if (name == "fields") member = &cls.fields;
    if (member == nullptr) {
      return Refuse(key, cls.path,
                    fmt::format("{} is none of {}", Quote(name), kClassKeys));
    }
    if (*member != kNoNode) {
      return Refuse(key, cls.path, Quote(name) + " is there twice");
    }
    *member = key + 1;
  }
  if (cls.name_node == kNoNode) {
    return Refuse(n, cls.path, "\"class\", the name, is missing");
  }
  if (cls.fields != kNoNode) return {};
  return Refuse(n, cls.path, "\"fields\" are missing");
}

Status SchemaReader::NameOf(const Class& cls, std::string& name) const {
  const std::string path = cls.path + (cls.path.empty() ? "" : ".") + "class";
  MAPFILE_RETURN_IF_ERROR(
      Expect(JsonKind::kString, "the name of a class", cls.name_node, path));
  const std::string_view text = tree_[cls.name_node].text;
  if (IsReserved(text)) {
    return Refuse(cls.name_node, path,
                  fmt::format("{} is a reserved name", Quote(text)));
  }
  if (!IsClassName(text)) {
    return Refuse(
        cls.name_node, path,
        tree_.Describe(cls.name_node) + " can't be the name of a class");
  }
  name = std::string(text);
  return {};
}

// Makes the line of a description of it.
Status SchemaReader::Describe(Class& cls) {
  std::string line = "\nclass " + cls.name;
  MAPFILE_RETURN_IF_ERROR(Version(cls, line));
  MAPFILE_RETURN_IF_ERROR(Bases(cls, line));
  line += " { ";
  MAPFILE_RETURN_IF_ERROR(Fields(cls, line));
  pool_.Add(cls.name, line + "}");
  return {};
}

Status SchemaReader::Version(const Class& cls, std::string& line) const {
  if (cls.version == kNoNode) {
    line += " 1";
    return {};
  }
  const std::string path = cls.path + (cls.path.empty() ? "" : ".") + "version";
  MAPFILE_RETURN_IF_ERROR(
      Expect(JsonKind::kNumber, "a number", cls.version, path));
  std::uint32_t version = 0;
  const Status parsed = ParseScalar(Kind::kU32, tree_[cls.version].text,
                                    reinterpret_cast<std::byte*>(&version));
  if (!parsed) return Refuse(cls.version, path, parsed.error().message());
  line += fmt::format(" {}", version);
  return {};
}

Status SchemaReader::CheckBuiltIn(const Class& cls, const Type& type) const {
  const auto built_in = sources_.built_in(cls.name);
  if (built_in == nullptr) return {};
  for (const auto& theirs : built_in->classes()) {
    if (theirs->name != cls.name) continue;
    if (ClassText(*theirs) == ClassText(*type.root().cls)) return {};
  }
  return Refuse(cls.node, cls.path,
                fmt::format("{} is the name of a built-in class, which is "
                            "described otherwise",
                            cls.name));
}

Result<std::vector<std::shared_ptr<const Type>>> ParseSchema(
    std::string_view json, const SchemaSources& sources) {
  MAPFILE_ASSIGN_OR_RETURN(JsonTree tree, JsonTree::Parse(json));
  return SchemaReader(json, std::move(tree), sources).Read();
}

}  // namespace mapfile::text
