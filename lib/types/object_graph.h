// ObjectGraph: the objects of a value that pointers lead to, and where they
// are stored.
#ifndef MAPFILE_LIB_TYPES_OBJECT_GRAPH_H_
#define MAPFILE_LIB_TYPES_OBJECT_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "lib/types/codec.h"
#include "lib/types/ownership.h"
#include "mapfile/internal/shape.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::internal {

struct PlacedObject {
  const std::byte* object = nullptr;
  const Codec* codec = nullptr;
  std::uint32_t type_id = 0;
  std::uint64_t offset = 0;  // In the value
  bool is_written = false;   // In this walk; the value itself always is
};

// Filled in while a value's size is found, looked at while it is written.
class ObjectGraph {
 public:
  // Begins anew with the value itself.
  [[nodiscard]] Status Begin(const Codec& codec, const void* object,
                             TypeTable& types);
  // The same value is to be walked again, in the same order.
  void Rewind();

  // The next object whose fields are to be walked; null: there is none.
  PlacedObject* Next();

  // What the pointer in `slot`, of shape `shape`, which isn't null and owns,
  // leads to; entered if it is new, without a place then.
  [[nodiscard]] Result<PlacedObject*> Enter(const Shape& shape,
                                            const void* slot,
                                            TypeTable& types);
  // The same, if it was entered before.
  PlacedObject* FindOwned(const Shape& shape, const void* slot);

  // A raw pointer, to be judged when all owned objects are known.
  void Remember(const Shape& shape, const void* target) {
    raw_.push_back({&shape, static_cast<const std::byte*>(target)});
  }
  // The object that a raw pointer leads to. Never looks at the object.
  const PlacedObject* FindTarget(const Shape& shape,
                                 const void* target) const;

  // Says that `object` is to be walked, after all others.
  void Queue(const PlacedObject* object) { queue_.push_back(IndexOf(object)); }

  // Whether all of it can be stored and destroyed again. InvalidArgument.
  [[nodiscard]] Status Check() const;

 private:
  struct Raw {
    const Shape* shape;
    const std::byte* target;
  };
  static Result<const Codec*> CodecOfPointee(const Shape& target,
                                             const Pointee& pointee,
                                             const void* pointer);
  std::size_t IndexOf(const PlacedObject* object) const;
  PlacedObject* FindAt(const std::byte* address);

  std::map<const std::byte*, std::size_t> by_address_;
  std::vector<PlacedObject> objects_;  // Indices stay, addresses don't
  std::vector<std::size_t> queue_;
  std::size_t next_ = 0;
  std::size_t current_ = 0;
  Ownership ownership_;
  std::vector<Raw> raw_;
};

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_OBJECT_GRAPH_H_
