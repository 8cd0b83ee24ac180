#include "lib/types/lasting_types.h"

#include <mutex>
#include <unordered_set>

namespace mapfile {
namespace {

struct Lasting {
  std::mutex mutex;
  std::unordered_set<const Type*> types;  // Guarded by mutex
};

// Lives for ever: objects may be stored while statics are destroyed.
Lasting& All() {
  static auto* const all = new Lasting;
  return *all;
}

}  // namespace

void AddLastingType(const Type& type) {
  Lasting& all = All();
  const std::lock_guard lock(all.mutex);
  all.types.insert(&type);
}

bool IsLastingType(const Type& type) {
  Lasting& all = All();
  const std::lock_guard lock(all.mutex);
  return all.types.contains(&type);
}

}  // namespace mapfile
