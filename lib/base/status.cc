#include "mapfile/status.h"

namespace mapfile {

std::string_view CodeName(Code code) {
  switch (code) {
    case Code::kNotFound: return "not found";
    case Code::kExists: return "exists already";
    case Code::kInvalidArgument: return "invalid argument";
    case Code::kTypeMismatch: return "type mismatch";
    case Code::kReadOnly: return "read-only";
    case Code::kBusy: return "busy";
    case Code::kNoSpace: return "no space";
    case Code::kTimeout: return "timed out";
    case Code::kCorrupt: return "corrupt";
    case Code::kVersion: return "unsupported version";
    case Code::kIo: return "input/output error";
    case Code::kNotDurable: return "not durable";
    case Code::kConflict: return "conflict";
    case Code::kClosed: return "closed";
  }
  return "unknown error";
}

Error::Error(Code code, std::string message)
    : code_(code),
      message_(std::make_unique<const std::string>(std::move(message))) {}

Error::Error(const Error& other) : Error(other.code_, other.message()) {}

Error& Error::operator=(const Error& other) { return *this = Error(other); }

const std::string& Error::message() const {
  static const std::string none;
  return message_ ? *message_ : none;
}

Error Error::In(std::string_view where) const {
  return Error(code_, std::string(where) + ": " + message());
}

}  // namespace mapfile
