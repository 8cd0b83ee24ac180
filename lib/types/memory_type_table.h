// MemoryTypeTable: types and their ids in memory, for values outside a file.
#ifndef MAPFILE_LIB_TYPES_MEMORY_TYPE_TABLE_H_
#define MAPFILE_LIB_TYPES_MEMORY_TYPE_TABLE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile {

// Ids count from 1, as in a map file. For one thread at a time.
class MemoryTypeTable : public TypeTable {
 public:
  [[nodiscard]] Result<std::uint32_t> IdOf(const Type& type) override;
  [[nodiscard]] Result<std::shared_ptr<const Type>> TypeOf(
      std::uint32_t id) override;

 private:
  std::vector<std::shared_ptr<const Type>> types_;
  std::unordered_map<std::string, std::uint32_t> ids_;  // By text
};

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_MEMORY_TYPE_TABLE_H_
