// mapfile-watch: says what changes in a map file, as it happens.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "tools/common/changes.h"
#include "tools/common/interrupt.h"
#include "tools/common/rows.h"
#include "tools/common/text_options.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

using std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;

// How long to sleep before a look at whether the file is still in its place
// and somebody still reads our output: neither wakes us.
constexpr nanoseconds kLongestSleep = std::chrono::milliseconds(500);

// Room that names get before they are seen.
constexpr std::size_t kNameWidth = 32;

// A change with the value that it led to.
struct Line {
  Change change = {};
  std::uint64_t wall_ns = 0;
  std::string class_name;
  std::uint64_t size_bytes = 0;
  std::string json;  // Empty: there is none
  std::string summary = "(removed)";
};

constexpr Column<Line> kColumns[] = {
    {{"time", "TIME"}, [](const Line& l) { return Value::Time(l.wall_ns); }},
    {{"event", "EVENT", Show::kOnRequest},
     [](const Line& l) { return Value::Text(ChangeName(l.change.kind)); }},
    {{"name", "NAME"},
     [](const Line& l) { return Value::Text(l.change.name); }},
    {{"generation", "GEN", Show::kAlways, text::Align::kRight},
     [](const Line& l) { return Value::Count(l.change.generation); }},
    {{"class", "CLASS", Show::kOnRequest},
     [](const Line& l) {
       return l.class_name.empty() ? Value::Null() : Value::Text(l.class_name);
     }},
    {{"size_bytes", "SIZE", Show::kOnRequest, text::Align::kRight},
     [](const Line& l) { return Value::Size(l.size_bytes); }},
    {{"value", "VALUE"},
     [](const Line& l) {
       return Value::Json(l.json, l.summary).WithEscapes();
     }},
};

std::uint64_t WallNs() {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<nanoseconds>(
          std::chrono::system_clock::now().time_since_epoch())
          .count());
}

class Watch : public Tool {
 public:
  std::string name() const override { return "mapfile-watch"; }
  std::string summary() const override {
    return "Shows changes of records as they happen, a line each, until "
           "interrupted or the file is replaced or removed.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.List("NAME", &names_, "records, folders or globs (all), now or later");
    args.Flag("--initial", &initial_, "first show what is there already");
    args.Count("-n,--count", &count_, "end after this many changes");
    args.Flag("-1,--once", &once_, "end after the first change");
    args.Duration("-t,--timeout", &timeout_,
                  "end after this time; with -n or -1 that is a failure");
    args.Duration("--interval", &interval_,
                  "look no more often than this; the latest version counts");
    args.Columns(InfoOf(kColumns));
    args.Drawing();
    args.Remark(
        "JSON has one document per line. Versions published faster "
        "than they can be shown are passed over.");
  }

