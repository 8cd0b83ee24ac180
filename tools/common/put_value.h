// The bytes of a value that comes as text.
#ifndef MAPFILE_TOOLS_COMMON_PUT_VALUE_H_
#define MAPFILE_TOOLS_COMMON_PUT_VALUE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "mapfile/type.h"
#include "tools/common/portable.h"
#include "tools/common/value_form.h"

namespace mapfile::tools {

struct PutValue {
  std::string record;
  std::optional<std::string> type;  // As ParsePutType takes it
  // Descriptions that came with the value; without a `type` it is of the
  // first of them.
  std::vector<std::shared_ptr<const Type>> described;
  ValueForm form = ValueForm::kText;
};

// `text` as a value of the class that is asked for, else of the class that the
// record has, else a string. InvalidArgument, TypeMismatch: it is none;
// NotFound: JSON or CSV for a record that isn't
// there, without a class.
[[nodiscard]] Result<PortableValue> EncodeValue(const MapFile& file,
                                                const PutValue& value,
                                                std::string_view text);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_PUT_VALUE_H_
