// mapfile-rm: removes records.
#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "mapfile/mapfile.h"
#include "tools/common/open.h"
#include "tools/common/rows.h"
#include "tools/common/selection.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

struct Removal {
  RecordInfo record;
  bool removed = false;
};

constexpr Column<Removal> kColumns[] = {
    {{"name", "NAME", Show::kAlways, text::Align::kLeft, true},
     [](const Removal& r) { return Value::Text(r.record.name); }},
    {{"class", "CLASS", Show::kAlways, text::Align::kLeft, true},
     [](const Removal& r) { return Value::Text(r.record.class_name); }},
    {{"size_bytes", "SIZE", Show::kAlways, text::Align::kRight},
     [](const Removal& r) { return Value::Size(r.record.version.size_bytes); }},
    {{"removed", "REMOVED"},
     [](const Removal& r) { return Value::Bool(r.removed); }},
};

class Rm : public Tool {
 public:
  std::string name() const override { return "mapfile-rm"; }
  std::string summary() const override {
    return "Removes records of a map file. Programs that have a copy keep it.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.List("NAME", &names_, "records or globs");
    args.Flag("-a,--all", &all_, "every record; asks first, unless -f");
    args.Flag("-f,--force", &force_, "never ask, and miss no missing records");
    args.Flag("-i,--interactive", &interactive_, "ask before each removal");
    args.Flag("-n,--dry-run", &dry_run_, "only list what would be removed");
    args.Columns(InfoOf(kColumns));
    args.Drawing();
    args.Remark("What is removed is listed with -n, -v or a --format.");
  }

  Status Run(Output& output) override {
    if (all_ == !names_.empty()) {
      return Fail(Code::kInvalidArgument,
                  all_ ? "--all and names exclude each other"
                       : "say which records, or --all");
    }
    auto opened = dry_run_ ? MapFile::Open(file_) : OpenForWriting(file_);
    if (!opened) return Fail(opened.error());
    MapFile file = *opened;
    MAPFILE_ASSIGN_OR_RETURN(
        const auto selection,
        Selection::Parse(names_, Folders::kRefused, &file));
    MAPFILE_ASSIGN_OR_RETURN(auto found, selection.Find(file));
    for (const Error& miss : found.misses) {
      const bool missing = miss.code() == Code::kNotFound;
      if (!missing || !force_) output.Complain(miss);
    }
    if (all_) MAPFILE_RETURN_IF_ERROR(AskForAll(found.records.size(), output));
    const bool refused = Remove(file, found.records, output);
    MAPFILE_RETURN_IF_ERROR(file.Close());
    if (!refused) return {};
    return Fail(Code::kNotFound, "nothing was removed");
  }

 private:
  Status AskForAll(std::size_t count, Output& output) const {
    if (force_ || dry_run_ || count == 0) return {};
    const std::string all =
        (count == 1 ? std::string("the only record")
                    : fmt::format("all {} records", count)) +
        " of " + file_;
    if (::isatty(STDIN_FILENO) != 1) {
      return Fail(Code::kInvalidArgument,
                  "--all would remove " + all + "; add -f to mean it");
    }
    if (output.Confirm("remove " + all + "?")) return {};
    return Fail(Code::kNotFound, "nothing was removed");
  }

  // Returns whether it asked, and the answer was always no.
  bool Remove(MapFile& file, const std::vector<RecordInfo>& records,
              Output& output) const {
    const OutputOptions& options = output.options();
    Rows<Removal> rows(output, kColumns);
    std::size_t refusals = 0;
    for (const RecordInfo& record : records) {
      if (interactive_ && !dry_run_ &&
          !output.Confirm("remove " + text::Quote(record.name) + "?")) {
        ++refusals;
        continue;
      }
      Removal removal = {record, false};
      if (!dry_run_) {
        const Status status = file.Remove("/" + record.name);
        removal.removed = status.has_value();
        const bool gone = !status && status.error().code() == Code::kNotFound;
        if (!status && !(gone && force_)) output.Complain(status.error());
      }
      rows.Add(removal);
    }
    if (dry_run_ || options.verbose || options.format_given) rows.End();
    return refusals > 0 && refusals == records.size();
  }

  std::string file_;
  std::vector<std::string> names_;
  bool all_ = false;
  bool force_ = false;
  bool interactive_ = false;
  bool dry_run_ = false;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Rm tool;
  return mapfile::tools::Main(tool, argc, argv);
}
