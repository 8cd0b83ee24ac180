#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <type_traits>

#include "lib/base/try.h"
#include "lib/text/json_reader.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

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

}  // namespace

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

}  // namespace mapfile::text
