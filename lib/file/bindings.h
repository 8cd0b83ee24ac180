// Bindings: the objects that were Add()ed through one open file.
#ifndef MAPFILE_LIB_FILE_BINDINGS_H_
#define MAPFILE_LIB_FILE_BINDINGS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "lib/record/types.h"
#include "mapfile/codec.h"

namespace mapfile::file {

// One object and the record that its versions go to.
struct Binding {
  std::string name;
  record::RecordId id;
  const void* object = nullptr;
  std::uint64_t order = 0;  // Of its Add

  std::mutex mutex;  // Guards the rest, and the object while it is encoded
  std::unique_ptr<Encoder> encoder;  // Null: not bound any more
  std::optional<std::weak_ptr<const void>> lifetime;

  // Whether the object is still there; the mutex is held.
  bool IsBound() const {
    return encoder != nullptr && (!lifetime || !lifetime->expired());
  }
};

using BindingPtr = std::shared_ptr<Binding>;

// All calls may come from any thread.
class Bindings {
 public:
  // Enters a binding in place of the one that its record had.
  void Insert(BindingPtr binding);

  // Ends the binding of a record; null if it had none. The object may be
  // destroyed once this returns.
  BindingPtr Erase(record::RecordId id);
  void EraseAll();

  BindingPtr OfRecord(record::RecordId id) const;
  // In the order of their Adds: all, or those of one object.
  std::vector<BindingPtr> All() const;
  std::vector<BindingPtr> OfObject(const void* object) const;

 private:
  BindingPtr Detach(std::uint64_t offset);

  mutable std::mutex mutex_;
  std::uint64_t next_order_ = 0;
  std::map<std::uint64_t, BindingPtr> by_order_;
  std::unordered_map<std::uint64_t, BindingPtr> by_record_;  // By offset
  std::multimap<const void*, BindingPtr> by_object_;
};

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_BINDINGS_H_
