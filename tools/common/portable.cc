#include "tools/common/portable.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <set>

#include "lib/base/try.h"
#include "lib/text/class_finder.h"
#include "mapfile/text.h"

namespace mapfile::tools {
namespace {

constexpr std::string_view kMagic = "mapfile-value";
constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kMaxTypes = 1000;

using Types = std::vector<std::shared_ptr<const Type>>;

bool HasPointers(const TypeNode& node) {
  return node.kind == Kind::kPointer ||
         std::any_of(node.children.begin(), node.children.end(), HasPointers);
}

bool HasPointers(const Type& type) {
  if (HasPointers(type.root())) return true;
  for (const auto& cls : type.classes()) {
    for (const FieldNode& field : cls->fields) {
      if (HasPointers(field.type)) return true;
    }
  }
  return false;
}

// Appends the types of the objects in `json`. A quote inside of a JSON string
// has a backslash before it, so the key is found nowhere else.
void AppendClasses(const MapFile& file, std::string_view json, Types& types) {
  constexpr std::string_view kKey = "\"$class\": \"";
  text::ClassFinder finder(*types.front(), file.types());
  std::set<std::string_view> seen;
  for (std::size_t at = json.find(kKey); at != std::string_view::npos;
       at = json.find(kKey, at)) {
    at += kKey.size();
    const std::string_view name = json.substr(at, json.find('"', at) - at);
    if (!seen.insert(name).second) continue;
    // Not a class: then it is a key of some map.
    if (const auto found = finder.Find(name)) types.push_back((*found)->type);
  }
}

tl::unexpected<Error> Malformed(const char* what) {
  return Fail(
      Code::kInvalidArgument,
      std::string("not a value as mapfile-get --raw writes it: ") + what);
}

// Takes what comes before `end` from the front of `text`.
Result<std::string_view> Take(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return Malformed("it ends in its header");
  const std::string_view word = text.substr(0, at);
  text.remove_prefix(at + 1);
  return word;
}

Result<std::uint64_t> TakeNumber(std::string_view& text, char end) {
  MAPFILE_ASSIGN_OR_RETURN(const std::string_view word, Take(text, end));
  std::uint64_t number = 0;
  const char* const last = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), last, number);
  if (error == std::errc() && stop == last) return number;
  return Malformed("a number is missing in its header");
}

Result<Types> TakeTypes(std::string_view& text, std::uint64_t count) {
  if (count == 0 || count > kMaxTypes) return Malformed("impossible types");
  Types types;
  for (std::uint64_t i = 0; i < count; ++i) {
    MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size, TakeNumber(text, '\n'));
    if (size > text.size()) return Malformed("it ends in a type");
    MAPFILE_ASSIGN_OR_RETURN(auto type, Type::Parse(text.substr(0, size)));
    text.remove_prefix(size);
    types.push_back(std::move(type));
  }
  return types;
}

}  // namespace

Result<std::string> ToPortable(const MapFile& file, const RawValue& value) {
  Types types = {value.type};
  std::string_view encoding = "bytes";
  std::string content(reinterpret_cast<const char*>(value.bytes.data()),
                      value.bytes.size());
  if (HasPointers(*value.type)) {
    encoding = "json";
    MAPFILE_ASSIGN_OR_RETURN(content, ToJson(file, value));
    AppendClasses(file, content, types);
  }
  std::string out = fmt::format("{} {} {} {} {}\n", kMagic, kVersion, encoding,
                                types.size(), content.size());
  for (const auto& type : types) {
    out += fmt::format("{}\n{}", type->text().size(), type->text());
  }
  return out + content;
}

Result<PortableValue> FromPortable(const MapFile& file,
                                   std::string_view portable) {
  MAPFILE_ASSIGN_OR_RETURN(const auto magic, Take(portable, ' '));
  if (magic != kMagic) return Malformed("it begins otherwise");
  MAPFILE_ASSIGN_OR_RETURN(const auto version, TakeNumber(portable, ' '));
  if (version != kVersion) return Malformed("of another version");
  MAPFILE_ASSIGN_OR_RETURN(const auto encoding, Take(portable, ' '));
  MAPFILE_ASSIGN_OR_RETURN(const auto count, TakeNumber(portable, ' '));
  MAPFILE_ASSIGN_OR_RETURN(const auto size, TakeNumber(portable, '\n'));
  MAPFILE_ASSIGN_OR_RETURN(const Types types, TakeTypes(portable, count));
  if (portable.size() != size) return Malformed("it has another length");
  PortableValue value;
  value.type = types.front();
  if (encoding == "json") {
    for (const auto& type : types) {
      MAPFILE_RETURN_IF_ERROR(file.types().IdOf(*type));
    }
    MAPFILE_ASSIGN_OR_RETURN(value.bytes,
                             FromJson(file, *value.type, portable));
    return value;
  }
  if (encoding != "bytes" || HasPointers(*value.type)) {
    return Malformed("an encoding that isn't known");
  }
  value.bytes.resize(size);
  std::memcpy(value.bytes.data(), portable.data(), size);
  // What can't be read back must not be stored.
  const RawValue raw = {value.type, value.bytes, {}};
  if (auto json = ToJson(file, raw); !json) return Fail(json.error());
  return value;
}

}  // namespace mapfile::tools
