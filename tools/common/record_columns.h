// What tools show about a record without its value.
#ifndef MAPFILE_TOOLS_COMMON_RECORD_COLUMNS_H_
#define MAPFILE_TOOLS_COMMON_RECORD_COLUMNS_H_

#include "mapfile/info.h"
#include "tools/common/value.h"

namespace mapfile::tools {

// A producer's state, in a colour that tells good from bad.
inline Value ProducerValue(ProducerState state) {
  text::Style style = text::Style::kDim;
  if (state == ProducerState::kAlive) style = text::Style::kGreen;
  if (state == ProducerState::kStalled) style = text::Style::kYellow;
  if (state == ProducerState::kDead) style = text::Style::kRed;
  return Value::Text(ProducerStateName(state)).In(style);
}

// Text of which "" means that nobody stated one.
inline Value OptionalText(const std::string& text) {
  return text.empty() ? Value::Null() : Value::Text(text);
}

// A number of which 0 means that there is none.
inline Value OptionalCount(std::uint64_t count) {
  return count == 0 ? Value::Null() : Value::Count(count);
}

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_RECORD_COLUMNS_H_
