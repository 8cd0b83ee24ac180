#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "lib/base/try.h"
#include "lib/text/base64.h"
#include "lib/text/class_finder.h"
#include "lib/text/flat_class.h"
#include "lib/text/json.h"
#include "lib/text/json_text.h"
#include "lib/text/json_tree.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"
#include "lib/text/value_builder.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

using Node = std::size_t;  // Index into the tree
constexpr Node kDocument = 0;
constexpr Node kNoNode = 0;  // No element or field is the document itself

// A short document may not make a huge value: its optional fields may all be
// missing, so the size can't be bounded by the text alone.
constexpr std::uint64_t kFreeSize = 64 << 20;
constexpr std::uint64_t kMaxSizePerCharacter = 16;

class JsonReader {
 public:
  JsonReader(const Type& type, std::string_view json, JsonTree tree,
             TypeTable& types)
      : type_(type),
        json_(json),
        tree_(std::move(tree)),
        finder_(type, types) {}

  Result<std::vector<std::byte>> Read() {
    const TypeNode& root = type_.root();
    MAPFILE_RETURN_IF_ERROR(CheckSize(root.size, 1, kDocument));
    builder_.emplace(root.size);
    MAPFILE_RETURN_IF_ERROR(Read(root, 0, kDocument));
    return builder_->Take();
  }

 private:
  // An element of the way from the document to a value.
  struct Step {
    std::string_view name;
    std::size_t index = 0;
  };
  struct Object {
    std::uint64_t offset = 0;
    const ClassFinder::Found* cls = nullptr;
  };

