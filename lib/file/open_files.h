// The open map files of this process, and where they would like to be.
#ifndef MAPFILE_LIB_FILE_OPEN_FILES_H_
#define MAPFILE_LIB_FILE_OPEN_FILES_H_

#include <cstdint>
#include <memory>

#include "lib/file/core.h"

namespace mapfile::file {

// Enters a file; it is forgotten when the Core is destroyed.
void RememberOpenFile(const std::shared_ptr<Core>& core);

// The open file whose mapping holds `address`; null: none.
std::shared_ptr<Core> OpenFileAt(const void* address);

// The address for mappings whose Options state none; 0: anywhere.
void SetPreferredAddress(std::uintptr_t address);
std::uintptr_t PreferredAddress();

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_OPEN_FILES_H_
