// SharedObjects: which objects of a value more than one pointer leads to.
#ifndef MAPFILE_LIB_TEXT_SHARED_OBJECTS_H_
#define MAPFILE_LIB_TEXT_SHARED_OBJECTS_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "lib/text/value_view.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// Whether values of `type` can have pointers anywhere.
bool LeadsToPointer(const TypeNode& type);

class SharedObjects {
 public:
  // Walks the whole value that `reader` is of; at no cost where its classes
  // have no pointers. Objects are known by what `reader` says of them, so
  // Meet takes its views alone. Corrupt.
  [[nodiscard]] static Result<SharedObjects> Find(const Type& type,
                                                  ValueReader& reader);

  struct Use {
    int id = 0;  // From 1, in the order of being met; 0: not shared
    bool first = true;
  };
  // To be called once for each pointer to `object` that is shown, and first
  // of all for the value itself.
  Use Meet(const ValueView& object);

 private:
  struct Object {
    int pointers = 0;
    int id = 0;
    bool met = false;
  };
  using Key = std::pair<std::uint64_t, const TypeNode*>;

  static Key KeyOf(const ValueView& object);
  Status Walk(const ValueView& view, ValueReader& reader);
  Status WalkElements(const ValueView& view, ValueReader& reader);
  Status WalkFields(const ValueView& view, ValueReader& reader);
  Status MeetPointer(const ValueView& view, ValueReader& reader);

  std::map<Key, Object> objects_;
  // Objects to walk yet: a chain of them may be of any length.
  std::vector<ValueView> pending_;
  int last_id_ = 0;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_SHARED_OBJECTS_H_
