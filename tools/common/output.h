// Output: where a tool's data and its messages go.
#ifndef MAPFILE_TOOLS_COMMON_OUTPUT_H_
#define MAPFILE_TOOLS_COMMON_OUTPUT_H_

#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"
#include "tools/common/exit_status.h"
#include "tools/common/terminal.h"

namespace mapfile::tools {

// kSvg: a picture, of the tool that draws.
enum class Format { kTable, kJson, kNdjson, kCsv, kTsv, kSvg };

// What the words that all tools share ask for.
struct OutputOptions {
  Format format = Format::kTable;
  bool format_given = false;
  std::vector<std::string> fields;  // Keys of columns; empty: the usual ones
  bool header = true;
  bool quiet = false;
  bool verbose = false;
};

// The descriptors of a process; others in tests.
struct Streams {
  int in = 0;
  int out = 1;
  int err = 2;
};

// Data is for standard output, messages are for standard error. A reader that
// went away is no error: what follows is dropped. A full disk is one.
class Output {
 public:
  Output(std::string tool, Terminal terminal, OutputOptions options,
         Streams streams = {})
      : tool_(std::move(tool)),
        terminal_(terminal),
        options_(std::move(options)),
        streams_(streams) {}

  const OutputOptions& options() const { return options_; }
  const Terminal& terminal() const { return terminal_; }

  // Collects data; Flush() hands on what was collected.
  void Write(std::string_view data);
  void Flush();
  // Nobody reads the data any more, or it can't be written.
  bool closed();

  // Messages name files as they were given: they show `word`, which may have
  // newlines, in one line.
  void KeepInOneLine(std::string word) { words_.push_back(std::move(word)); }

  // A message, unless -q. Detail: only with -v.
  void Note(std::string_view message);
  void Detail(std::string_view message);
  // Reports a failure. The first one decides the exit status.
  void Complain(const Error& error);
  // A line that the next message takes the place of, empty: none any more.
  // Only where standard error is a terminal that can erase, without -q.
  void ShowTransient(std::string_view line);
  // Asks a question that "y" or "yes" agrees to. Answers are lines of
  // standard input, whose end means no.
  bool Confirm(std::string_view question);

  // Flushes, and returns the status to exit with.
  ExitStatus Finish();

 private:
  void Say(std::string_view message);
  bool CanErase() const;
  std::string Shown(std::string_view message) const;

  const std::string tool_;
  const Terminal terminal_;
  const OutputOptions options_;
  const Streams streams_;
  std::vector<std::string> words_;  // That messages keep in one line
  std::string buffer_;
  bool broken_ = false;
  bool has_transient_ = false;
  ExitStatus status_ = ExitStatus::kDone;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_OUTPUT_H_
