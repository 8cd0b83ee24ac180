// The forms in which values come and go: --format, --json, --raw.
#ifndef MAPFILE_TOOLS_COMMON_VALUE_FORM_H_
#define MAPFILE_TOOLS_COMMON_VALUE_FORM_H_

#include <optional>
#include <string>

#include "mapfile/status.h"
#include "tools/common/arguments.h"

namespace mapfile::tools {

enum class ValueForm {
  kText,  // A number, truth value, string or bytes
  kJson,
  kCsv,  // Of the histogram family, object_csv.h
  kRaw,  // Class and bytes, portable.h
};

class FormWords {
 public:
  // The helps of --json and --raw.
  void Define(Arguments& args, const std::string& json, const std::string& raw);

  // What was asked for; none: nothing. InvalidArgument: several of them.
  [[nodiscard]] Result<std::optional<ValueForm>> Chosen() const;

 private:
  std::string format_;
  bool json_ = false;
  bool raw_ = false;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_VALUE_FORM_H_
