// FlatClass: the fields of a class and its bases as one list, as people and
// JSON see an object.
#ifndef MAPFILE_LIB_TEXT_FLAT_CLASS_H_
#define MAPFILE_LIB_TEXT_FLAT_CLASS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

struct FlatField {
  std::string name;
  const TypeNode* type = nullptr;  // Owned by the Type
  std::uint64_t offset = 0;        // From the start of the object
};

struct FlatClass {
  const ClassNode* cls = nullptr;
  // Those of bases first. The name of a base's field that another field has
  // too is qualified by the bases that lead to it: "Base::x".
  std::vector<FlatField> fields;
  std::unordered_map<std::string_view, std::size_t> index;  // By name
};

// Flattens each class once. Not for use from several threads.
class FlatClasses {
 public:
  // Valid as long as this object and the class. Corrupt: more than 65,536
  // fields, which a short hostile description can reach by nesting bases.
  [[nodiscard]] Result<const FlatClass*> Of(const ClassNode& cls);

 private:
  std::unordered_map<const ClassNode*, std::unique_ptr<FlatClass>> cache_;
};

// Whether `cls` is the class called `name` or has it among its bases.
bool IsA(const ClassNode& cls, std::string_view name);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_FLAT_CLASS_H_
