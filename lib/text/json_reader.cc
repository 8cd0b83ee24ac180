#include "lib/text/json_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/try.h"
#include "lib/text/base64.h"
#include "lib/text/human.h"
#include "lib/text/json.h"
#include "lib/text/json_text.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

// A short document may not make a huge value: its optional fields may all be
// missing, so the size can't be bounded by the text alone.
constexpr std::uint64_t kFreeSize = 64 << 20;
constexpr std::uint64_t kMaxSizePerCharacter = 16;

}  // namespace

Result<std::vector<std::byte>> JsonReader::Read() {
  const TypeNode& root = type_.root();
  MAPFILE_RETURN_IF_ERROR(CheckSize(root.size, 1, kDocument));
  builder_.emplace(root.size);
  MAPFILE_RETURN_IF_ERROR(EnterDocument());
  MAPFILE_RETURN_IF_ERROR(Read(root, 0, kDocument));
  return builder_->Take();
}

// The value itself may be what pointers in it lead to.
Status JsonReader::EnterDocument() {
  const TypeNode& root = type_.root();
  const Node id_node = Member(kDocument, "$id");
  if (root.kind != Kind::kClass || id_node == kNoNode) return {};
  auto found = finder_.Find(root.cls->name);
  if (!found) return Refuse(kDocument, found.error().message());
  MAPFILE_ASSIGN_OR_RETURN(const std::int64_t id, Integer(id_node));
  objects_.emplace(id, Object{0, *found});
  return {};
}

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
    case Kind::kString: return ReadString(at, n);
    case Kind::kBytes: return ReadBytes(at, n);
    case Kind::kArray: return ReadArray(type, at, n);
    case Kind::kVector: return ReadVector(type, at, n);
    case Kind::kMap: return ReadMap(type, at, n);
    case Kind::kOptional: return ReadOptional(type, at, n);
    case Kind::kVariant: return ReadVariant(type, at, n);
    case Kind::kClass:
      MAPFILE_RETURN_IF_ERROR(Expect(JsonKind::kObject, "an object", n));
      return ReadFields(*type.cls, at, n, false);
    default: return ReadPointer(type, at, n);
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
  // "nan", "-inf", ...: numbers that JSON has none for.
  const bool word = node.kind == JsonKind::kString && real &&
                    node.text.find_first_of("nNiI") < 2;
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
    return Refuse(
        n, fmt::format("{} instead of {}", Counted(tree_[n].count, "element"),
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

JsonReader::Node JsonReader::Member(Node n, std::string_view key) const {
  if (tree_[n].kind != JsonKind::kObject) return kNoNode;
  for (Node name = n + 1; name != Next(n); name = Next(name + 1)) {
    if (tree_[name].text == key) return name + 1;
  }
  return kNoNode;
}

Result<std::vector<std::byte>> FromJson(const Type& type, std::string_view json,
                                        TypeTable& types) {
  MAPFILE_ASSIGN_OR_RETURN(JsonTree tree, JsonTree::Parse(json));
  return JsonReader(type, json, std::move(tree), types).Read();
}

}  // namespace mapfile::text
