#include "tools/common/put_schema.h"

#include <set>
#include <string>

#include "lib/base/try.h"
#include "lib/text/schema_json.h"
#include "tools/common/file_classes.h"

namespace mapfile::tools {

Result<std::vector<std::shared_ptr<const Type>>> EnterSchema(
    MapFile& file, std::string_view json) {
  const text::SchemaSources sources = {
      .known = [&](std::string_view name) { return FindClass(file, name); },
      .built_in = FindBuiltIn};
  MAPFILE_ASSIGN_OR_RETURN(auto types, text::ParseSchema(json, sources));
  // Once for those that another one leads to, and so describes.
  std::set<std::string_view> entered;
  for (const auto& type : types) {
    if (entered.contains(type->root().cls->name)) continue;
    MAPFILE_ASSIGN_OR_RETURN(const std::uint32_t id, file.types().IdOf(*type));
    static_cast<void>(id);
    for (const auto& cls : type->classes()) entered.insert(cls->name);
  }
  return types;
}

}  // namespace mapfile::tools
