#include "lib/text/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/content.h"
#include "lib/text/inline.h"
#include "lib/text/shared_objects.h"
#include "lib/text/table.h"
#include "lib/text/utf8.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

constexpr int kLeastWidth = 20;
constexpr int kIndent = 2;
constexpr int kGap = 2;  // Between a label and its value
constexpr int kMaxLabel = 24;
constexpr int kMaxLevel = 32;  // Deeper values get one line
constexpr int kMaxTextLines = 8;
constexpr int kMostInnerHeight = 18;  // Of pictures inside other values
constexpr std::uint64_t kItems = 10;  // Unless the options say otherwise
constexpr std::uint64_t kFreeLines = 1000;

// Lines of labels and values. Labels of one group are equally wide.
class Printer {
 public:
  Printer(ValueReader& reader, SharedObjects shared, std::uint64_t max_lines,
          const PrintOptions& options)
      : reader_(reader),
        shared_(std::move(shared)),
        lines_left_(max_lines),
        options_(options),
        width_(std::max(options.width, kLeastWidth)) {}

  Status PrintRoot(const ValueView& view);
  std::string Take() { return std::move(out_); }

 private:
  struct Label {
    std::string text;  // Safe for a terminal
    int width = 0;     // Of all in its group; 0: there are no labels
    int level = 0;
  };

  Status Entry(const Label& label, const ValueView& view);
  Status Expand(const Label& label, const ValueView& view);
  Status Text(const Label& label, const ValueView& view);
  Status Elements(const Label& label, const ValueView& view);
  Status Items(const ValueView& view, int level);
  Status Object(const Label& label, const ValueView& view);
  Status Fields(const ValueView& view, int level);
  Status Pointer(const Label& label, const ValueView& view);
  Result<bool> Histogram(const Label& label, const ValueView& view);

  Status Line(const Label& label, std::string_view text);
  int IndentOf(int level) const {
    return std::min(level * kIndent, width_ / 3);
  }
  int LabelRoom(int level) const {
    return std::min(kMaxLabel, (width_ - IndentOf(level)) / 2 - kGap);
  }
  int Room(const Label& label) const {
    return width_ - IndentOf(label.level) -
           (label.width > 0 ? label.width + kGap : 0);
  }

  ValueReader& reader_;
  SharedObjects shared_;
  std::uint64_t lines_left_;
  const PrintOptions& options_;
  const int width_;
  int containers_ = 0;  // Around the value at hand
  std::string out_;
};

Status Printer::PrintRoot(const ValueView& view) {
  if (view.kind() != Kind::kClass) return Entry({}, view);
  MAPFILE_ASSIGN_OR_RETURN(const bool drawn, Histogram({}, view));
  if (drawn) return {};
  return Fields(view, 0);
}

Status Printer::Line(const Label& label, std::string_view text) {
  if (lines_left_ == 0) {
    return Fail(Code::kCorrupt, "parts of the value overlap");
  }
  --lines_left_;
  std::string line(static_cast<std::size_t>(IndentOf(label.level)), ' ');
  if (label.width > 0) {
    const std::string name = Shorten(label.text, label.width, options_.unicode);
    const bool styled = options_.color && !name.empty();
    line += styled ? Styled(name, Style::kCyan) : name;
    line.append(
        static_cast<std::size_t>(label.width - DisplayWidth(name) + kGap), ' ');
  }
  line += Shorten(text, Room(label), options_.unicode);
  line.erase(line.find_last_not_of(' ') + 1);
  out_ += line + '\n';
  return {};
}

Status Printer::Entry(const Label& label, const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const bool drawn, Histogram(label, view));
  if (drawn) return {};
  const bool one_line = label.level >= kMaxLevel;
  if (!one_line && LeadsToPointer(view.type())) return Expand(label, view);
  MAPFILE_ASSIGN_OR_RETURN(const auto text,
                           FormatInline(view, reader_, Room(label), options_));
  if (text.complete || one_line) return Line(label, text.text);
  const Kind kind = view.kind();
  const bool numbers = (kind == Kind::kArray || kind == Kind::kVector) &&
                       IsScalar(view.type().children[0].kind);
  if (numbers) return Line(label, text.text);
  return Expand(label, view);
}

