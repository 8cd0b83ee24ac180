// What has become of the path that a file was opened by.
#ifndef MAPFILE_LIB_FILE_PATH_STATE_H_
#define MAPFILE_LIB_FILE_PATH_STATE_H_

#include "lib/file/core.h"
#include "mapfile/info.h"

namespace mapfile::file {

PathState PathStateOf(const Core& core);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_PATH_STATE_H_
