#include "lib/types/side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/types/type_text.h"

namespace mapfile {
namespace {

// One that has less to the left of it is moved no further.
constexpr std::size_t kMaxWidth = 60;

struct Line {
  std::string stored;
  std::string wanted;
};

std::string HeadOf(const ClassNode& cls) {
  std::string text = fmt::format("class {} {}", cls.name, cls.version);
  const char* separator = " : ";
  for (const FieldNode& base : cls.bases) {
    text += separator + base.name;
    separator = ", ";
  }
  return text;
}

std::string FieldText(const FieldNode& field) {
  return fmt::format("  {} {}", ExprText(field.type), field.name);
}

template <class Items, class Name>
auto* FindByName(const Items& items, std::string_view name, Name name_of) {
  const auto found =
      std::find_if(items.begin(), items.end(),
                   [&](const auto& item) { return name_of(item) == name; });
  return found == items.end() ? nullptr : &*found;
}

const FieldNode* FindField(const ClassNode& cls, std::string_view name) {
  return FindByName(cls.fields, name,
                    [](const FieldNode& field) { return field.name; });
}

const ClassNode* FindClass(const Type& type, std::string_view name) {
  const auto* found = FindByName(type.classes(), name,
                                 [](const auto& cls) { return cls->name; });
  return found == nullptr ? nullptr : found->get();
}

// Either may be null.
void AddClass(const ClassNode* stored, const ClassNode* wanted,
              std::vector<Line>& lines) {
  lines.push_back({stored == nullptr ? "" : HeadOf(*stored),
                   wanted == nullptr ? "" : HeadOf(*wanted)});
  if (stored != nullptr) {
    for (const FieldNode& field : stored->fields) {
      const FieldNode* other =
          wanted == nullptr ? nullptr : FindField(*wanted, field.name);
      lines.push_back(
          {FieldText(field), other == nullptr ? "" : FieldText(*other)});
    }
  }
  if (wanted == nullptr) return;
  for (const FieldNode& field : wanted->fields) {
    const bool is_there =
        stored != nullptr && FindField(*stored, field.name) != nullptr;
    if (!is_there) lines.push_back({"", FieldText(field)});
  }
}

char MarkOf(const Line& line) {
  if (line.stored == line.wanted) return ' ';
  if (line.stored.empty()) return '>';
  return line.wanted.empty() ? '<' : '|';
}

}  // namespace

std::string SideBySide(const Type& stored, const Type& wanted) {
  std::vector<Line> lines;
  // What they are of, unless the first class says it.
  if (stored.name() != wanted.name() || stored.classes().empty() ||
      stored.name() != stored.classes()[0]->name) {
    lines.push_back({stored.name(), wanted.name()});
  }
  for (const auto& cls : stored.classes()) {
    AddClass(cls.get(), FindClass(wanted, cls->name), lines);
  }
  for (const auto& cls : wanted.classes()) {
    if (FindClass(stored, cls->name) == nullptr) {
      AddClass(nullptr, cls.get(), lines);
    }
  }
  std::size_t width = std::string_view("stored").size();
  for (const Line& line : lines) {
    if (line.stored.size() <= kMaxWidth) {
      width = std::max(width, line.stored.size());
    }
  }
  std::string text = fmt::format("\n{:{}}   wanted", "stored", width);
  for (const Line& line : lines) {
    text += fmt::format("\n{:{}} {} {}", line.stored, width, MarkOf(line),
                        line.wanted);
    text.erase(text.find_last_not_of(' ') + 1);
  }
  return text;
}

}  // namespace mapfile
