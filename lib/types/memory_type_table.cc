#include "lib/types/memory_type_table.h"

#include <string>
#include <utility>

#include "lib/base/try.h"

namespace mapfile {

Result<std::uint32_t> MemoryTypeTable::IdOf(const Type& type) {
  for (std::size_t i = 0; i < types_.size(); ++i) {
    if (types_[i]->text() == type.text()) {
      return static_cast<std::uint32_t>(i + 1);
    }
  }
  MAPFILE_ASSIGN_OR_RETURN(auto copy, Type::Parse(type.text()));
  types_.push_back(std::move(copy));
  return static_cast<std::uint32_t>(types_.size());
}

Result<std::shared_ptr<const Type>> MemoryTypeTable::TypeOf(std::uint32_t id) {
  if (id != 0 && id <= types_.size()) return types_[id - 1];
  return Fail(Code::kCorrupt,
              "there is no type with id " + std::to_string(id));
}

}  // namespace mapfile
