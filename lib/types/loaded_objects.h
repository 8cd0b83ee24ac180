// LoadedObjects: what the pointers of a value being read lead to.
#ifndef MAPFILE_LIB_TYPES_LOADED_OBJECTS_H_
#define MAPFILE_LIB_TYPES_LOADED_OBJECTS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "lib/types/codec.h"
#include "lib/types/ownership.h"
#include "mapfile/internal/shape.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::internal {

// Objects belong to this until Commit() hands them to their pointers; no
// pointer is touched before.
class LoadedObjects {
 public:
  LoadedObjects() = default;
  LoadedObjects(const LoadedObjects&) = delete;
  LoadedObjects& operator=(const LoadedObjects&) = delete;
  ~LoadedObjects();

  // The value itself, object 0.
  void Begin(const Codec& codec, const Type& stored, void* object);

  struct Loaded {
    std::uint64_t offset = 0;
    std::byte* object = nullptr;
    const Shape* shape = nullptr;
    std::uint32_t type_id = 0;  // 0: the value itself, not met yet
    std::shared_ptr<const PlanSet> plan;
  };

  // The pointer in `slot` is to lead to the object of type `type_id` at
  // `offset`; returns that one if it is new. TypeMismatch, NotFound (its
  // class isn't registered), Corrupt.
  [[nodiscard]] Result<const Loaded*> Link(const Shape& shape, void* slot,
                                           std::uint32_t type_id,
                                           std::uint64_t offset,
                                           TypeTable& types);
  void LinkNull(const Shape& shape, void* slot) {
    links_.push_back({&shape, slot, true, 0, 0});
  }

  // The next object to be filled in; null: there is none.
  const Loaded* Next();

  // Sets all pointers. Corrupt: owners contradict one another; all objects
  // are destroyed then.
  [[nodiscard]] Status Commit();

 private:
  struct PointerLink {
    const Shape* shape;
    void* slot;
    bool is_null;
    std::size_t object;
    std::ptrdiff_t base_offset;
  };
  struct Known {
    const Shape* shape = nullptr;
    std::shared_ptr<const PlanSet> plan;
  };
  Result<std::size_t> ObjectAt(std::uint64_t offset, std::uint32_t type_id,
                               const Shape& target, TypeTable& types,
                               bool& is_new);
  Result<const Known*> ClassOf(std::uint32_t type_id, const Shape& target,
                               TypeTable& types);
  Status CheckRoot(std::uint32_t type_id, TypeTable& types);

  void EnterRoot();

  const Type* root_type_ = nullptr;
  const Shape* root_shape_ = nullptr;
  std::byte* root_object_ = nullptr;
  // Empty until there is a pointer: most values have none.
  std::vector<Loaded> objects_;
  std::map<std::uint64_t, std::size_t> by_offset_;
  std::map<std::uint32_t, Known> known_;
  std::vector<PointerLink> links_;
  Ownership ownership_;
  std::size_t next_ = 1;
  std::size_t current_ = 0;
};

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_LOADED_OBJECTS_H_
