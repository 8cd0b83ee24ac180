// mapfile-ls: lists the records of a map file.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "tools/common/class_columns.h"
#include "tools/common/file_classes.h"
#include "tools/common/record_columns.h"
#include "tools/common/rows.h"
#include "tools/common/selection.h"
#include "tools/common/text_options.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

using text::Align;

// What is left of a name, at least, before a number is cut.
constexpr int kNameWidth = 16;

constexpr int kSparklineWidth = 12;

struct Listed : RecordInfo {
  std::string sparkline;
};

constexpr Column<Listed> kColumns[] = {
    {{"name", "NAME", Show::kAlways, Align::kLeft, true, kNameWidth},
     [](const Listed& r) { return Value::Text(r.name); }},
    {{"class", "CLASS", Show::kAlways, Align::kLeft, true},
     [](const Listed& r) {
       return Value::Text(r.class_name).In(text::Style::kCyan);
     }},
    {{"size_bytes", "SIZE", Show::kAlways, Align::kRight},
     [](const Listed& r) { return Value::Size(r.version.size_bytes); }},
    {{"generation", "GEN", Show::kLong, Align::kRight},
     [](const Listed& r) { return Value::Count(r.version.generation); }},
    {{"age_ns", "AGE", Show::kLong, Align::kRight},
     [](const Listed& r) { return Value::Age(r.version.age_ns); }},
    {{"updates", "UPDATES", Show::kLong, Align::kRight},
     [](const Listed& r) { return Value::Count(r.updates); }},
    {{"producer", "PRODUCER", Show::kLong},
     [](const Listed& r) { return ProducerValue(r.producer.state); }},
    {{"producer_pid", "PID", Show::kOnRequest, Align::kRight},
     [](const Listed& r) { return OptionalCount(r.producer.pid); }},
    {{"buffer_bytes", "BUFFER", Show::kLong, Align::kRight},
     [](const Listed& r) { return Value::Size(r.buffer_bytes); }},
    {{"shape", "SHAPE", Show::kDrawing},
     [](const Listed& r) { return Value::Text(r.sparkline); }},
    {{"time", "TIME", Show::kOnRequest},
     [](const Listed& r) { return Value::Time(r.version.wall_ns); }},
    {{"producer_command", "COMMAND", Show::kOnRequest, Align::kLeft, true},
     [](const Listed& r) { return OptionalText(r.producer.command); }},
    {{"buffer_offset", "OFFSET", Show::kOnRequest, Align::kRight},
     [](const Listed& r) { return Value::Count(r.buffer_offset); }},
    {{"slots", "SLOTS", Show::kOnRequest, Align::kRight},
     [](const Listed& r) { return Value::Count(r.slots); }},
    {{"title", "TITLE", Show::kOnRequest, Align::kLeft, true},
     [](const Listed& r) { return OptionalText(r.title); }},
    {{"unit", "UNIT", Show::kOnRequest, Align::kLeft, true},
     [](const Listed& r) { return OptionalText(r.unit); }},
    {{"description", "DESCRIPTION", Show::kOnRequest, Align::kLeft, true},
     [](const Listed& r) { return OptionalText(r.description); }},
    {{"period_ms", "PERIOD", Show::kOnRequest, Align::kRight},
     [](const Listed& r) { return OptionalCount(r.period_ms); }},
    {{"durable_generation", "DURABLE", Show::kOnRequest, Align::kRight},
     [](const Listed& r) { return OptionalCount(r.durable_generation); }},
    {{"damaged", "DAMAGED", Show::kOnRequest},
     [](const Listed& r) { return Value::Bool(r.damaged); }},
};

using Less = bool (*)(const RecordInfo&, const RecordInfo&);

