#include "tools/common/selection.h"

#include <algorithm>
#include <unordered_set>

#include "lib/base/try.h"
#include "lib/text/utf8.h"

namespace mapfile::tools {

Result<Selection> Selection::Parse(const std::vector<std::string>& words,
                                   Folders folders, const MapFile* file) {
  Selection selection;
  selection.folders_ = folders;
  for (const std::string& given : words) {
    Word word;
    word.text =
        given.starts_with('/') && given.size() > 1 ? given.substr(1) : given;
    const bool is_name = file != nullptr && file->Find(word.text);
    if (!is_name && text::Glob::IsPattern(word.text)) {
      MAPFILE_ASSIGN_OR_RETURN(word.glob, text::Glob::Parse(word.text));
    }
    selection.words_.push_back(std::move(word));
  }
  return selection;
}

bool Selection::is_exact() const {
  return !words_.empty() &&
         std::none_of(words_.begin(), words_.end(),
                      [](const Word& word) { return word.glob.has_value(); });
}

bool Selection::Word::Matches(std::string_view name) const {
  if (glob) return glob->Matches(name);
  std::string_view folder = text;
  if (folder.ends_with('/')) folder.remove_suffix(1);
  return name == text ||
         (name.size() > folder.size() && name.starts_with(folder) &&
          name[folder.size()] == '/');
}

Result<Selection::Infos> Selection::FindWord(const MapFile& file,
                                             const Word& word,
                                             std::optional<Infos>& all) const {
  const bool folder = word.text.ends_with('/') && folders_ == Folders::kTaken;
  if (!word.glob && !folder) {
    // A name: found in the index, without a look at the other records.
    auto record = file.Find(word.text);
    if (record) {
      MAPFILE_ASSIGN_OR_RETURN(RecordInfo info, record->Info());
      return Infos{std::move(info)};
    }
    if (record.error().code() != Code::kNotFound) return Fail(record.error());
    // A folder, then?
    if (folders_ == Folders::kRefused || !file.IsFolder(word.text)) {
      return Infos{};
    }
  }
  if (!all) {
    MAPFILE_ASSIGN_OR_RETURN(all, file.List());
  }
  Infos found;
  for (const RecordInfo& info : *all) {
    if (word.Matches(info.name)) found.push_back(info);
  }
  return found;
}

Error Selection::Miss(const MapFile& file, const Word& word) const {
  const std::string what = text::Quote(word.text);
  if (word.glob) {
    return Error(Code::kNotFound, file.path() + ": no record matches " + what);
  }
  if (folders_ == Folders::kRefused && file.IsFolder(word.text)) {
    return Error(Code::kInvalidArgument, file.path() + ": " + what +
                                             " is a folder; for all that it "
                                             "holds say " +
                                             text::Quote(word.text + "/**"));
  }
  return Error(Code::kNotFound, file.path() + ": there is no record " + what);
}

Result<Selection::Found> Selection::Find(const MapFile& file) const {
  Found found;
  if (words_.empty()) {
    MAPFILE_ASSIGN_OR_RETURN(found.records, file.List());
    return found;
  }
  std::optional<Infos> all;
  std::unordered_set<std::string> seen;
  for (const Word& word : words_) {
    MAPFILE_ASSIGN_OR_RETURN(Infos infos, FindWord(file, word, all));
    if (infos.empty()) {
      found.misses.push_back(Miss(file, word));
    }
    for (RecordInfo& info : infos) {
      if (seen.insert(info.name).second) {
        found.records.push_back(std::move(info));
      }
    }
  }
  return found;
}

}  // namespace mapfile::tools
