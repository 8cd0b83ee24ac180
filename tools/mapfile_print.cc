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
           "field by field, histograms and graphs drawn.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.List("NAME", &names_, "records, folders or globs");
    args.Picture("JSON: an object for the file, an array for records");
    args.Count("--max-elements", &max_elements_,
               "show this many elements of an array at most, and list as many "
               "points or samples");
    args.Flag("--schema", &schema_,
              "the classes that the file describes, in JSON for mapfile-put "
              "--schema; NAMEs are classes");
    args.Flag("--errors", &errors_, "draw error bars");
    args.Flag("--log", &log_, "draw contents on a logarithmic scale");
    args.Flag("--vertical", &vertical_,
              "bars that rise, with the axis below them");
    args.Choice("--stats", "WHICH", {"usual", "all"}, &statistics_,
                "figures beside a picture; all: also skewness, kurtosis, "
                "integral, effective entries");
    args.Flag("--overlay", &overlay_,
              "draw the records over each other, each with its own mark");
    args.Drawing();
  }

  Status Run(Output& output) override {
    MAPFILE_RETURN_IF_ERROR(CheckWords(output.options().format));
    if (schema_) return PrintSchema(output);
    MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(file_));
    MAPFILE_ASSIGN_OR_RETURN(const auto selection,
                             Selection::Parse(names_, Folders::kTaken, &file));
    if (names_.empty()) {
      output.Detail(file_ + ": the file itself; with names, its records");
      return PrintFile(file, output);
    }
    MAPFILE_ASSIGN_OR_RETURN(const auto found, selection.Find(file));
    for (const Error& miss : found.misses) output.Complain(miss);
    output.Detail(file_ + ": " + text::Counted(found.records.size(), "record"));
    if (overlay_ || output.options().format == Format::kSvg) {
      return PrintPicture(file, found.records, output);
    }
    return output.options().format == Format::kJson
               ? PrintJson(file, found.records, output)
               : PrintText(file, found.records, output);
  }

 private:
  Status CheckWords(Format format) const {
    if (names_.empty() && (overlay_ || format == Format::kSvg)) {
      return Fail(Code::kInvalidArgument,
                  "a picture needs the name of a record");
    }
    if (schema_ && (overlay_ || format == Format::kSvg)) {
      return Fail(Code::kInvalidArgument, "--schema writes JSON alone");
    }
    if (overlay_ && format == Format::kJson) {
      return Fail(Code::kInvalidArgument,
                  "--overlay draws a picture; JSON has none");
    }
    return {};
  }

  TextOptions Options(const Output& output) const {
    TextOptions options = TextOptionsOf(output.terminal());
    options.max_elements = static_cast<int>(
        std::min<std::uint64_t>(max_elements_.value_or(0), 1 << 30));
    options.errors = errors_;
    options.log = log_;
    options.vertical = vertical_;
    options.all_statistics = statistics_ == "all";
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

  // One picture, of one record or of several over each other.
  Status PrintPicture(const MapFile& file,
                      const std::vector<RecordInfo>& records, Output& output) {
    if (records.empty()) return {};  // What is missing was reported
    if (!overlay_ && records.size() > 1) {
      return Fail(Code::kInvalidArgument,
                  fmt::format("{} records; svg is one picture: name one, or "
                              "add --overlay",
                              records.size()));
    }
    std::vector<NamedValue> values;
    for (const RecordInfo& record : records) {
      MAPFILE_ASSIGN_OR_RETURN(RawValue raw, file.GetRaw(record.name));
      values.push_back({record.name, std::move(raw)});
    }
    const bool svg = output.options().format == Format::kSvg;
    MAPFILE_ASSIGN_OR_RETURN(const std::string text,
                             svg ? ToSvg(file, values, Options(output))
                                 : PrintOver(file, values, Options(output)));
    output.Write(text);
    return {};
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
  bool errors_ = false;
  bool log_ = false;
  bool vertical_ = false;
  bool overlay_ = false;
  std::string statistics_ = "usual";
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Print tool;
  return mapfile::tools::Main(tool, argc, argv);
}