  // Each reads node `n` as a `type` into the fixed part at `at`.
  Status Read(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadDeep(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadScalar(Kind kind, std::byte* to, Node n);
  Status ReadString(std::uint64_t at, Node n);
  Status ReadBytes(std::uint64_t at, Node n);
  Status ReadArray(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadVector(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadElements(const TypeNode& element, std::uint64_t at, Node n);
  Status ReadOptional(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadVariant(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadMap(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadFields(const ClassNode& cls, std::uint64_t at, Node n);
  Status ReadPointer(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadReference(const TypeNode& type, std::uint64_t at, Node n);

  Status ReadAt(Step step, const TypeNode& type, std::uint64_t at, Node n);
  struct MapEntry {
    Node key;
    Node value;
    std::string order;  // Compares as the keys do
  };
  Result<std::vector<MapEntry>> Entries(Node n) const;
  Status Sort(const TypeNode& key, std::vector<MapEntry>& entries);
  Result<std::string> OrderOf(const TypeNode& key, Node n);
  Result<std::vector<Node>> MatchFields(const FlatClass& flat, Node n);
  Result<std::int64_t> Integer(Node n);
  Result<std::string> Base64(Node n);
  Status Expect(JsonKind kind, std::string_view what, Node n) const;
  Status CheckSize(std::uint64_t size, std::uint64_t count, Node n) const;
  Status StorePointer(const TypeNode& type, std::uint64_t at,
                      const Object& object, Node n);

  // The value of `key` in object `n`; kNoNode: there is none.
  Node Member(Node n, std::string_view key) const;
  Node Next(Node n) const { return tree_[n].end; }
  tl::unexpected<Error> Refuse(Node n, const std::string& why) const;
  std::string Path() const;

  const Type& type_;
  std::string_view json_;
  JsonTree tree_;
  ClassFinder finder_;
  FlatClasses classes_;
  std::optional<ValueBuilder> builder_;
  std::unordered_map<std::int64_t, Object> objects_;  // By "$id"
  std::vector<Step> path_;
  int depth_ = 0;
};

tl::unexpected<Error> JsonReader::Refuse(Node n, const std::string& why) const {
  const std::string path = Path();
  return Fail(
      Code::kInvalidArgument,
      fmt::format("{}: {}{}{}", JsonTree::Where(json_, tree_[n].position), path,
                  path.empty() ? "" : ": ", why));
}

std::string JsonReader::Path() const {
  std::string path;
  for (const Step& step : path_) {
    if (step.name.data() == nullptr) {
      path += fmt::format("[{}]", step.index);
    } else {
      if (!path.empty()) path += '.';
      path += Escape(step.name);
    }
  }
  return path;
}

Status JsonReader::Expect(JsonKind kind, std::string_view what, Node n) const {
  if (tree_[n].kind == kind) return {};
  return Refuse(n, fmt::format("{} is not {}", tree_.Describe(n), what));
}

Status JsonReader::CheckSize(std::uint64_t size, std::uint64_t count,
                             Node n) const {
  std::uint64_t total = 0;
  const std::uint64_t limit =
      std::max<std::uint64_t>(kFreeSize, kMaxSizePerCharacter * json_.size());
  const std::uint64_t used = builder_ ? builder_->size() : 0;
  if (!__builtin_mul_overflow(size, count, &total) &&
      !__builtin_add_overflow(total, used, &total) && total <= limit) {
    return {};
  }
  return Refuse(n, fmt::format("{} x {} bytes are too much for a document of "
                               "{} bytes",
                               count, size, json_.size()));
}

Status JsonReader::Read(const TypeNode& type, std::uint64_t at, Node n) {
  if (IsScalar(type.kind)) return ReadScalar(type.kind, builder_->data(at), n);
  if (depth_ >= kMaxDepth) {
    return Refuse(n, fmt::format("nested deeper than {}", kMaxDepth));
  }
  ++depth_;
  MAPFILE_RETURN_IF_ERROR(ReadDeep(type, at, n));
  --depth_;
  return {};
}

Status JsonReader::ReadDeep(const TypeNode& type, std::uint64_t at, Node n) {
  switch (type.kind) {
    case Kind::kString:
      return ReadString(at, n);
    case Kind::kBytes:
      return ReadBytes(at, n);
    case Kind::kArray:
      return ReadArray(type, at, n);
    case Kind::kVector:
      return ReadVector(type, at, n);
    case Kind::kMap:
      return ReadMap(type, at, n);
    case Kind::kOptional:
      return ReadOptional(type, at, n);
    case Kind::kVariant:
      return ReadVariant(type, at, n);
    case Kind::kClass:
      MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kObject, "an object", n));
      return ReadFields(*type.cls, at, n);
    default:
      return ReadPointer(type, at, n);
  }
}

Status JsonReader::ReadAt(Step step, const TypeNode& type, std::uint64_t at,
                          Node n) {
  path_.push_back(step);
  MAPFILE_RETURN_IF_ERROR(Read(type, at, n));
  path_.pop_back();
  return {};
}

Status JsonReader::ReadScalar(Kind kind, std::byte* to, Node n) {
  const JsonNode& node = tree_[n];
  if (kind == Kind::kBool) {
    if (node.kind != JsonKind::kBool) {
      return Refuse(n, tree_.Describe(n) + " is neither true nor false");
    }
    *to = std::byte{node.flag};
    return {};
  }
  const bool real = kind == Kind::kF32 || kind == Kind::kF64;
  const bool word = node.kind == JsonKind::kString && real &&
                    node.text.find_first_of("0123456789") != 0 &&
                    (node.text.find("nan") < 2 || node.text.find("inf") < 2);
  if (node.kind != JsonKind::kNumber && !word) {
    return Refuse(n, tree_.Describe(n) + " is not a number");
  }
  auto status = ParseScalar(kind, node.text, to);
  if (!status) return Refuse(n, status.error().message());
  return {};
}

Result<std::string> JsonReader::Base64(Node n) {
  MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kString, "a base64 string", n));
  auto bytes = DecodeBase64(tree_[n].text);
  if (!bytes) return Refuse(n, tree_.Describe(n) + " is not base64");
  return *std::move(bytes);
}

Status JsonReader::ReadString(std::uint64_t at, Node n) {
  const Node encoded = Member(n, "$bytes");
  if (encoded != kNoNode && tree_[n].count == 1) return ReadBytes(at, encoded);
  MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kString, "a string", n));
  builder_->AppendText(at, tree_[n].text);
  return {};
}

Status JsonReader::ReadBytes(std::uint64_t at, Node n) {
  MAPFILE_ASSIGN_OR_RETURN(const std::string bytes, Base64(n));
  builder_->AppendText(at, bytes);
  return {};
}

Status JsonReader::ReadArray(const TypeNode& type, std::uint64_t at, Node n) {
  MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kArray, "an array", n));
  if (tree_[n].count != type.count) {
    return Refuse(n, fmt::format("{} elements instead of {}", tree_[n].count,
                                 type.count));
  }
  return ReadElements(type, at, n);
}

