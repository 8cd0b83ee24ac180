#include "lib/text/inline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "lib/base/function_ref.h"
#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/read_histogram.h"
#include "lib/text/statistics.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

// Items that don't fit are formatted once more to show their beginning, down
// to this depth: each level doubles the work.
constexpr int kPartialDepth = 2;
constexpr int kLeastPartial = 6;  // Columns worth filling with a beginning

class InlineFormatter {
 public:
  InlineFormatter(ValueReader& reader, const PrintOptions& options)
      : reader_(reader), options_(options) {}

  Result<InlineText> Format(const ValueView& view, int width);

 private:
  // Formats item `i` in `width` columns.
  using Item = FunctionRef<Result<InlineText>(std::uint64_t i, int width)>;
  struct Sequence {
    std::string open;
    std::string close;
    std::uint64_t count;
    std::string noun;  // "numbers"; empty: not counted
  };

  Result<InlineText> Text(const ValueView& view, int width);
  Result<InlineText> Elements(const ValueView& view, int width);
  Result<InlineText> Fields(const ValueView& view, std::string open, int width);
  Result<InlineText> Pointer(const ValueView& view, int width);
  Result<InlineText> List(const Sequence& sequence, int width, Item item);
  Result<InlineText> Finish(const Sequence& sequence, std::string text,
                            std::uint64_t shown, int width, Item item);
  Result<InlineText> Labelled(const std::string& label, const ValueView& view,
                              int width);
  // Whether no more than `shown` items are wanted. Fields are never too many.
  bool IsLimit(const Sequence& sequence, std::uint64_t shown) const {
    return options_.max_elements > 0 && !sequence.noun.empty() &&
           shown >= static_cast<std::uint64_t>(options_.max_elements);
  }
  std::string Ellipsis() const { return options_.unicode ? "…" : "..."; }
  InlineText Whole(std::string text, int width) const;

  ValueReader& reader_;
  const PrintOptions& options_;
  int partial_depth_ = 0;
  // Offsets, outermost first: the value itself.
  std::vector<std::uint64_t> open_objects_ = {0};
};

// A number cut short would be another number: all or nothing.
InlineText InlineFormatter::Whole(std::string text, int width) const {
  if (DisplayWidth(text) <= width) return {std::move(text), true};
  return {Shorten(Ellipsis(), width, options_.unicode), false};
}

std::string FormatScalar(const ValueView& view, int precision) {
  return VisitScalar(view.kind(), [&](auto zero) -> std::string {
    using T = decltype(zero);
    const T value = view.Load<T>();
    if constexpr (std::is_same_v<T, bool>) {
      return value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
      return fmt::format("{}", value);
    } else if constexpr (std::is_same_v<T, float>) {
      // As a double, 0.1f would have seventeen digits.
      return precision <= 0 || precision > 9 ? fmt::format("{}", value)
                                             : HumanNumber(value, precision);
    } else {
      return HumanNumber(value, precision);
    }
  });
}

std::string Noun(const TypeNode& container) {
  if (container.kind == Kind::kMap) return "entries";
  const Kind kind = container.children[0].kind;
  if (IsNumber(kind)) return "numbers";
  return kind == Kind::kString ? "strings" : "items";
}

Result<InlineText> InlineFormatter::Format(const ValueView& view, int width) {
  if (width <= 0) return InlineText{"", false};
  switch (view.kind()) {
    case Kind::kString:
    case Kind::kBytes: return Text(view, width);
    case Kind::kArray:
    case Kind::kVector:
    case Kind::kMap: return Elements(view, width);
    case Kind::kOptional: {
      MAPFILE_ASSIGN_OR_RETURN(const auto held, reader_.ElementsOf(view));
      if (held.count == 0) return Whole("none", width);
      return Format(held[0], width);
    }
    case Kind::kVariant: {
      MAPFILE_ASSIGN_OR_RETURN(const auto chosen, reader_.AlternativeOf(view));
      return Format(chosen.value, width);
    }
    case Kind::kClass: return Fields(view, "{", width);
    case Kind::kPointer: return Pointer(view, width);
    default: return Whole(FormatScalar(view, options_.precision), width);
  }
}

Result<InlineText> InlineFormatter::Text(const ValueView& view, int width) {
  MAPFILE_ASSIGN_OR_RETURN(const auto text, reader_.TextOf(view));
  const bool bytes = view.kind() == Kind::kBytes;
  const bool unicode = options_.unicode && !bytes;
  const int room = width - (bytes ? 1 : 0);
  std::string shown = QuoteShort(text, room, unicode);
  // More bytes than columns can't all be there; the rest is cheap to redo.
  const bool complete = text.size() <= 4 * static_cast<std::size_t>(width) &&
                        shown == Quote(text, unicode);
  return InlineText{(bytes && room > 0 ? "b" : "") + shown, complete};
}

Result<InlineText> InlineFormatter::Labelled(const std::string& label,
                                             const ValueView& view, int width) {
  const int room = width - DisplayWidth(label);
  if (room <= 0) return InlineText{"", false};
  MAPFILE_ASSIGN_OR_RETURN(InlineText value, Format(view, room));
  value.text.insert(0, label);
  return value;
}

