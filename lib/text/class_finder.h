// ClassFinder: the class of an object in JSON, by its name.
#ifndef MAPFILE_LIB_TEXT_CLASS_FINDER_H_
#define MAPFILE_LIB_TEXT_CLASS_FINDER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

class ClassFinder {
 public:
  // Borrows both.
  ClassFinder(const Type& type, TypeTable& types)
      : type_(type), types_(types) {}

  struct Found {
    std::uint32_t id = 0;
    std::shared_ptr<const Type> type;
  };
  // The class called `name`: as `type` describes it, else the newest of that
  // name in the table. InvalidArgument: neither knows it. NoSpace.
  [[nodiscard]] Result<const Found*> Find(std::string_view name);

 private:
  Result<Found> Search(std::string_view name);
  Result<Found> FromType(const ClassNode& cls);

  const Type& type_;
  TypeTable& types_;
  std::map<std::string, Found, std::less<>> known_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_CLASS_FINDER_H_
