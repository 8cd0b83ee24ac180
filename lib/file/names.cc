#include "lib/file/names.h"

#include <fmt/format.h>

#include <vector>

#include "lib/base/try.h"
#include "lib/format/layout.h"
#include "lib/text/utf8.h"

namespace mapfile::file {
namespace {

// Columns that a name takes in a message, at most.
constexpr int kQuotedSize = 64;

Status Push(std::string_view element, std::vector<std::string_view>& elements) {
  if (element.empty()) {
    // "a//b" is a slip that would hide a record.
    return Fail(Code::kInvalidArgument, "an element of the path is empty");
  }
  if (element == ".") return {};
  if (element != "..") {
    elements.push_back(element);
    return {};
  }
  if (elements.empty()) {
    return Fail(Code::kInvalidArgument, "'..' leads out of the file");
  }
  elements.pop_back();
  return {};
}

Status Split(std::string_view path, std::vector<std::string_view>& elements) {
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const bool last = slash == std::string_view::npos;
    MAPFILE_RETURN_IF_ERROR(Push(path.substr(0, slash), elements));
    path = last ? std::string_view() : path.substr(slash + 1);
  }
  return {};
}

Result<std::string> Resolve(std::string_view directory, std::string_view path) {
  if (path.find('\0') != std::string_view::npos) {
    return Fail(Code::kInvalidArgument, "a name can't hold a NUL byte");
  }
  std::vector<std::string_view> elements;
  if (path.starts_with('/')) {
    path.remove_prefix(1);
  } else {
    MAPFILE_RETURN_IF_ERROR(Split(directory, elements));
  }
  MAPFILE_RETURN_IF_ERROR(Split(path, elements));
  const std::string joined =
      fmt::format("{}", fmt::join(elements.begin(), elements.end(), "/"));
  if (joined.size() > format::kMaxNameSize) {
    return Fail(Code::kInvalidArgument,
                fmt::format("the name has {} bytes, {} are possible",
                            joined.size(), format::kMaxNameSize));
  }
  return joined;
}

}  // namespace

bool IsWhole(std::string_view name) {
  if (name.size() > format::kMaxNameSize ||
      name.find('\0') != std::string_view::npos) {
    return false;
  }
  for (;;) {
    const std::size_t slash = name.find('/');
    const std::string_view element = name.substr(0, slash);
    if (element.empty() || element == "." || element == "..") return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

Result<std::string_view> ResolveName(std::string_view directory,
                                     std::string_view name,
                                     std::string& storage) {
  if (directory.empty() && IsWhole(name)) return name;
  if (name.empty() || name.ends_with('/')) {
    return Fail(Code::kInvalidArgument,
                "a record's name can't be empty or end in a slash");
  }
  MAPFILE_ASSIGN_OR_RETURN(storage, Resolve(directory, name));
  if (storage.empty()) {
    return Fail(Code::kInvalidArgument, "names the top folder, not a record");
  }
  return storage;
}

Result<std::string> ResolveFolder(std::string_view directory,
                                  std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return Resolve(directory, path);
}

std::string_view Below(std::string_view folder, std::string_view name) {
  if (folder.empty()) return name;
  if (name.size() <= folder.size() + 1 || !name.starts_with(folder) ||
      name[folder.size()] != '/') {
    return {};
  }
  return name.substr(folder.size() + 1);
}

std::string Quoted(std::string_view name) {
  return text::QuoteShort(name, kQuotedSize);
}

}  // namespace mapfile::file
