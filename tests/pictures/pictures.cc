#include "tests/pictures/pictures.h"

#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "mapfile/text.h"

namespace mapfile::pictures {
namespace {

using Names = std::vector<std::string>;

// A picture besides that of each record as it is.
struct Variation {
  std::string words;  // Of mapfile-print
  Names names;
  void (*choose)(TextOptions& options);
};

void Errors(TextOptions& options) { options.errors = true; }
void Log(TextOptions& options) { options.log = true; }
void Upright(TextOptions& options) { options.vertical = true; }
void AllStatistics(TextOptions& options) { options.all_statistics = true; }
void List(TextOptions& options) { options.max_elements = 3; }

const std::vector<Variation>& Variations() {
  static const std::vector<Variation> variations = {
      {"--errors", {"energy"}, Errors},
      {"--errors", {"charge"}, Errors},
      {"--errors", {"trigger"}, Errors},
      {"--errors", {"fit"}, Errors},
      {"--log", {"energy"}, Log},
      {"--log", {"decades"}, Log},
      {"--log", {"plane"}, Log},
      {"--vertical", {"energy"}, Upright},
      {"--vertical", {"variable"}, Upright},
      {"--vertical", {"charge"}, Upright},
      {"--vertical", {"label"}, Upright},
      {"--vertical", {"profile"}, Upright},
      {"--vertical --errors",
       {"trigger"},
       [](TextOptions& options) { options.vertical = options.errors = true; }},
      {"--stats all", {"energy"}, AllStatistics},
      {"--max-elements 3", {"fit"}, List},
      {"--max-elements 3", {"rate"}, List},
      {"--overlay", {"energy", "shifted"}, [](TextOptions&) {}},
      {"--overlay --log", {"energy", "shifted"}, Log},
      {"--overlay --errors", {"wave", "profile"}, Errors},
  };
  return variations;
}

Result<std::vector<NamedValue>> Read(const MapFile& file, const Names& names) {
  std::vector<NamedValue> values;
  for (const std::string& name : names) {
    MAPFILE_ASSIGN_OR_RETURN(RawValue raw, file.GetRaw(name));
    values.push_back({name, std::move(raw)});
  }
  return values;
}

Result<std::string> Draw(const MapFile& file, const Variation& variation,
                         TextOptions options) {
  MAPFILE_ASSIGN_OR_RETURN(const auto values, Read(file, variation.names));
  variation.choose(options);
  std::string heading = "$ mapfile-print family.map";
  for (const std::string& name : variation.names) heading += ' ' + name;
  if (!variation.words.empty()) heading += ' ' + variation.words;
  MAPFILE_ASSIGN_OR_RETURN(const std::string drawn,
                           values.size() > 1
                               ? PrintOver(file, values, options)
                               : Print(file, values[0].value, options));
  return heading + "\n" + drawn + "\n";
}

// All of them on one kind of terminal.
Result<std::string> DrawSheet(const MapFile& file, const TextOptions& options) {
  std::string sheet;
  MAPFILE_ASSIGN_OR_RETURN(const auto records, file.List());
  for (const RecordInfo& record : records) {
    MAPFILE_ASSIGN_OR_RETURN(
        const std::string drawn,
        Draw(file, {"", {record.name}, [](TextOptions&) {}}, options));
    sheet += drawn;
  }
  for (const Variation& variation : Variations()) {
    MAPFILE_ASSIGN_OR_RETURN(const std::string drawn,
                             Draw(file, variation, options));
    sheet += drawn;
  }
  return sheet;
}

TextOptions Terminal(int columns, int lines) {
  TextOptions options;
  options.width = columns;
  options.height = lines - 2;  // As mapfile-print leaves them
  return options;
}

}  // namespace

Result<std::map<std::string, std::string>> DrawAll(const MapFile& file) {
  TextOptions ascii = Terminal(80, 24);
  TextOptions large_ascii = Terminal(120, 40);
  ascii.unicode = large_ascii.unicode = false;
  TextOptions color = Terminal(80, 24);
  color.color = true;
  std::map<std::string, std::string> files;
  for (const auto& [name, options] :
       std::vector<std::pair<std::string, TextOptions>>{
           {"80x24.utf-8.txt", Terminal(80, 24)},
           {"120x40.utf-8.txt", Terminal(120, 40)},
           {"80x24.ascii.txt", ascii},
           {"120x40.ascii.txt", large_ascii},
           {"80x24.color.txt", color}}) {
    MAPFILE_ASSIGN_OR_RETURN(files[name], DrawSheet(file, options));
  }
  TextOptions errors;
  errors.errors = true;
  for (const auto& [name, records] :
       std::map<std::string, Names>{{"energy.svg", {"energy"}},
                                    {"overlay.svg", {"energy", "shifted"}},
                                    {"plane.svg", {"plane"}},
                                    {"profile.svg", {"profile"}},
                                    {"fit.svg", {"fit"}},
                                    {"rate.svg", {"rate"}}}) {
    MAPFILE_ASSIGN_OR_RETURN(const auto values, Read(file, records));
    MAPFILE_ASSIGN_OR_RETURN(files[name], ToSvg(file, values, errors));
  }
  return files;
}

}  // namespace mapfile::pictures
