// The classes that a map file describes, and those that are built in.
#ifndef MAPFILE_TOOLS_COMMON_FILE_CLASSES_H_
#define MAPFILE_TOOLS_COMMON_FILE_CLASSES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::tools {

// One description of a class. Another version of it is another one.
struct FileClass {
  const ClassNode* cls = nullptr;
  std::shared_ptr<const Type> type;  // The newest that describes it; owns cls
  std::vector<std::string> records;  // Names; their classes lead to it
};

// Each description once, in the order in which the file got them.
[[nodiscard]] Result<std::vector<FileClass>> ClassesOf(const MapFile& file);

// A type that describes the class `name`: the newest of the file, else the
// built-in one; null: there is none.
std::shared_ptr<const Type> FindClass(const MapFile& file,
                                      std::string_view name);

// The same of the histogram family alone.
std::shared_ptr<const Type> FindBuiltIn(std::string_view name);

// Descriptions of classes of the file, each with those that it leads to.
struct FileSchema {
  std::vector<const ClassNode*> classes;  // One of each name
  std::vector<std::shared_ptr<const Type>> owners;
  std::vector<Error> misses;  // NotFound, for each name that is no class
};
// That of these classes, the newest of each name; no names: of all.
[[nodiscard]] Result<FileSchema> SchemaOf(const MapFile& file,
                                          std::vector<std::string> names);

// The description of a class in a type that has it; null: it hasn't.
const ClassNode* ClassIn(const Type& type, std::string_view name);

// Says that the file describes no class of that name: NotFound.
Error NoClass(const MapFile& file, std::string_view name);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_FILE_CLASSES_H_
