// The values of a file: each decoded by its type.
#ifndef MAPFILE_LIB_FILE_VALUE_CHECK_H_
#define MAPFILE_LIB_FILE_VALUE_CHECK_H_

#include "lib/file/subject.h"
#include "lib/record/type_store.h"
#include "mapfile/check.h"

namespace mapfile::file {

// Whether a version of a record can be had: its checksum holds and its bytes
// are a value of its type. Corrupt: no. NotFound: it isn't there any more.
[[nodiscard]] Status CheckVersion(const record::Table& table,
                                  record::FileTypeTable& types,
                                  record::RecordId id,
                                  const record::ReadOptions& options,
                                  record::Version* version);

// Looks at every version that every record keeps.
[[nodiscard]] Status CheckValues(const Subject& subject,
                                 const CheckOptions& options,
                                 CheckReport& report);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_VALUE_CHECK_H_
