// Descriptions of classes as JSON, for scripts that define some.
// mapfile-put(1), DESCRIBING CLASSES, has the form:
//
//     [{"class": "Event", "version": 1, "bases": ["Header"],
//       "fields": [{"name": "id", "type": "u64"},
//                  {"name": "hits", "type": "vector<Hit>"}]}]
#ifndef MAPFILE_LIB_TEXT_SCHEMA_JSON_H_
#define MAPFILE_LIB_TEXT_SCHEMA_JSON_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/class_pool.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// Where ParseSchema looks for classes that a document doesn't describe.
struct SchemaSources {
  ClassSource known;     // Any that fields and bases may mention
  ClassSource built_in;  // Those that can't be described in another way
};

// The classes of a document, in its order, each with all that it leads to:
// one class, or an array of them. InvalidArgument, with line, column and
// path: not JSON, or not such a document; a name that is reserved, or there
// twice; an unknown type; a class inside itself by value; a built-in class
// that is described otherwise.
[[nodiscard]] Result<std::vector<std::shared_ptr<const Type>>> ParseSchema(
    std::string_view json, const SchemaSources& sources);

// The document of these classes, which ParseSchema reads; with a newline at
// the end.
std::string FormatSchema(std::span<const ClassNode* const> classes);

// Some parts of it, each in one line: ["Header"], and
// [{"name": "id", "type": "u64"}].
std::string BasesJson(const ClassNode& cls);
std::string FieldsJson(const ClassNode& cls);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_SCHEMA_JSON_H_
