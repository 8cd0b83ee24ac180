// The other names of fields, as MAPFILE_ALIAS told them.
#ifndef MAPFILE_LIB_TYPES_ALIASES_H_
#define MAPFILE_LIB_TYPES_ALIASES_H_

#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

namespace mapfile::internal {

// Those of a field of a class, in the order in which they were told. From any
// thread.
std::vector<std::string> AliasesOf(const std::type_info& type_info,
                                   std::string_view field);

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_ALIASES_H_
