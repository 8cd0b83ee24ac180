// Selection: the records that NAME and GLOB arguments mean.
#ifndef MAPFILE_TOOLS_COMMON_SELECTION_H_
#define MAPFILE_TOOLS_COMMON_SELECTION_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/glob.h"
#include "mapfile/mapfile.h"
#include "mapfile/status.h"

namespace mapfile::tools {

// Whether the name of a folder stands for all records below it.
enum class Folders { kTaken, kRefused };

// Words are names, globs (lib/text/glob.h) or folders. No words at all select
// every record.
class Selection {
 public:
  // A word that `file` has a record of is that name, whatever glob it could
  // be, also when the record is gone later. InvalidArgument: a glob that isn't
  // one.
  [[nodiscard]] static Result<Selection> Parse(
      const std::vector<std::string>& words, Folders folders = Folders::kTaken,
      const MapFile* file = nullptr);

  struct Found {
    // Word by word, in order of insertion where a word means several; each
    // record once.
    std::vector<RecordInfo> records;
    std::vector<Error> misses;  // One for each word that means none
  };
  // Errors are those of the file, or InvalidArgument for an impossible name.
  [[nodiscard]] Result<Found> Find(const MapFile& file) const;

  // Whether there are words, all of them names without wildcards.
  bool is_exact() const;
  // Whether the only word is the name `name`.
  bool IsOnly(std::string_view name) const {
    return words_.size() == 1 && words_[0].text == name;
  }

 private:
  struct Word {
    std::string text;  // Without a leading slash
    std::optional<text::Glob> glob;
    bool Matches(std::string_view name) const;
  };
  using Infos = std::vector<RecordInfo>;
  Result<Infos> FindWord(const MapFile& file, const Word& word,
                         std::optional<Infos>& all) const;
  Error Miss(const MapFile& file, const Word& word) const;

  std::vector<Word> words_;
  Folders folders_ = Folders::kTaken;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_SELECTION_H_
