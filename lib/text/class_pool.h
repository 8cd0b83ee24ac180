// ClassPool: classes by name, from which descriptions are put together.
#ifndef MAPFILE_LIB_TEXT_CLASS_POOL_H_
#define MAPFILE_LIB_TEXT_CLASS_POOL_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// Where a class comes from that a pool hasn't: a type that describes it;
// null: it isn't known there.
using ClassSource =
    std::function<std::shared_ptr<const Type>(std::string_view name)>;

class ClassPool {
 public:
  // Enters a class: its line of a description (mapfile(5), TYPES). False:
  // there is one of that name, which stays.
  bool Add(std::string_view name, std::string line) {
    return lines_.emplace(name, std::move(line)).second;
  }
  // Enters all classes of `type` whose names are free.
  void Add(const Type& type);
  bool Has(std::string_view name) const { return lines_.contains(name); }

  // The type that an expression means, "map<string,Event>", with the classes
  // that it leads to. InvalidArgument: it is none, or a class is unknown.
  [[nodiscard]] Result<std::shared_ptr<const Type>> Parse(
      std::string_view expression) const;

 private:
  std::map<std::string, std::string, std::less<>> lines_;
};

// The names in an expression: "map", "string" and "Event" of
// "map<string,Event>".
std::set<std::string> WordsOf(std::string_view text);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_CLASS_POOL_H_