Status Printer::Expand(const Label& label, const ValueView& view) {
  switch (view.kind()) {
    case Kind::kString:
    case Kind::kBytes: return Text(label, view);
    case Kind::kArray:
    case Kind::kVector:
    case Kind::kMap: return Elements(label, view);
    case Kind::kOptional: {
      MAPFILE_ASSIGN_OR_RETURN(const auto held, reader_.ElementsOf(view));
      return held.count == 0 ? Line(label, "none") : Entry(label, held[0]);
    }
    case Kind::kVariant: {
      MAPFILE_ASSIGN_OR_RETURN(const auto chosen, reader_.AlternativeOf(view));
      return Entry(label, chosen.value);
    }
    case Kind::kClass: return Object(label, view);
    case Kind::kPointer: return Pointer(label, view);
    default: {
      MAPFILE_ASSIGN_OR_RETURN(
          const auto text, FormatInline(view, reader_, Room(label), options_));
      return Line(label, text.text);
    }
  }
}

// The longest start of `text` whose quoted form has at most `width` columns;
// at least one character.
std::string_view QuotedStart(std::string_view text, int width, bool unicode) {
  std::size_t size = 0;
  int used = 2;
  while (size < text.size()) {
    const CodePoint c = NextCodePoint(text.substr(size));
    used += DisplayWidth(Quote(text.substr(size, c.size), unicode)) - 2;
    if (used > width && size > 0) break;
    size += c.size;
  }
  return text.substr(0, size);
}

// A long text in pieces, each in quotes on a line of its own.
Status Printer::Text(const Label& label, const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(std::string_view rest, reader_.TextOf(view));
  const bool bytes = view.kind() == Kind::kBytes;
  const bool unicode = options_.unicode && !bytes;
  const std::string_view prefix = bytes ? "b" : "";
  const int room = Room(label) - static_cast<int>(prefix.size());
  Label next = label;
  for (int i = 0; i < kMaxTextLines && !rest.empty(); ++i) {
    const std::string_view piece = QuotedStart(rest, room, unicode);
    MAPFILE_RETURN_IF_ERROR(
        Line(next, std::string(prefix) + Quote(piece, unicode)));
    next.text.clear();
    rest.remove_prefix(piece.size());
  }
  if (rest.empty()) return {};
  return Line(next,
              fmt::format("{} {} more byte{}", options_.unicode ? "…" : "...",
                          rest.size(), rest.size() == 1 ? "" : "s"));
}

Status Printer::Elements(const Label& label, const ValueView& view) {
  if (label.width == 0) return Items(view, label.level);
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, reader_.ElementsOf(view));
  const bool map = view.kind() == Kind::kMap;
  if (elements.count == 0) return Line(label, map ? "{}" : "[]");
  MAPFILE_RETURN_IF_ERROR(
      Line(label, fmt::format("{} {}{}", elements.count, map ? "entr" : "item",
                              map ? (elements.count == 1 ? "y" : "ies")
                                  : (elements.count == 1 ? "" : "s"))));
  return Items(view, label.level + 1);
}

Status Printer::Items(const ValueView& view, int level) {
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, reader_.ElementsOf(view));
  const std::uint64_t limit =
      options_.max_elements > 0
          ? static_cast<std::uint64_t>(options_.max_elements)
          : kItems;
  const std::uint64_t shown = std::min(elements.count, limit);
  if (shown == 0) return Line({"", 0, level}, "[]");
  const bool map = view.kind() == Kind::kMap;
  std::vector<Label> labels;
  int width = 1;
  for (std::uint64_t i = 0; i < shown; ++i) {
    std::string text = fmt::format("[{}]", i);
    if (map) {
      MAPFILE_ASSIGN_OR_RETURN(
          auto key,
          FormatInline(elements[i], reader_, LabelRoom(level), options_));
      text = std::move(key.text);
    }
    width = std::max(width, DisplayWidth(text));
    labels.push_back({std::move(text), 0, level});
  }
  ++containers_;
  for (std::uint64_t i = 0; i < shown; ++i) {
    labels[i].width = std::min(width, LabelRoom(level));
    MAPFILE_RETURN_IF_ERROR(
        Entry(labels[i], map ? elements.Mapped(i) : elements[i]));
  }
  --containers_;
  if (shown == elements.count) return {};
  return Line({"", 0, level},
              fmt::format("{} {} more", options_.unicode ? "…" : "...",
                          elements.count - shown));
}