Status JsonReader::ReadVector(const TypeNode& type, std::uint64_t at, Node n) {
  MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kArray, "an array", n));
  const std::uint64_t count = tree_[n].count;
  MAPFILE_RETURN_IF_ERROR(CheckSize(ElementLayout(type).stride, count, n));
  return ReadElements(type, builder_->AppendElements(at, type, count), n);
}

Status JsonReader::ReadElements(const TypeNode& container, std::uint64_t at,
                                Node n) {
  const ElementLayout layout(container);
  std::size_t i = 0;
  for (Node child = n + 1; child != Next(n); child = Next(child), ++i) {
    MAPFILE_RETURN_IF_ERROR(
        ReadAt({{}, i}, *layout.element, at + i * layout.stride, child));
  }
  return {};
}

Status JsonReader::ReadOptional(const TypeNode& type, std::uint64_t at,
                                Node n) {
  if (tree_[n].kind == JsonKind::kNull) return {};
  Node value = n;
  if (MayBeNull(type.children[0])) {
    MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kArray, "an array", n));
    if (tree_[n].count == 0) return {};
    if (tree_[n].count > 1) return Refuse(n, "more than one value");
    value = n + 1;
  }
  MAPFILE_RETURN_IF_ERROR(CheckSize(type.children[0].size, 1, n));
  const std::uint64_t to = builder_->AppendElements(at, type, 1);
  return Read(type.children[0], to, value);
}

Result<std::int64_t> JsonReader::Integer(Node n) {
  MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kNumber, "a number", n));
  std::int64_t value = 0;
  auto status = ParseScalar(Kind::kI64, tree_[n].text,
                            reinterpret_cast<std::byte*>(&value));
  if (!status) return Refuse(n, status.error().message());
  return value;
}

Status JsonReader::ReadVariant(const TypeNode& type, std::uint64_t at, Node n) {
  const Node index_node = Member(n, "index");
  const Node value = Member(n, "value");
  if (index_node == kNoNode || value == kNoNode || tree_[n].count != 2) {
    return Refuse(
        n, tree_.Describe(n) + " is not {\"index\": ..., \"value\": ...}");
  }
  MAPFILE_ASSIGN_OR_RETURN(const std::int64_t index, Integer(index_node));
  const auto count = static_cast<std::int64_t>(type.children.size());
  if (index < 0 || index >= count) {
    return Refuse(index_node,
                  fmt::format("index {} of {} alternatives", index, count));
  }
  const TypeNode& chosen = type.children[static_cast<std::size_t>(index)];
  MAPFILE_RETURN_IF_ERROR(CheckSize(chosen.size, 1, n));
  const std::uint64_t to = builder_->Append(chosen.size, chosen.align);
  builder_->Store(at, static_cast<std::uint32_t>(index));
  builder_->Store(at + 8, to);
  return ReadAt({"value"}, chosen, to, value);
}

Node JsonReader::Member(Node n, std::string_view key) const {
  if (tree_[n].kind != JsonKind::kObject) return kNoNode;
  for (Node name = n + 1; name != Next(n); name = Next(name + 1)) {
    if (tree_[name].text == key) return name + 1;
  }
  return kNoNode;
}

// The pairs of {"key": value, ...} or [[key, value], ...].
Result<std::vector<JsonReader::MapEntry>> JsonReader::Entries(Node n) const {
  std::vector<MapEntry> entries;
  entries.reserve(tree_[n].count);
  if (tree_[n].kind == JsonKind::kObject) {
    for (Node key = n + 1; key != Next(n); key = Next(key + 1)) {
      entries.push_back({key, key + 1, {}});
    }
    return entries;
  }
  MAPFILE_RETURN_IF_ERROR(
      Expect(JsonKind::kArray, "an object or an array of [key, value]", n));
  for (Node pair = n + 1; pair != Next(n); pair = Next(pair)) {
    MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kArray, "a [key, value]", pair));
    if (tree_[pair].count != 2) return Refuse(pair, "not a [key, value]");
    entries.push_back({pair + 1, Next(pair + 1), {}});
  }
  return entries;
}

