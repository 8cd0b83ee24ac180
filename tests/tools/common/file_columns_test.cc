#include "tools/common/file_columns.h"

#include "tests/tools/common/captured.h"
#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

TEST_CASE("producers as JSON") {
  CHECK(ProducersJson({}) == "[]");
  Producer producer;
  producer.state = ProducerState::kAlive;
  producer.slot = 3;
  producer.pid = 4711;
  producer.command = "daq \"x\"";
  producer.opened_ns = 1'000'000'000;
  producer.updates = 5;
  CHECK(ProducersJson({producer}) ==
        "[{\"slot\": 3, \"pid\": 4711, \"command\": \"daq \\\"x\\\"\", "
        "\"state\": \"alive\", \"opened\": \"1970-01-01T00:00:01.000Z\", "
        "\"updates\": 5}]");
}

TEST_CASE_FIXTURE(TestFile, "a file as one JSON object") {
  OutputOptions options;
  options.format = Format::kJson;
  Captured captured(options);
  Rows<FileInfo> rows(captured.output, kFileColumns, {.single = true});
  rows.Add(file.Info().value());
  rows.End();
  const std::string json = captured.out();
  CHECK(json.starts_with("{\"path\": \"" + path + "\", \"title\": null, "));
  CHECK(json.find("\"state\": \"alive\"") != std::string::npos);
  CHECK(json.ends_with("}]}\n"));
}

}  // namespace
}  // namespace mapfile::tools
