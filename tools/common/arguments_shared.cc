// The words that several or all tools share.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "tools/common/arguments.h"

namespace mapfile::tools {
namespace {

constexpr struct {
  std::string_view name;
  Format format;
} kFormats[] = {{"table", Format::kTable},
                {"json", Format::kJson},
                {"ndjson", Format::kNdjson},
                {"csv", Format::kCsv},
                {"tsv", Format::kTsv}};

Result<Format> ParseFormat(std::string_view name) {
  for (const auto& known : kFormats) {
    if (known.name == name) return known.format;
  }
  return Fail(Code::kInvalidArgument,
              text::Quote(name) + " is none of table, json, ndjson, csv, tsv");
}

std::vector<std::string> SplitFields(std::string_view list) {
  std::vector<std::string> fields;
  for (;;) {
    const std::size_t comma = list.find(',');
    fields.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return fields;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

void Arguments::Columns(const std::vector<ColumnInfo>& columns) {
  columns_ = columns;
  Option(
      "--format", "FORMAT",
      [this](std::string_view name) -> Status {
        MAPFILE_ASSIGN_OR_RETURN(output_.format, ParseFormat(name));
        output_.format_given = true;
        return {};
      },
      "table, json, ndjson (one document per line), csv or tsv");
  Flag("--json", &json_, "the same as --format json");
  Option(
      "--fields", "KEY,...",
      [this](std::string_view list) -> Status {
        output_.fields = SplitFields(list);
        return {};
      },
      "only these columns, in this order: " + KeysOf(columns));
  Flag("--no-header", &no_header_, "no line of titles (table, csv, tsv)");
}

void Arguments::OtherColumns(const bool* when,
                             const std::vector<ColumnInfo>& columns) {
  wants_other_columns_ = when;
  other_columns_ = columns;
}

void Arguments::Drawing() {
  Choice("--color", "WHEN", {"auto", "always", "never"}, &color_,
         "colours; auto: on a terminal");
  Flag("--ascii", &ascii_, "draw with ASCII characters only");
}

void Arguments::Json(const std::string& help) { Flag("--json", &json_, help); }

void Arguments::Picture(const std::string& json_help) {
  Option(
      "--format", "FORMAT",
      [this](std::string_view name) -> Status {
        output_.format_given = true;
        for (const auto& [word, format] : {std::pair("text", Format::kTable),
                                           std::pair("json", Format::kJson),
                                           std::pair("svg", Format::kSvg)}) {
          if (name != word) continue;
          output_.format = format;
          return {};
        }
        return Fail(Code::kInvalidArgument,
                    text::Quote(name) + " is none of text, json, svg");
      },
      "text, json or svg (the picture of a record, to a file)");
  Json(json_help);
}

void Arguments::Common() {
  Flag("-q,--quiet", &output_.quiet, "no messages on standard error");
  Flag("-v,--verbose", &output_.verbose, "say what is done, on standard error");
  Flag("-h,--help", &wants_help_, "show this text");
  Flag("--version", &wants_version_, "show the version");
}

Status Arguments::CheckFields() {
  if (json_) {
    if (output_.format_given && output_.format != Format::kJson) {
      return Fail(Code::kInvalidArgument,
                  "--format and --json exclude each other");
    }
    output_.format = Format::kJson;
    output_.format_given = true;
  }
  const bool is_other =
      wants_other_columns_ != nullptr && *wants_other_columns_;
  const auto& columns = is_other ? other_columns_ : columns_;
  std::set<std::string_view> seen;
  for (const std::string& field : output_.fields) {
    const bool known = std::any_of(
        columns.begin(), columns.end(),
        [&](const ColumnInfo& column) { return column.key == field; });
    if (!known) {
      return Fail(Code::kInvalidArgument,
                  fmt::format("--fields: {} is none of {}", text::Quote(field),
                              KeysOf(columns)));
    }
    // JSON would have a key twice.
    if (seen.insert(field).second) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("--fields: {} is there twice", text::Quote(field)));
  }
  return {};
}

}  // namespace mapfile::tools
