// Values as JSON and back.
//
//     bool, numbers      as they are, integers in full, floating point in the
//                        fewest digits that give the same bits, -0.0 for the
//                        negative zero; what JSON has no number for is a
//                        string: "inf", "-inf", "nan", "-nan", and
//                        "nan(0x...)" with the bits of another NaN
//     string             string; {"$bytes": base64} if it isn't UTF-8
//     bytes              base64 string
//     array, vector      array
//     map                object if all keys are UTF-8 strings, else array of
//                        [key, value]
//     optional           null or the value; [] or [value] where the value
//                        could be null itself (optional or pointer)
//     variant            {"index": N, "value": ...}
//     class              object: the fields of bases, then its own, in order;
//                        names that occur twice as "Base::field"
//     pointer            null, or its object with "$class" in front and, if
//                        others point to it too, "$id": n; those are
//                        {"$ref": n}. A value that pointers in it lead to
//                        has its own "$id"
#ifndef MAPFILE_LIB_TEXT_JSON_H_
#define MAPFILE_LIB_TEXT_JSON_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

struct JsonOptions {
  int indent = 0;  // Spaces per level; 0: all in one line
};

// The value of `type` in `bytes` as a JSON document, without a newline at the
// end. Arrays of scalars stay on one line. Corrupt: the bytes aren't such a
// value. InvalidArgument: objects lead to one another through more than 1024
// levels, which FromJson would not read either.
[[nodiscard]] Result<std::string> ToJson(const Type& type,
                                         std::span<const std::byte> bytes,
                                         TypeTable& types,
                                         const JsonOptions& options = {});

// The bytes of a value of `type` from a JSON document, map keys sorted: its
// C++ object can be read from them. A missing field is an error unless it is
// an optional or a pointer. `types` gives ids to the classes of pointers.
// InvalidArgument, with line, column and field: not JSON, or not such a
// value. NoSpace: from `types`.
[[nodiscard]] Result<std::vector<std::byte>> FromJson(const Type& type,
                                                      std::string_view json,
                                                      TypeTable& types);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_JSON_H_
