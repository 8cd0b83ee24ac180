// Mend: a damaged record table, put in order.
//
// Works on a private image of the file, so that nobody sees its steps. What
// the table derives (index, lists, counts) is made afresh; what one part
// proves of another is put back; what can't be saved is given up only if
// that is allowed.
#ifndef MAPFILE_LIB_RECORD_MEND_H_
#define MAPFILE_LIB_RECORD_MEND_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "lib/base/region.h"
#include "lib/heap/mend.h"
#include "lib/record/host.h"
#include "lib/record/space.h"
#include "lib/record/types.h"
#include "mapfile/check.h"
#include "mapfile/status.h"

namespace mapfile::record {

// What is known of types, once their list was mended.
class ValueJudge {
 public:
  virtual ~ValueJudge() = default;
  // Whether the bytes are a value of that type.
  [[nodiscard]] virtual Status Judge(std::uint32_t type_id,
                                     std::span<const std::byte> bytes) = 0;
  // Its name, or empty.
  virtual std::string ClassName(std::uint32_t type_id) = 0;
};

struct MendOptions {
  bool drop = false;
  // Versions without a checksum count as lost: the machine went down.
  bool need_checksum = false;
};

struct Mended {
  std::vector<std::string> actions;
  std::vector<Dropped> dropped;
};

// What index, records and lists say of the heap's blocks.
heap::Hints CollectHints(const Space& space);

// Mends types, records, lists and index of the table in `region`, whose heap
// is whole. Corrupt, NoSpace: it can't.
[[nodiscard]] Status MendTable(Region& region, Host& host, ValueJudge& judge,
                               const MendOptions& options, Mended& mended);

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_MEND_H_
