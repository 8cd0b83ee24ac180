// mapfile-check: tells whether a map file is whole, and repairs it.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"
#include "mapfile/check.h"
#include "tools/common/progress.h"
#include "tools/common/record_columns.h"
#include "tools/common/rows.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

// A finding, or something that a repair gave up.
struct Line {
  std::string kind;
  std::uint64_t offset = 0;
  std::string record;
  std::string message;
  std::string class_name = {};
  std::optional<std::uint64_t> generation = {};
  std::optional<std::uint64_t> size_bytes = {};
};

Line LineOf(const Finding& found) {
  return {PartName(found.part), found.offset, found.record, found.message};
}

Line LineOf(const Dropped& dropped) {
  Line line{"dropped", dropped.offset, dropped.record, dropped.reason,
            dropped.class_name};
  if (dropped.generation != 0) line.generation = dropped.generation;
  if (dropped.generation != 0) line.size_bytes = dropped.size_bytes;
  return line;
}

constexpr Column<Line> kColumns[] = {
    {{"kind", "KIND"}, [](const Line& l) { return Value::Text(l.kind); }},
    {{"offset", "OFFSET", Show::kAlways, text::Align::kRight},
     [](const Line& l) { return Value::Count(l.offset); }},
    {{"record", "RECORD", Show::kAlways, text::Align::kLeft, true},
     [](const Line& l) { return OptionalText(l.record); }},
    {{"message", "MESSAGE", Show::kAlways, text::Align::kLeft, true},
     [](const Line& l) { return Value::Text(l.message); }},
    {{"class", "CLASS", Show::kOnRequest},
     [](const Line& l) { return OptionalText(l.class_name); }},
    {{"generation", "GEN", Show::kOnRequest, text::Align::kRight},
     [](const Line& l) {
       return l.generation ? Value::Count(*l.generation) : Value::Null();
     }},
    {{"size_bytes", "SIZE", Show::kOnRequest, text::Align::kRight},
     [](const Line& l) {
       return l.size_bytes ? Value::Size(*l.size_bytes) : Value::Null();
     }},
};

std::string Describe(const Dropped& dropped) {
  std::string text =
      dropped.record.empty() ? std::string() : text::Quote(dropped.record);
  if (dropped.generation != 0) {
    text += fmt::format(
        "{}generation {}, {}, {}", text.empty() ? "" : ", ", dropped.generation,
        dropped.class_name.empty() ? "unknown class" : dropped.class_name,
        text::Counted(dropped.size_bytes, "byte"));
  }
  if (!text.empty()) text += ": ";
  return text + text::Escape(dropped.reason);
}

