#include <fmt/format.h>

#include "lib/base/try.h"
#include "lib/text/json_reader.h"
#include "lib/text/json_text.h"
#include "lib/text/utf8.h"

namespace mapfile::text {

// The node of each field, kNoNode for those that are missing.
Result<std::vector<JsonReader::Node>> JsonReader::MatchFields(
    const FlatClass& flat, Node n, bool is_target) {
  std::vector<Node> nodes(flat.fields.size(), kNoNode);
  for (Node name = n + 1; name != Next(n); name = Next(name + 1)) {
    const std::string_view key = tree_[name].text;
    const auto found = flat.index.find(key);
    if (found != flat.index.end()) {
      Node& node = nodes[found->second];
      if (node != kNoNode) return Refuse(name, Quote(key) + " is there twice");
      node = name + 1;
    } else if (!(key == "$class" && is_target) &&
               !(key == "$id" && (is_target || IsMetDocument(n)))) {
      return Refuse(
          name, fmt::format("{} has no field {}", flat.cls->name, Quote(key)));
    }
  }
  return nodes;
}

// `is_target`: a pointer leads to it, so it may have "$class" and "$id"; the
// document may have the latter.
Status JsonReader::ReadFields(const ClassNode& cls, std::uint64_t at, Node n,
                              bool is_target) {
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, classes_.Of(cls));
  MAPFILE_ASSIGN_OR_RETURN(const auto nodes, MatchFields(*flat, n, is_target));
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const FlatField& field = flat->fields[i];
    if (nodes[i] == kNoNode) {
      if (MayBeNull(*field.type)) continue;
      return Refuse(n, fmt::format("field {} of {} is missing",
                                   Quote(field.name), cls.name));
    }
    MAPFILE_RETURN_IF_ERROR(
        ReadAt({field.name}, *field.type, at + field.offset, nodes[i]));
  }
  return CheckShape(cls, n);
}

Status JsonReader::StorePointer(const TypeNode& type, std::uint64_t at,
                                const Object& object, Node n) {
  const ClassNode& cls = *object.cls->type->root().cls;
  if (!IsA(cls, type.cls->name)) {
    return Refuse(n, fmt::format("a pointer to {} can't lead to {}",
                                 type.cls->name, cls.name));
  }
  builder_->Store(at, object.cls->id);
  builder_->Store(at + 8, object.offset);
  return {};
}

Status JsonReader::ReadReference(const TypeNode& type, std::uint64_t at,
                                 Node n) {
  MAPFILE_ASSIGN_OR_RETURN(const std::int64_t id, Integer(Member(n, "$ref")));
  const auto object = objects_.find(id);
  if (object == objects_.end()) {
    return Refuse(n, fmt::format("no object before has \"$id\": {}", id));
  }
  return StorePointer(type, at, object->second, n);
}

Status JsonReader::ReadPointer(const TypeNode& type, std::uint64_t at, Node n) {
  if (tree_[n].kind == JsonKind::kNull) return {};
  MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kObject, "an object or null", n));
  if (Member(n, "$ref") != kNoNode) return ReadReference(type, at, n);
  const Node name = Member(n, "$class");
  if (name != kNoNode) {
    MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kString, "a class", name));
  }
  auto found =
      finder_.Find(name == kNoNode ? type.cls->name : tree_[name].text);
  if (!found) return Refuse(n, found.error().message());
  const TypeNode& root = (*found)->type->root();
  MAPFILE_RETURN_IF_ERROR(CheckSize(root.size, 1, n));
  const Object object{builder_->Append(root.size, root.align), *found};
  MAPFILE_RETURN_IF_ERROR(StorePointer(type, at, object, n));
  if (const Node id_node = Member(n, "$id"); id_node != kNoNode) {
    MAPFILE_ASSIGN_OR_RETURN(const std::int64_t id, Integer(id_node));
    // Known before its fields are read: they may point back to it.
    if (!objects_.emplace(id, object).second) {
      return Refuse(id_node, fmt::format("\"$id\": {} is there twice", id));
    }
  }
  return ReadFields(*root.cls, object.offset, n, true);
}

}  // namespace mapfile::text
