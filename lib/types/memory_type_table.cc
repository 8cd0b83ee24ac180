#include "lib/types/memory_type_table.h"

#include <fmt/format.h>

#include "lib/base/try.h"

namespace mapfile {

Result<std::uint32_t> MemoryTypeTable::IdOf(const Type& type) {
  const auto found = ids_.find(type.text());
  if (found != ids_.end()) return found->second;
  // A copy of one's own: nothing says how long `type` lives.
  MAPFILE_ASSIGN_OR_RETURN(auto copy, Type::Parse(type.text()));
  types_.push_back(std::move(copy));
  const auto id = static_cast<std::uint32_t>(types_.size());
  ids_.emplace(type.text(), id);
  return id;
}

Result<std::shared_ptr<const Type>> MemoryTypeTable::TypeOf(std::uint32_t id) {
  if (id == 0 || id > types_.size()) {
    return Fail(Code::kCorrupt,
                fmt::format("there is no type {} among {}", id,
                            types_.size()));
  }
  return types_[id - 1];
}

}  // namespace mapfile
