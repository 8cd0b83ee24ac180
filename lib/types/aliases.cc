#include "lib/types/aliases.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <typeindex>
#include <utility>

#include "mapfile/alias.h"

namespace mapfile::internal {
namespace {

// Lives for ever: statics of other files may use it in any order.
struct Aliases {
  std::mutex mutex;
  std::map<std::pair<std::type_index, std::string>, std::vector<std::string>>
      names;
};

Aliases& TheAliases() {
  static auto& aliases = *new Aliases;
  return aliases;
}

}  // namespace

bool AddAlias(const std::type_info& type_info, std::string_view field,
              std::string_view alias) {
  Aliases& aliases = TheAliases();
  const std::lock_guard lock(aliases.mutex);
  auto& names = aliases.names[{type_info, std::string(field)}];
  if (std::find(names.begin(), names.end(), alias) == names.end()) {
    names.emplace_back(alias);
  }
  return true;
}

std::vector<std::string> AliasesOf(const std::type_info& type_info,
                                   std::string_view field) {
  Aliases& aliases = TheAliases();
  const std::lock_guard lock(aliases.mutex);
  const auto found = aliases.names.find({type_info, std::string(field)});
  return found == aliases.names.end() ? std::vector<std::string>()
                                      : found->second;
}

}  // namespace mapfile::internal
