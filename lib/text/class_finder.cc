#include "lib/text/class_finder.h"

#include "lib/base/try.h"
#include "lib/text/utf8.h"

namespace mapfile::text {

Result<const ClassFinder::Found*> ClassFinder::Find(std::string_view name) {
  const auto known = known_.find(name);
  if (known != known_.end()) return &known->second;
  MAPFILE_ASSIGN_OR_RETURN(Found found, Search(name));
  return &known_.emplace(name, std::move(found)).first->second;
}

Result<ClassFinder::Found> ClassFinder::Search(std::string_view name) {
  for (const auto& cls : type_.classes()) {
    if (cls->name == name) return FromType(*cls);
  }
  Found newest;
  // A table gives its ids in order.
  for (std::uint32_t id = 1;; ++id) {
    auto type = types_.TypeOf(id);
    if (!type) break;
    const TypeNode& root = (*type)->root();
    if (root.kind == Kind::kClass && root.cls->name == name) {
      newest = {id, *std::move(type)};
    }
  }
  if (newest.type) return newest;
  return Fail(Code::kInvalidArgument,
              "no class " + Quote(name) + " is known here");
}

Result<ClassFinder::Found> ClassFinder::FromType(const ClassNode& cls) {
  // The same classes under another expression; Parse drops the others.
  const std::string_view text = type_.text();
  const std::size_t classes = text.find('\n');
  if (classes == text.npos) {
    return Fail(Code::kInvalidArgument, "class without a description");
  }
  MAPFILE_ASSIGN_OR_RETURN(
      auto type, Type::Parse(cls.name + std::string(text.substr(classes))));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint32_t id, types_.IdOf(*type));
  return Found{id, std::move(type)};
}

}  // namespace mapfile::text
