// The registered classes, as encoders and decoders look for them.
#ifndef MAPFILE_LIB_TYPES_CLASSES_H_
#define MAPFILE_LIB_TYPES_CLASSES_H_

#include <string_view>
#include <typeinfo>
#include <vector>

#include "mapfile/registry.h"

namespace mapfile::internal {

// Null: not registered. From any thread; what is returned lives for ever.
const RegisteredClass* FindClass(std::string_view name);
const RegisteredClass* FindClass(const std::type_info& type_info);

// What is known always: numbers, strings, bytes and vectors of them; the
// histogram family. Each in a unit of its own, since they take long to
// compile.
std::vector<RegisteredClass> BuiltinClasses();
std::vector<RegisteredClass> FamilyClasses();

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_CLASSES_H_