// How --sort KEY orders; those that people look for come first.
Less LessOf(const std::string& key) {
  if (key == "name") {
    return [](const RecordInfo& a, const RecordInfo& b) {
      return a.name < b.name;
    };
  }
  if (key == "size") {
    return [](const RecordInfo& a, const RecordInfo& b) {
      return a.version.size_bytes > b.version.size_bytes;
    };
  }
  if (key == "age") {
    return [](const RecordInfo& a, const RecordInfo& b) {
      return a.version.age_ns < b.version.age_ns;
    };
  }
  if (key == "generation") {
    return [](const RecordInfo& a, const RecordInfo& b) {
      return a.version.generation > b.version.generation;
    };
  }
  if (key == "updates") {
    return [](const RecordInfo& a, const RecordInfo& b) {
      return a.updates > b.updates;
    };
  }
  return nullptr;
}

class Ls : public Tool {
 public:
  std::string name() const override { return "mapfile-ls"; }
  std::string summary() const override {
    return "Lists the records of a map file, in the order of their insertion.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.List("NAME", &names_, "records, folders or globs (all)");
    args.Flag("-l,--long", &long_, "also generation, age, updates, producer");
    args.Choice("--sort", "KEY",
                {"name", "size", "age", "generation", "updates"}, &sort_,
                "names from a, largest, youngest or most first");
    args.Flag("-r,--reverse", &reverse_, "the other way round");
    args.Flag("--classes", &classes_,
              "the classes that the file describes, rather than its records; "
              "NAMEs are classes");
    args.Columns(InfoOf(kColumns));
    args.OtherColumns(&classes_, InfoOf(kClassColumns));
    args.Drawing();
  }

  Status Run(Output& output) override {
    if (classes_) return ListClasses(output);
    MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(file_));
    MAPFILE_ASSIGN_OR_RETURN(const auto selection,
                             Selection::Parse(names_, Folders::kTaken, &file));
    MAPFILE_ASSIGN_OR_RETURN(auto found, selection.Find(file));
    for (const Error& miss : found.misses) output.Complain(miss);
    if (found.records.empty() && !found.misses.empty()) return {};
    auto& records = found.records;
    if (const Less less = LessOf(sort_)) {
      std::stable_sort(records.begin(), records.end(), less);
    }
    if (reverse_) std::reverse(records.begin(), records.end());
    Rows<Listed> rows(output, kColumns, {.long_table = long_});
    const bool drawn = rows.Has("shape");
    for (RecordInfo& record : records) {
      Listed listed{std::move(record), {}};
      if (drawn) listed.sparkline = ShapeOf(file, listed, output);
      rows.Add(listed);
    }
    rows.End();
    output.Detail(file_ + ": " + text::Counted(records.size(), "record"));
    return {};
  }

 private:
  // A value that can't be read, or that went meanwhile, has no shape: what
  // else is known of it is listed.
  static std::string ShapeOf(const MapFile& file, const RecordInfo& record,
                             const Output& output) {
    TextOptions options = TextOptionsOf(output.terminal());
    options.width = kSparklineWidth;
    return Sparkline(file, record, options).value_or("");
  }

  bool IsWanted(const FileClass& entry) const {
    return names_.empty() || std::find(names_.begin(), names_.end(),
                                       entry.cls->name) != names_.end();
  }

  Status ListClasses(Output& output) {
    if (long_ || reverse_ || !sort_.empty()) {
      return Fail(Code::kInvalidArgument,
                  "--classes doesn't go with -l, -r or --sort");
    }
    MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(file_));
    MAPFILE_ASSIGN_OR_RETURN(auto classes, ClassesOf(file));
    for (const std::string& name : names_) {
      const bool is_there =
          std::any_of(classes.begin(), classes.end(),
                      [&](const FileClass& c) { return c.cls->name == name; });
      if (!is_there) output.Complain(NoClass(file, name));
    }
    Rows<FileClass> rows(output, kClassColumns);
    std::size_t count = 0;
    for (const FileClass& entry : classes) {
      if (!IsWanted(entry)) continue;
      rows.Add(entry);
      ++count;
    }
    if (names_.empty() || count > 0) rows.End();
    output.Detail(file_ + ": " + text::Counted(count, "class"));
    return {};
  }

  std::string file_;
  std::vector<std::string> names_;
  std::string sort_;
  bool long_ = false;
  bool reverse_ = false;
  bool classes_ = false;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Ls tool;
  return mapfile::tools::Main(tool, argc, argv);
}
