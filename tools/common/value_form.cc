#include "tools/common/value_form.h"

namespace mapfile::tools {

void FormWords::Define(Arguments& args, const std::string& json,
                       const std::string& raw) {
  args.Choice("--format", "FORMAT", {"text", "json", "csv", "raw"}, &format_,
              "form of the value (text); csv: of the histogram family");
  args.Flag("--json", &json_, "the same as --format json: " + json);
  args.Flag("--raw", &raw_, "the same as --format raw: " + raw);
}

Result<std::optional<ValueForm>> FormWords::Chosen() const {
  const bool is_json = json_ || format_ == "json";
  const bool is_raw = raw_ || format_ == "raw";
  const bool is_csv = format_ == "csv";
  const bool is_text = format_ == "text";
  if (is_json + is_raw + is_csv + is_text > 1) {
    return Fail(Code::kInvalidArgument,
                "--format, --json and --raw exclude each other");
  }
  if (is_json) return ValueForm::kJson;
  if (is_raw) return ValueForm::kRaw;
  if (is_csv) return ValueForm::kCsv;
  if (is_text) return ValueForm::kText;
  return std::nullopt;
}

}  // namespace mapfile::tools
