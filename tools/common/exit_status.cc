#include "tools/common/exit_status.h"

namespace mapfile::tools {

ExitStatus ExitStatusOf(Code code) {
  switch (code) {
    case Code::kNotFound:
    case Code::kTimeout: return ExitStatus::kNo;
    case Code::kInvalidArgument:
    case Code::kTypeMismatch: return ExitStatus::kUsage;
    case Code::kReadOnly:
    case Code::kNoSpace:
    case Code::kIo:
    case Code::kNotDurable:
    case Code::kClosed: return ExitStatus::kSystem;
    case Code::kCorrupt:
    case Code::kVersion: return ExitStatus::kCorrupt;
    case Code::kExists:
    case Code::kBusy:
    case Code::kConflict: return ExitStatus::kConflict;
  }
  return ExitStatus::kSystem;
}

}  // namespace mapfile::tools
