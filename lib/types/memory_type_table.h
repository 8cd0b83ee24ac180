// MemoryTypeTable: ids of types for values that are in no file.
#ifndef MAPFILE_LIB_TYPES_MEMORY_TYPE_TABLE_H_
#define MAPFILE_LIB_TYPES_MEMORY_TYPE_TABLE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "mapfile/type.h"

namespace mapfile {

// Ids count from 1 in the order of entry. One thread at a time.
class MemoryTypeTable : public TypeTable {
 public:
  [[nodiscard]] Result<std::uint32_t> IdOf(const Type& type) override;
  [[nodiscard]] Result<std::shared_ptr<const Type>> TypeOf(
      std::uint32_t id) override;

 private:
  std::vector<std::shared_ptr<const Type>> types_;
};

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_MEMORY_TYPE_TABLE_H_