Result<InlineText> InlineFormatter::Elements(const ValueView& view, int width) {
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, reader_.ElementsOf(view));
  const bool is_map = view.kind() == Kind::kMap;
  const auto item = [&](std::uint64_t i, int room) -> Result<InlineText> {
    if (!is_map) return Format(elements[i], room);
    MAPFILE_ASSIGN_OR_RETURN(const InlineText key, Format(elements[i], room));
    if (!key.complete) return InlineText{"", false};
    return Labelled(key.text + ": ", elements.Mapped(i), room);
  };
  return List({is_map ? "{" : "[", is_map ? "}" : "]", elements.count,
               Noun(view.type())},
              width, item);
}

Result<InlineText> InlineFormatter::Fields(const ValueView& view,
                                           std::string open, int width) {
  MAPFILE_ASSIGN_OR_RETURN(const auto histogram, ReadHistogram(view, reader_));
  if (histogram) {
    return InlineText{SummariseHistogram(*histogram, width, options_), true};
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto statistics,
                           ReadStatistics(view, reader_, options_));
  if (statistics) {
    return InlineText{SummariseStatistics(*statistics, width, options_), true};
  }
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, reader_.FieldsOf(view));
  const auto item = [&](std::uint64_t i, int room) -> Result<InlineText> {
    const FlatField& field = flat->fields[i];
    return Labelled(Escape(field.name, options_.unicode) + ": ",
                    reader_.Field(view, field), room);
  };
  return List({std::move(open), "}", flat->fields.size(), ""}, width, item);
}

Result<InlineText> InlineFormatter::Pointer(const ValueView& view, int width) {
  if (ValueReader::IsNull(view)) return Whole("null", width);
  MAPFILE_ASSIGN_OR_RETURN(const ValueView object, reader_.TargetOf(view));
  const std::string name = Escape(object.type().cls->name, options_.unicode);
  if (std::count(open_objects_.begin(), open_objects_.end(), object.offset()) !=
      0) {
    return Whole(name + "{" + Ellipsis() + "}", width);
  }
  open_objects_.push_back(object.offset());
  auto text = Fields(object, name + "{", width);
  open_objects_.pop_back();
  return text;
}

// Appends items while they fit, and remembers how far it had come when the
// note on what is missing still fitted too.
Result<InlineText> InlineFormatter::List(const Sequence& sequence, int width,
                                         Item item) {
  std::string text = sequence.open;
  std::size_t keep = text.size();
  std::uint64_t kept = 0;
  const int note =
      DisplayWidth(Ellipsis()) + 2 +
      (sequence.noun.empty() ? 1
                             : DisplayWidth(fmt::format(
                                   " {} {}]", sequence.count, sequence.noun)));
  for (std::uint64_t i = 0; i < sequence.count; ++i) {
    if (i != 0) text += ", ";
    const int room = width - DisplayWidth(text) - 1;
    if (IsLimit(sequence, i)) {
      return Finish(sequence, text.substr(0, keep), kept, width, item);
    }
    MAPFILE_ASSIGN_OR_RETURN(const InlineText next, item(i, room));
    if (!next.complete) {
      return Finish(sequence, text.substr(0, keep), kept, width, item);
    }
    text += next.text;
    if (DisplayWidth(text) + note <= width) {
      keep = text.size();
      kept = i + 1;
    }
  }
  return Whole(text + sequence.close, width);
}

// Closes a list of which only the first `shown` items fit.
Result<InlineText> InlineFormatter::Finish(const Sequence& sequence,
                                           std::string text,
                                           std::uint64_t shown, int width,
                                           Item item) {
  const bool last = shown + 1 == sequence.count;
  std::string end = last ? sequence.close : ", " + Ellipsis();
  if (!last && !sequence.noun.empty()) {
    end += fmt::format(" {} {}", sequence.count, sequence.noun);
  }
  if (!last) end += sequence.close;
  const std::string separator = shown > 0 ? ", " : "";
  const int room =
      width - DisplayWidth(text) - DisplayWidth(separator) - DisplayWidth(end);
  if (room >= kLeastPartial && partial_depth_ < kPartialDepth &&
      !IsLimit(sequence, shown)) {
    ++partial_depth_;
    auto part = item(shown, room);
    --partial_depth_;
    if (!part) return part;
    if (DisplayWidth(part->text) >= kLeastPartial) {
      return InlineText{text + separator + part->text + end, false};
    }
  }
  if (last) end = ", " + Ellipsis() + end;
  if (shown == 0) end.erase(0, 2);
  InlineText cut = Whole(text + end, width);
  if (!cut.complete) {
    cut = Whole(sequence.open + Ellipsis() + sequence.close, width);
  }
  cut.complete = false;
  return cut;
}

}  // namespace

Result<InlineText> FormatInline(const ValueView& view, ValueReader& reader,
                                int width, const PrintOptions& options) {
  return InlineFormatter(reader, options).Format(view, width);
}

}  // namespace mapfile::text