// Bytes that compare as scalars of this type do.
template <class T>
std::string OrderedBytes(T value) {
  using Bits = std::conditional_t<
      sizeof(T) == 1, std::uint8_t,
      std::conditional_t<
          sizeof(T) == 2, std::uint16_t,
          std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>>;
  auto bits = std::bit_cast<Bits>(value);
  constexpr auto kTop = static_cast<Bits>(Bits{1} << (8 * sizeof(T) - 1));
  if constexpr (std::is_floating_point_v<T>) {
    bits =
        bits & kTop ? static_cast<Bits>(~bits) : static_cast<Bits>(bits | kTop);
  } else if constexpr (std::is_signed_v<T>) {
    bits ^= kTop;
  }
  std::string bytes;
  for (std::size_t i = sizeof(T); i > 0; --i) {
    bytes += static_cast<char>(bits >> (8 * (i - 1)) & 0xff);
  }
  return bytes;
}

Result<std::string> JsonReader::OrderOf(const TypeNode& key, Node n) {
  if (key.kind == Kind::kBytes) return Base64(n);
  if (key.kind == Kind::kString) {
    const Node encoded = Member(n, "$bytes");
    if (encoded != kNoNode) return Base64(encoded);
    return std::string(tree_[n].text);
  }
  std::byte scalar[8] = {};
  MAPFILE_RETURN_IF_ERROR(ReadScalar(key.kind, scalar, n));
  return VisitScalar(key.kind, [&](auto value) {
    std::memcpy(&value, scalar, sizeof(value));
    return OrderedBytes(value);
  });
}

// Keys that are neither text nor scalars stay in the order given.
Status JsonReader::Sort(const TypeNode& key, std::vector<MapEntry>& entries) {
  if (!IsScalar(key.kind) && key.kind != Kind::kString &&
      key.kind != Kind::kBytes) {
    return {};
  }
  for (MapEntry& entry : entries) {
    MAPFILE_ASSIGN_OR_RETURN(entry.order, OrderOf(key, entry.key));
  }
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const MapEntry& a, const MapEntry& b) { return a.order < b.order; });
  const auto twice = std::adjacent_find(
      entries.begin(), entries.end(),
      [](const MapEntry& a, const MapEntry& b) { return a.order == b.order; });
  if (twice == entries.end()) return {};
  const Node second = std::next(twice)->key;
  return Refuse(second, tree_.Describe(second) + " is there twice");
}

Status JsonReader::ReadMap(const TypeNode& type, std::uint64_t at, Node n) {
  MAPFILE_ASSIGN_OR_RETURN(auto entries, Entries(n));
  MAPFILE_RETURN_IF_ERROR(Sort(type.children[0], entries));
  const ElementLayout layout(type);
  MAPFILE_RETURN_IF_ERROR(CheckSize(layout.stride, entries.size(), n));
  std::uint64_t to = builder_->AppendElements(at, type, entries.size());
  for (const MapEntry& entry : entries) {
    MAPFILE_RETURN_IF_ERROR(ReadAt({"key"}, *layout.element, to, entry.key));
    const std::string_view name = tree_[entry.key].text;
    MAPFILE_RETURN_IF_ERROR(ReadAt({name.empty() ? "value" : name},
                                   *layout.mapped, to + layout.mapped_offset,
                                   entry.value));
    to += layout.stride;
  }
  return {};
}

// The node of each field, kNoNode for those that are missing.
Result<std::vector<Node>> JsonReader::MatchFields(const FlatClass& flat,
                                                  Node n) {
  std::vector<Node> nodes(flat.fields.size(), kNoNode);
  for (Node name = n + 1; name != Next(n); name = Next(name + 1)) {
    const std::string_view key = tree_[name].text;
    const auto found = flat.index.find(key);
    if (found != flat.index.end()) {
      Node& node = nodes[found->second];
      if (node != kNoNode) return Refuse(name, Quote(key) + " is there twice");
      node = name + 1;
    } else if (key != "$class" && key != "$id") {
      return Refuse(
          name, fmt::format("{} has no field {}", flat.cls->name, Quote(key)));
    }
  }
  return nodes;
}

Status JsonReader::ReadFields(const ClassNode& cls, std::uint64_t at, Node n) {
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, classes_.Of(cls));
  MAPFILE_ASSIGN_OR_RETURN(const auto nodes, MatchFields(*flat, n));
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
  return {};
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
  return ReadFields(*root.cls, object.offset, n);
}

}  // namespace

Result<std::vector<std::byte>> FromJson(const Type& type, std::string_view json,
                                        TypeTable& types) {
  MAPFILE_ASSIGN_OR_RETURN(JsonTree tree, JsonTree::Parse(json));
  return JsonReader(type, json, std::move(tree), types).Read();
}

}  // namespace mapfile::text
