// The heap of an open map file.
#ifndef MAPFILE_LIB_FILE_FILE_HEAP_H_
#define MAPFILE_LIB_FILE_FILE_HEAP_H_

#include <memory>

#include "lib/file/core.h"
#include "mapfile/heap.h"

namespace mapfile::file {

// Its calls take the file's lock; it keeps the Core, not the file open.
Heap HeapOf(std::shared_ptr<Core> core);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_FILE_HEAP_H_
