// All that Check() looks at in a file that was opened.
#ifndef MAPFILE_LIB_FILE_LOOK_H_
#define MAPFILE_LIB_FILE_LOOK_H_

#include "lib/file/subject.h"
#include "mapfile/check.h"

namespace mapfile::file {

// Adds what is wrong with the subject to the report: its header, structure
// and values.
[[nodiscard]] Status LookAtSubject(const Subject& subject,
                                   const CheckOptions& options,
                                   CheckReport& report);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_LOOK_H_
