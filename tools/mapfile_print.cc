// mapfile-print: shows a map file, or values in it, for people.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/schema_json.h"
#include "lib/text/table.h"
#include "lib/text/utf8.h"
#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "tools/common/file_classes.h"
#include "tools/common/file_columns.h"
#include "tools/common/rows.h"
#include "tools/common/selection.h"
#include "tools/common/text_options.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

// A record and its value, both of one version.
struct Printed {
  std::string name;
  RawValue raw;
  std::string json;
};

constexpr Column<Printed> kColumns[] = {
    {{"name", "NAME"}, [](const Printed& p) { return Value::Text(p.name); }},
    {{"class", "CLASS"},
     [](const Printed& p) { return Value::Text(p.raw.type->name()); }},
    {{"generation", "GEN"},
     [](const Printed& p) { return Value::Count(p.raw.version.generation); }},
    {{"time", "TIME"},
     [](const Printed& p) { return Value::Time(p.raw.version.wall_ns); }},
    {{"age_ns", "AGE"},
     [](const Printed& p) { return Value::Age(p.raw.version.age_ns); }},
    {{"size_bytes", "SIZE"},
     [](const Printed& p) { return Value::Size(p.raw.version.size_bytes); }},
    {{"value", "VALUE"},
     [](const Printed& p) { return Value::Json(p.json, p.json); }},
};

class Print : public Tool {
 public:
  std::string name() const override { return "mapfile-print"; }
  std::string summary() const override {
    return "Shows a map file itself or, with names, the values of records: "
           "field by field, histograms drawn.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.List("NAME", &names_, "records, folders or globs");
    args.Json("JSON: an object for the file, an array for records");
    args.Count("--max-elements", &max_elements_,
               "show this many elements of an array at most");
    args.Flag("--schema", &schema_,
              "the classes that the file describes, in JSON for mapfile-put "
              "--schema; NAMEs are classes");
    args.Drawing();
  }

  Status Run(Output& output) override {
    if (schema_) return PrintSchema(output);
    MAPFILE_ASSIGN_OR_RETURN(const auto selection, Selection::Parse(names_));
    MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(file_));
    if (names_.empty()) {
      output.Detail(file_ + ": the file itself; with names, its records");
      return PrintFile(file, output);
    }
    MAPFILE_ASSIGN_OR_RETURN(const auto found, selection.Find(file));
    for (const Error& miss : found.misses) output.Complain(miss);
    output.Detail(fmt::format("{}: {} records", file_, found.records.size()));
    return output.options().format == Format::kJson
               ? PrintJson(file, found.records, output)
               : PrintText(file, found.records, output);
  }

 private:
  TextOptions Options(const Output& output) const {
    TextOptions options = TextOptionsOf(output.terminal());
    options.max_elements = static_cast<int>(
        std::min<std::uint64_t>(max_elements_.value_or(0), 1 << 30));
    return options;
  }

  Status PrintFile(const MapFile& file, Output& output) {
    if (output.options().format == Format::kJson) {
      MAPFILE_ASSIGN_OR_RETURN(const FileInfo info, file.Info());
      Rows<FileInfo> rows(output, kFileColumns, {.single = true});
      rows.Add(info);
      rows.End();
      return {};
    }
    MAPFILE_ASSIGN_OR_RETURN(const std::string text,
                             mapfile::Print(file, Options(output)));
    output.Write(text);
    return {};
  }

  Status PrintText(const MapFile& file, const std::vector<RecordInfo>& records,
                   Output& output) {
    bool first = true;
    for (const RecordInfo& record : records) {
      auto text = PrintOne(file, record.name, output);
      if (!text) {
        output.Complain(text.error());  // The others may be whole
        continue;
      }
      if (!first) output.Write("\n");
      first = false;
      output.Write(*text);
    }
    return {};
  }

  Result<std::string> PrintOne(const MapFile& file, const std::string& name,
                               const Output& output) {
    MAPFILE_ASSIGN_OR_RETURN(const RawValue raw, file.GetRaw(name));
    MAPFILE_ASSIGN_OR_RETURN(const std::string text,
                             mapfile::Print(file, raw, Options(output)));
    const Terminal& terminal = output.terminal();
    const std::string heading = text::Shorten(
        fmt::format("{}: {}, generation {}, {} old",
                    text::Escape(name, terminal.unicode), raw.type->name(),
                    raw.version.generation, text::HumanAge(raw.version.age_ns)),
        terminal.width, terminal.unicode);
    return (terminal.color ? text::Styled(heading, text::Style::kBold)
                           : heading) +
           "\n" + text + (text.ends_with('\n') ? "" : "\n");
  }

  Status PrintJson(const MapFile& file, const std::vector<RecordInfo>& records,
                   Output& output) {
    Rows<Printed> rows(output, kColumns);
    for (const RecordInfo& record : records) {
      auto printed = ReadOne(file, record.name);
      if (printed) {
        rows.Add(*printed);
      } else {
        output.Complain(printed.error());
      }
    }
    rows.End();
    return {};
  }

  Status PrintSchema(Output& output) {
    MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(file_));
    MAPFILE_ASSIGN_OR_RETURN(const auto schema, SchemaOf(file, names_));
    for (const Error& miss : schema.misses) output.Complain(miss);
    if (schema.classes.empty() && !schema.misses.empty()) return {};
    output.Write(text::FormatSchema(schema.classes));
    return {};
  }

  static Result<Printed> ReadOne(const MapFile& file, const std::string& name) {
    MAPFILE_ASSIGN_OR_RETURN(RawValue raw, file.GetRaw(name));
    MAPFILE_ASSIGN_OR_RETURN(std::string json, ToJson(file, raw));
    return Printed{name, std::move(raw), std::move(json)};
  }

  std::string file_;
  std::vector<std::string> names_;
  std::optional<std::uint64_t> max_elements_;
  bool schema_ = false;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Print tool;
  return mapfile::tools::Main(tool, argc, argv);
}