Status Printer::Object(const Label& label, const ValueView& view) {
  if (label.width == 0) return Fields(view, label.level);
  MAPFILE_RETURN_IF_ERROR(
      Line(label, Escape(view.type().cls->name, options_.unicode)));
  return Fields(view, label.level + 1);
}

Status Printer::Fields(const ValueView& view, int level) {
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, reader_.FieldsOf(view));
  if (flat->fields.empty()) return Line({"", 0, level}, "{}");
  int width = 1;
  for (const FlatField& field : flat->fields) {
    width = std::max(width, DisplayWidth(field.name));
  }
  width = std::min(width, LabelRoom(level));
  for (const FlatField& field : flat->fields) {
    MAPFILE_RETURN_IF_ERROR(
        Entry({Escape(field.name, options_.unicode), width, level},
              reader_.Field(view, field)));
  }
  return {};
}

Status Printer::Pointer(const Label& label, const ValueView& view) {
  if (ValueReader::IsNull(view)) return Line(label, "null");
  MAPFILE_ASSIGN_OR_RETURN(const ValueView object, reader_.TargetOf(view));
  if (object.offset() == 0) return Line(label, "-> the whole value");
  const SharedObjects::Use use = shared_.Meet(object);
  if (!use.first) return Line(label, fmt::format("-> #{}", use.id));
  std::string title = Escape(object.type().cls->name, options_.unicode);
  if (use.id != 0) title += fmt::format(" #{}", use.id);
  MAPFILE_RETURN_IF_ERROR(Line(label, title));
  const int level = label.level + 1;
  MAPFILE_ASSIGN_OR_RETURN(const bool drawn, Histogram({"", 0, level}, object));
  if (drawn) return {};
  return Fields(object, level);
}

// Draws `view` if it is of the histogram family with room for it; one among
// many, or deep inside something, is left to its line.
Result<bool> Printer::Histogram(const Label& label, const ValueView& view) {
  if (view.kind() != Kind::kClass || containers_ > 0 || label.level > 1) {
    return false;
  }
  // The class stands above what has a label.
  const int level = label.level + (label.width > 0 ? 1 : 0);
  PrintOptions options = options_;
  const int indent = std::min(IndentOf(level), width_ - kLeastWidth);
  options.width = width_ - indent;
  if (level > 0) options.height = std::min(options.height, kMostInnerHeight);
  MAPFILE_ASSIGN_OR_RETURN(const auto drawing,
                           DrawObject(view, reader_, options));
  if (!drawing) return false;
  if (label.width > 0) {
    MAPFILE_RETURN_IF_ERROR(
        Line(label, Escape(view.type().cls->name, options_.unicode)));
  }
  for (std::string_view lines = *drawing; !lines.empty();) {
    const std::size_t end = lines.find('\n') + 1;
    if (end > 1) out_.append(static_cast<std::size_t>(indent), ' ');
    out_ += lines.substr(0, end);
    lines.remove_prefix(end);
  }
  return true;
}

}  // namespace

Result<std::string> Print(const Type& type, std::span<const std::byte> bytes,
                          TypeTable& types, const PrintOptions& options) {
  ValueReader reader(bytes, types);
  MAPFILE_ASSIGN_OR_RETURN(auto shared, SharedObjects::Find(type, reader));
  // What is shown is bounded by the number of lines.
  reader.LiftBound();
  MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(type));
  Printer printer(reader, std::move(shared), kFreeLines + bytes.size(),
                  options);
  MAPFILE_RETURN_IF_ERROR(printer.PrintRoot(root));
  return printer.Take();
}

Result<std::string> Summary(const Type& type, std::span<const std::byte> bytes,
                            TypeTable& types, const PrintOptions& options) {
  ValueReader reader(bytes, types);
  reader.LiftBound();
  MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(type));
  MAPFILE_ASSIGN_OR_RETURN(auto text,
                           FormatInline(root, reader, options.width, options));
  return std::move(text.text);
}

}  // namespace mapfile::text
