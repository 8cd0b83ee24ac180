// Arguments: the words that a tool understands.
//
// Each is declared once, with its help; parsing, --help and the messages
// about wrong words come from that.
#ifndef MAPFILE_TOOLS_COMMON_ARGUMENTS_H_
#define MAPFILE_TOOLS_COMMON_ARGUMENTS_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"
#include "tools/common/help.h"
#include "tools/common/output.h"
#include "tools/common/rows.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace mapfile::tools {

// What is declared borrows the variables that it writes to; they keep their
// values where the word isn't given. A word given twice counts as given last.
// `names` are "-l,--long", "--title" or "-l".
class Arguments {
 public:
  Arguments(std::string tool, std::string summary);
  ~Arguments();

  // Takes the value of an option; an error of it is reported with the name.
  using Setter = std::function<Status(std::string_view)>;

  void Flag(const std::string& names, bool* value, const std::string& help);
  void Option(const std::string& names, const std::string& word, Setter setter,
              const std::string& help);
  // A text, an empty one included.
  void Text(const std::string& names, const std::string& word,
            std::optional<std::string>* value, const std::string& help);
  // "64M": bytes, see lib/text/human.h.
  void Size(const std::string& names, std::optional<std::uint64_t>* value,
            const std::string& help);
  // "5s", "250ms", "2min".
  void Duration(const std::string& names,
                std::optional<std::chrono::nanoseconds>* value,
                const std::string& help);
  // A whole number, 0 or more.
  void Count(const std::string& names, std::optional<std::uint64_t>* value,
             const std::string& help);
  // A number between two others.
  void Number(const std::string& names, const std::string& word, double low,
              double high, double* value, const std::string& help);
  // One of a few words.
  void Choice(const std::string& names, const std::string& word,
              std::vector<std::string> choices, std::string* value,
              const std::string& help);

  // Words without a dash, in order: FILE (required), [VALUE], [NAME...].
  void Positional(const std::string& word, std::string* value,
                  const std::string& help);
  void OptionalPositional(const std::string& word,
                          std::optional<std::string>* value,
                          const std::string& help);
  void List(const std::string& word, std::vector<std::string>* values,
            const std::string& help);

  // --format, --json, --fields, --no-header for output in these columns.
  void Columns(const std::vector<ColumnInfo>& columns);
  // In their place where `*when` is true: for output of something else.
  void OtherColumns(const bool* when, const std::vector<ColumnInfo>& columns);
  // --color, --ascii for output in colours or drawings.
  void Drawing();
  // --json alone, for output that isn't a table: output().format tells.
  void Json(const std::string& help);
  // The same, and --format text, json or svg.
  void Picture(const std::string& json_help);
  // A line below the options in --help.
  void Remark(const std::string& text) { help_.remarks.push_back(text); }

  // Reads the words after argv[0]. InvalidArgument: says which is wrong.
  // Call once, after all declarations.
  [[nodiscard]] Status Parse(int argc, const char* const* argv);

  // What Parse found; see there.
  bool wants_help() const { return wants_help_; }
  bool wants_version() const { return wants_version_; }
  std::string Help() const { return FormatHelp(help_); }
  const OutputOptions& output() const { return output_; }
  // `terminal` as --color and --ascii change it.
  Terminal Apply(Terminal terminal) const;

 private:
  CLI::Option* Add(const std::string& names, const std::string& word,
                   const std::string& help);
  void Common();
  Status CheckFields();

  HelpText help_;
  std::unique_ptr<CLI::App> app_;
  OutputOptions output_;
  std::vector<ColumnInfo> columns_;
  std::vector<ColumnInfo> other_columns_;
  const bool* wants_other_columns_ = nullptr;
  std::string color_ = "auto";
  bool ascii_ = false;
  bool no_header_ = false;
  bool json_ = false;
  bool wants_help_ = false;
  bool wants_version_ = false;
  Status status_;  // The first error of a Setter
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_ARGUMENTS_H_
