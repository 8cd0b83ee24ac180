#include "lib/file/browse.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "lib/base/try.h"
#include "lib/file/load.h"
#include "lib/file/names.h"

namespace mapfile::file {
namespace {

// The entries of one folder, each once, in the order of their appearance.
class Entries {
 public:
  // Takes note of a record; `rest`: its name below the folder.
  void Add(std::string_view rest) {
    const std::size_t slash = rest.find('/');
    BrowseEntry& entry = At(rest.substr(0, slash));
    if (slash == std::string_view::npos) {
      entry.is_record = true;
    } else {
      entry.is_folder = true;
    }
  }

  std::vector<BrowseEntry> Take() && { return std::move(entries_); }

 private:
  BrowseEntry& At(std::string_view name) {
    const auto [it, is_new] =
        positions_.try_emplace(std::string(name), entries_.size());
    if (is_new) entries_.push_back({.name = std::string(name)});
    return entries_[it->second];
  }

  std::vector<BrowseEntry> entries_;
  std::unordered_map<std::string, std::size_t> positions_;
};

}  // namespace

Result<std::vector<BrowseEntry>> Browse(Core& core, std::string_view path) {
  MAPFILE_ASSIGN_OR_RETURN(const std::string folder,
                           ResolveFolder(core.directory(), path));
  MAPFILE_ASSIGN_OR_RETURN(const auto records, Records(core));
  Entries entries;
  for (const Record& record : records) {
    const std::string_view rest = Below(folder, record.name());
    if (!rest.empty()) entries.Add(rest);
  }
  std::vector<BrowseEntry> found = std::move(entries).Take();
  if (found.empty() && !folder.empty()) {
    MAPFILE_RETURN_IF_ERROR(core.table().Find(folder));
  }
  return found;
}

bool IsFolder(Core& core, std::string_view path) {
  const auto folder = ResolveFolder(core.directory(), path);
  if (!folder) return false;
  if (folder->empty()) return true;
  const auto entries = Browse(core, "/" + *folder);
  return entries && !entries->empty();
}

Status ChangeDirectory(Core& core, std::string_view path) {
  MAPFILE_ASSIGN_OR_RETURN(std::string folder,
                           ResolveFolder(core.directory(), path));
  core.set_directory(std::move(folder));
  return {};
}

}  // namespace mapfile::file