  Status Run(Output& output) override {
    MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(file_));
    MAPFILE_ASSIGN_OR_RETURN(const auto selection,
                             Selection::Parse(names_, Folders::kTaken, &file));
    CatchInterrupts();
    if (once_) count_ = 1;
    if (timeout_) deadline_ = Clock::now() + *timeout_;
    Rows<Line> rows(output, kColumns, {.live = true});
    Changes changes(file, selection);
    const Status status = Follow(file, changes, rows, output);
    rows.End();
    return status;
  }

 private:
  Status Follow(const MapFile& file, Changes& changes, Rows<Line>& rows,
                Output& output) {
    MAPFILE_ASSIGN_OR_RETURN(auto present, changes.Look());
    Reserve(present, rows);
    output.Detail(file.path() + ": watching " +
                  text::Counted(present.size(), "record"));
    if (initial_) {
      for (const Change& change : present) {
        MAPFILE_RETURN_IF_ERROR(Show(file, change, changes, rows, output));
      }
    }
    for (;;) {
      output.Flush();
      if (IsCountReached() || Interrupted() || output.closed()) return {};
      const nanoseconds left = Left();
      if (left <= nanoseconds(0)) return TimeOut(file);
      MAPFILE_RETURN_IF_ERROR(changes.Sleep(std::min(left, kLongestSleep)));
      // Before the look: what was published in time is shown.
      const PathState state = file.path_state();
      MAPFILE_ASSIGN_OR_RETURN(const auto seen, changes.Look());
      MAPFILE_RETURN_IF_ERROR(Report(file, seen, changes, rows, output));
      if (state != PathState::kSame && !IsCountReached()) {
        return Gone(file, state);
      }
      if (interval_ && !seen.empty() && !IsCountReached()) {
        output.Flush();
        SleepInterruptibly(static_cast<std::uint64_t>(
            std::max(nanoseconds(0), std::min(*interval_, Left())).count()));
      }
    }
  }

  // Keeps columns of the table where they are likely to end up.
  static void Reserve(const std::vector<Change>& present, Rows<Line>& rows) {
    rows.Reserve("time", "00:00:00.000");
    rows.Reserve("generation", "000000");
    for (const Change& change : present) {
      if (change.name.size() <= kNameWidth) rows.Reserve("name", change.name);
    }
  }

  // Time left, or more than enough.
  nanoseconds Left() const {
    return deadline_ ? *deadline_ - Clock::now() : kLongestSleep;
  }

  bool IsCountReached() const { return count_ && shown_ >= *count_; }

  Status TimeOut(const MapFile& file) const {
    if (!count_) return {};
    return Fail(
        Code::kTimeout,
        fmt::format(
            "{}: {} of {} changes came in {}", file.path(), shown_, *count_,
            text::HumanAge(static_cast<std::uint64_t>(timeout_->count()))));
  }

  static Status Gone(const MapFile& file, PathState state) {
    return Fail(Code::kNotFound,
                file.path() + (state == PathState::kReplaced
                                   ? ": was replaced by another file"
                                   : ": was removed"));
  }

  // Shows as many changes as are still asked for.
  Status Report(const MapFile& file, const std::vector<Change>& seen,
                Changes& changes, Rows<Line>& rows, Output& output) {
    for (const Change& change : seen) {
      if (IsCountReached()) return {};
      MAPFILE_RETURN_IF_ERROR(Show(file, change, changes, rows, output));
      ++shown_;
    }
    return {};
  }

  static Status Show(const MapFile& file, const Change& change,
                     Changes& changes, Rows<Line>& rows, Output& output) {
    Line line;
    line.change = change;
    line.wall_ns = WallNs();
    if (change.kind != Change::Kind::kRemoved) {
      const Status read = Read(file, rows.room(), output, line);
      // Removed since it was looked at: the next look says so.
      const Code code = read ? Code::kClosed : read.error().code();
      if (code == Code::kNotFound) return {};
      if (code == Code::kIo) return read;
      if (!read) {
        output.Complain(read.error());
        line.summary = "(unreadable)";
      }
    }
    changes.Saw(line.change.name, line.change.generation);
    rows.Add(line);
    return {};
  }

  // Fills in the value, of the version that is current by now.
  static Status Read(const MapFile& file, int room, const Output& output,
                     Line& line) {
    MAPFILE_ASSIGN_OR_RETURN(const RawValue raw, file.GetRaw(line.change.name));
    line.change.generation = raw.version.generation;
    line.wall_ns = raw.version.wall_ns;
    line.class_name = raw.type->name();
    line.size_bytes = raw.version.size_bytes;
    if (output.options().format != Format::kTable) {
      MAPFILE_ASSIGN_OR_RETURN(line.json, ToJson(file, raw));
      return {};
    }
    TextOptions options = TextOptionsOf(output.terminal());
    if (room > 0) options.width = room;
    MAPFILE_ASSIGN_OR_RETURN(line.summary, Summary(file, raw, options));
    return {};
  }

  std::string file_;
  std::vector<std::string> names_;
  bool initial_ = false;
  bool once_ = false;
  std::optional<std::uint64_t> count_;
  std::optional<nanoseconds> timeout_;
  std::optional<nanoseconds> interval_;
  std::optional<Clock::time_point> deadline_;
  std::uint64_t shown_ = 0;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Watch tool;
  return mapfile::tools::Main(tool, argc, argv);
}
