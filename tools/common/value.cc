#include "tools/common/value.h"

#include <fmt/format.h>

#include <ctime>

#include "lib/text/human.h"
#include "lib/text/json_text.h"

namespace mapfile::tools {

std::string LocalTime(std::uint64_t wall_ns) {
  const auto seconds = static_cast<std::time_t>(wall_ns / 1'000'000'000);
  std::tm local = {};
  if (localtime_r(&seconds, &local) == nullptr) return text::Iso8601(wall_ns);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", local.tm_hour, local.tm_min,
                     local.tm_sec, wall_ns / 1'000'000 % 1000);
}

std::string Value::ForTable() const {
  switch (kind_) {
    case Kind::kNull: return "-";
    case Kind::kBool: return number_ != 0 ? "yes" : "no";
    case Kind::kCount: return fmt::to_string(number_);
    case Kind::kSize: return text::HumanBytes(number_);
    case Kind::kAge: return text::HumanAge(number_);
    case Kind::kTime: return LocalTime(number_);
    case Kind::kText: return text_;
    case Kind::kJson: return shown_;
  }
  return {};
}

std::string Value::ForCsv() const {
  switch (kind_) {
    case Kind::kNull: return {};
    case Kind::kBool: return number_ != 0 ? "true" : "false";
    case Kind::kCount:
    case Kind::kSize:
    case Kind::kAge: return fmt::to_string(number_);
    case Kind::kTime: return text::Iso8601(number_);
    case Kind::kText:
    case Kind::kJson: return text_;
  }
  return {};
}

void Value::AppendJson(std::string& out) const {
  switch (kind_) {
    case Kind::kNull: out += "null"; return;
    case Kind::kTime:
      text::AppendJsonString(out, text::Iso8601(number_));
      return;
    case Kind::kText: text::AppendJsonText(out, text_); return;
    case Kind::kJson: out += text_.empty() ? "null" : text_; return;
    default: out += ForCsv();
  }
}

}  // namespace mapfile::tools