class Check : public Tool {
 public:
  std::string name() const override { return "mapfile-check"; }
  std::string summary() const override {
    return "Tells whether a map file is whole, while others use it, and "
           "names what is damaged. Repairs it if told to.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.Flag("-r,--repair", &repair_,
              "put it in order; no program may have it open for writing");
    args.Flag("-n,--dry-run", &dry_run_,
              "with --repair: say what it would do, and write nothing");
    args.Flag("--drop", &drop_,
              "with --repair: give up what can't be saved, and say what");
    args.Text("--backup", "PATH", &backup_,
              "with --repair: where its copy goes first (FILE.bak)");
    args.Flag("--no-backup", &no_backup_, "with --repair: make no copy");
    args.Columns(InfoOf(kColumns));
    args.Drawing();
    args.Remark("What is damaged is listed; it exits with 4 then.");
  }

  Status Run(Output& output) override {
    if (!repair_ && (dry_run_ || drop_ || backup_ || no_backup_)) {
      return Fail(Code::kInvalidArgument,
                  "--dry-run, --drop, --backup and --no-backup are for "
                  "--repair");
    }
    if (backup_ && no_backup_) {
      return Fail(Code::kInvalidArgument,
                  "--backup and --no-backup exclude each other");
    }
    return repair_ ? RunRepair(output) : RunCheck(output);
  }

 private:
  Status RunCheck(Output& output) {
    Result<CheckReport> report = Fail(Code::kNotFound, "");
    {
      ProgressLine line(output);
      report = mapfile::Check(file_, {.progress = [&](const Progress& p) {
                                line.Show(p.phase, p.done, p.total);
                              }});
    }
    if (!report) return Fail(std::move(report).error());
    std::vector<Line> lines;
    for (const Finding& found : report->findings) {
      lines.push_back(LineOf(found));
    }
    List(lines, output);
    Conclude(*report, output);
    return {};
  }

  Status RunRepair(Output& output) {
    RepairOptions options;
    options.drop = drop_;
    options.backup = !no_backup_;
    options.backup_path = backup_.value_or("");
    Result<RepairReport> report = Fail(Code::kNotFound, "");
    {
      ProgressLine line(output);
      options.progress = [&](const Progress& p) {
        line.Show(p.phase, p.done, p.total);
      };
      report = Repair(options);
    }
    if (!report) return Fail(Explain(report.error()));
    std::vector<Line> lines;
    for (const Dropped& dropped : report->dropped) {
      lines.push_back(LineOf(dropped));
    }
    for (const Finding& found : report->after.findings) {
      lines.push_back(LineOf(found));
    }
    List(lines, output);
    Tell(*report, output);
    Conclude(report->after, output);
    return {};
  }

  // A copy of what stays as it is would be one too many: tried first.
  Result<RepairReport> Repair(RepairOptions options) const {
    options.dry_run = true;
    MAPFILE_ASSIGN_OR_RETURN(RepairReport report,
                             mapfile::Repair(file_, options));
    const bool changes =
        !report.actions.empty() || !report.dropped.empty() ||
        report.after.findings.size() != report.before.findings.size();
    if (dry_run_ || !changes) return report;
    options.dry_run = false;
    return mapfile::Repair(file_, options);
  }

  Error Explain(const Error& error) const {
    if (error.code() != Code::kExists) return error;
    return Error(error.code(), error.message() +
                                   "; --backup puts the copy elsewhere, "
                                   "--no-backup makes none");
  }

  void List(const std::vector<Line>& lines, Output& output) const {
    Rows<Line> rows(output, kColumns);
    for (const Line& line : lines) rows.Add(line);
    if (!lines.empty() || output.options().format_given) rows.End();
  }

  void Tell(const RepairReport& report, Output& output) const {
    if (!report.backup_path.empty()) {
      output.Note(report.backup_path + ": the file as it was");
    }
    const char* const would = dry_run_ ? "would: " : "";
    for (const std::string& action : report.actions) {
      output.Note(fmt::format("{}: {}{}", file_, would, text::Escape(action)));
    }
    for (const Dropped& dropped : report.dropped) {
      output.Note(
          fmt::format("{}: {}dropped {}", file_, would, Describe(dropped)));
    }
    if (report.before.whole()) output.Note(file_ + ": nothing to repair");
  }

  void Conclude(const CheckReport& report, Output& output) const {
    for (const std::string& remark : report.remarks) {
      output.Note(file_ + ": " + text::Escape(remark));
    }
    output.Detail(fmt::format("{}: {}{}, {}, {}, {}, {}", file_,
                              report.is_live ? "live, " : "",
                              text::HumanBytes(report.size_bytes),
                              text::Counted(report.blocks, "block"),
                              text::Counted(report.records, "record"),
                              text::Counted(report.types, "type"),
                              text::Counted(report.versions, "version")));
    if (report.unchecked != 0) {
      output.Detail(fmt::format("{}: {} of the versions {} no checksum yet",
                                file_, report.unchecked,
                                report.unchecked == 1 ? "has" : "have"));
    }
    if (report.whole()) return output.Detail(file_ + ": whole");
    const std::size_t count = report.findings.size();
    const bool is_most = count == CheckReport::kMostFindings;
    output.Complain(Error(
        Code::kCorrupt,
        fmt::format(
            "{}: damaged: {}{}{}", file_, is_most ? "at least " : "",
            text::Counted(count, "finding"),
            repair_ && !drop_ ? "; --drop gives up what can't be saved" : "")));
  }

  std::string file_;
  bool repair_ = false;
  bool dry_run_ = false;
  bool drop_ = false;
  bool no_backup_ = false;
  std::optional<std::string> backup_;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Check tool;
  return mapfile::tools::Main(tool, argc, argv);
}
