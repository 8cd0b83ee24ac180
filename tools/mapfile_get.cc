// mapfile-get: hands out one value, for machines.
#include <fmt/format.h>

#include <optional>
#include <string>

#include "lib/base/try.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"
#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "tools/common/input.h"
#include "tools/common/object_csv.h"
#include "tools/common/portable.h"
#include "tools/common/tool.h"
#include "tools/common/value_form.h"

namespace mapfile::tools {
namespace {

// `text` without what a terminal would obey; lines stay lines.
std::string ForTerminal(std::string_view text, bool unicode) {
  std::string out;
  while (!text.empty()) {
    const std::size_t plain = text.find_first_of("\\\n\t");
    out += text::Escape(text.substr(0, plain), unicode);
    if (plain == std::string_view::npos) break;
    out += text[plain];
    text.remove_prefix(plain + 1);
  }
  if (!out.ends_with('\n')) out += '\n';
  return out;
}

class Get : public Tool {
 public:
  std::string name() const override { return "mapfile-get"; }
  std::string summary() const override {
    return "Writes one value: numbers as a line of text, strings and bytes "
           "exactly as they are.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.Positional("NAME", &record_, "the record");
    form_words_.Define(args, "a value of any class",
                       "class and bytes, for mapfile-put --raw");
    args.Text("-o,--output", "PATH", &path_, "write to this file, not stdout");
    args.Count("--generation", &generation_,
               "this version, if it is still kept, not the current one");
    args.Remark(
        "On a terminal control characters of strings and bytes are "
        "shown as escapes; -o - writes them as they are.");
  }

  Status Run(Output& output) override {
    MAPFILE_ASSIGN_OR_RETURN(const auto chosen, form_words_.Chosen());
    form_ = chosen.value_or(ValueForm::kText);
    if (generation_ == 0) {
      return Fail(Code::kInvalidArgument,
                  "--generation: the first version is 1");
    }
    if (path_ == "") {
      return Fail(Code::kInvalidArgument,
                  "--output: the name of a file is empty");
    }
    MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(file_));
    MAPFILE_ASSIGN_OR_RETURN(const RawValue value,
                             file.GetRaw(record_, generation_.value_or(0)));
    output.Detail(fmt::format("{}: {}: {}, generation {}", file_,
                              text::Escape(record_), value.type->name(),
                              value.version.generation));
    if (!path_ || *path_ == "-") {
      MAPFILE_ASSIGN_OR_RETURN(
          const std::string text,
          Format(file, value, Exact(output) ? nullptr : &output));
      output.Write(text);
      return {};
    }
    MAPFILE_ASSIGN_OR_RETURN(const std::string text,
                             Format(file, value, nullptr));
    return WriteFile(*path_, text, file.fd());
  }

 private:
  // Whether bytes may be written as they are.
  bool Exact(const Output& output) const {
    return path_.has_value() || form_ == ValueForm::kRaw ||
           !output.terminal().is_terminal;
  }

  // `terminal`: what the text is to be fit for; null: a machine.
  Result<std::string> Format(const MapFile& file, const RawValue& value,
                             const Output* terminal) const {
    if (form_ == ValueForm::kRaw) return ToPortable(file, value);
    if (form_ == ValueForm::kJson) {
      MAPFILE_ASSIGN_OR_RETURN(const std::string text, ToJson(file, value, 2));
      return text + "\n";
    }
    if (form_ == ValueForm::kCsv) return FormatCsv(file, value, terminal);
    if (!text::IsPlain(*value.type)) {
      return Fail(Code::kTypeMismatch,
                  file_ + ": " + text::Quote(record_) + ": " +
                      value.type->name() +
                      " is not plain text; use --json, --raw or --format csv");
    }
    MAPFILE_ASSIGN_OR_RETURN(std::string text,
                             text::FormatPlain(*value.type, value.bytes));
    const Kind kind = value.type->root().kind;
    if (kind != Kind::kString && kind != Kind::kBytes) return text + "\n";
    if (terminal == nullptr) return text;
    return ForTerminal(text, terminal->terminal().unicode);
  }

  Result<std::string> FormatCsv(const MapFile& file, const RawValue& value,
                                const Output* terminal) const {
    auto csv = ToCsv(file, value);
    if (!csv) return Fail(csv.error().In(text::Quote(record_)).In(file_));
    if (terminal == nullptr) return csv;
    return ForTerminal(*csv, terminal->terminal().unicode);
  }

  std::string file_;
  std::string record_;
  FormWords form_words_;
  ValueForm form_ = ValueForm::kText;
  std::optional<std::string> path_;
  std::optional<std::uint64_t> generation_;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Get tool;
  return mapfile::tools::Main(tool, argc, argv);
}
