#include "tools/common/file_columns.h"

#include <fmt/format.h>

#include "lib/text/human.h"
#include "lib/text/json_text.h"

namespace mapfile::tools {

std::string ProducersJson(const std::vector<Producer>& producers) {
  std::string json = "[";
  for (const Producer& producer : producers) {
    if (json.size() > 1) json += ", ";
    json += fmt::format(R"({{"slot": {}, "pid": {}, "command": )",
                        producer.slot, producer.pid);
    text::AppendJsonText(json, producer.command);
    json += fmt::format(R"(, "state": "{}", "opened": "{}", "updates": {}}})",
                        ProducerStateName(producer.state),
                        text::Iso8601(producer.opened_ns), producer.updates);
  }
  return json + "]";
}

}  // namespace mapfile::tools
