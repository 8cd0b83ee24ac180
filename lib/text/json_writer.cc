#include <fmt/format.h>

#include <string>

#include "lib/base/try.h"
#include "lib/text/base64.h"
#include "lib/text/json.h"
#include "lib/text/json_text.h"
#include "lib/text/shared_objects.h"
#include "lib/text/utf8.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

// Writes a value in one pass, straight into the text.
class JsonWriter {
 public:
  JsonWriter(ValueReader& reader, SharedObjects shared,
             const JsonOptions& options)
      : reader_(reader), shared_(std::move(shared)), indent_(options.indent) {}

  Status WriteRoot(const ValueView& root);
  Status Write(const ValueView& view);
  std::string Take() { return std::move(out_); }

 private:
  Status WriteText(const ValueView& view);
  Status WriteElements(const ValueView& view);
  Status WriteMap(const ValueView& view);
  Status WriteObjectOf(const Elements& map);
  Status WritePairsOf(const Elements& map);
  Status WriteOptional(const ValueView& view);
  Status WriteVariant(const ValueView& view);
  Status WriteClass(const ValueView& view);
  Status WriteFields(const ValueView& view, bool& first);
  Status WritePointer(const ValueView& view);

  void Open(char bracket) {
    out_ += bracket;
    ++level_;
  }
  void Close(char bracket, bool empty) {
    --level_;
    if (!empty) NewLine();
    out_ += bracket;
  }
  // Begins the next item of an object or array.
  void Next(bool& first) {
    if (!first) out_ += indent_ > 0 ? "," : ", ";
    first = false;
    NewLine();
  }
  void NewLine() {
    if (indent_ <= 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_ * level_), ' ');
  }
  void Key(std::string_view name, bool& first) {
    Next(first);
    AppendJsonString(out_, name);
    out_ += ": ";
  }

  ValueReader& reader_;
  SharedObjects shared_;
  const int indent_;
  int level_ = 0;
  std::string out_;
};

Status JsonWriter::WriteRoot(const ValueView& root) {
  const SharedObjects::Use use = shared_.Meet(root);
  if (use.id == 0 || root.kind() != Kind::kClass) return Write(root);
  bool first = true;
  Open('{');
  Key("$id", first);
  out_ += fmt::format("{}", use.id);
  MAPFILE_RETURN_IF_ERROR(WriteFields(root, first));
  Close('}', first);
  return {};
}

Status JsonWriter::Write(const ValueView& view) {
  switch (view.kind()) {
    case Kind::kString:
    case Kind::kBytes: return WriteText(view);
    case Kind::kArray:
    case Kind::kVector: return WriteElements(view);
    case Kind::kMap: return WriteMap(view);
    case Kind::kOptional: return WriteOptional(view);
    case Kind::kVariant: return WriteVariant(view);
    case Kind::kClass: return WriteClass(view);
    case Kind::kPointer: return WritePointer(view);
    default:
      AppendJsonScalars(out_, view.kind(), view.data(), 1, {});
      return {};
  }
}

Status JsonWriter::WriteText(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const auto text, reader_.TextOf(view));
  if (view.kind() == Kind::kString) {
    AppendJsonText(out_, text);
  } else {
    out_ += '"';
    AppendBase64(out_, text);
    out_ += '"';
  }
  return {};
}

Status JsonWriter::WriteElements(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const Elements elements, reader_.ElementsOf(view));
  if (IsScalar(elements.layout.element->kind)) {
    out_ += '[';
    AppendJsonScalars(out_, elements.layout.element->kind, elements.data(),
                      elements.count, ", ");
    out_ += ']';
    return {};
  }
  Open('[');
  bool first = true;
  for (std::uint64_t i = 0; i < elements.count; ++i) {
    Next(first);
    MAPFILE_RETURN_IF_ERROR(Write(elements[i]));
  }
  Close(']', first);
  return {};
}

Status JsonWriter::WriteMap(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const Elements map, reader_.ElementsOf(view));
  bool named = map.layout.element->kind == Kind::kString;
  for (std::uint64_t i = 0; named && i < map.count; ++i) {
    MAPFILE_ASSIGN_OR_RETURN(const auto key, reader_.TextOf(map[i]));
    named = IsUtf8(key);
  }
  return named ? WriteObjectOf(map) : WritePairsOf(map);
}

Status JsonWriter::WriteObjectOf(const Elements& map) {
  Open('{');
  bool first = true;
  for (std::uint64_t i = 0; i < map.count; ++i) {
    MAPFILE_ASSIGN_OR_RETURN(const auto key, reader_.TextOf(map[i]));
    Key(key, first);
    MAPFILE_RETURN_IF_ERROR(Write(map.Mapped(i)));
  }
  Close('}', first);
  return {};
}

Status JsonWriter::WritePairsOf(const Elements& map) {
  Open('[');
  bool first = true;
  for (std::uint64_t i = 0; i < map.count; ++i) {
    Next(first);
    out_ += '[';
    MAPFILE_RETURN_IF_ERROR(Write(map[i]));
    out_ += ", ";
    MAPFILE_RETURN_IF_ERROR(Write(map.Mapped(i)));
    out_ += ']';
  }
  Close(']', first);
  return {};
}

Status JsonWriter::WriteOptional(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const Elements elements, reader_.ElementsOf(view));
  const bool wrapped = MayBeNull(*elements.layout.element);
  if (elements.count == 0) {
    out_ += wrapped ? "[]" : "null";
    return {};
  }
  if (wrapped) out_ += '[';
  MAPFILE_RETURN_IF_ERROR(Write(elements[0]));
  if (wrapped) out_ += ']';
  return {};
}

Status JsonWriter::WriteVariant(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const auto chosen, reader_.AlternativeOf(view));
  bool first = true;
  Open('{');
  Key("index", first);
  out_ += fmt::format("{}", chosen.index);
  Key("value", first);
  MAPFILE_RETURN_IF_ERROR(Write(chosen.value));
  Close('}', first);
  return {};
}

Status JsonWriter::WriteClass(const ValueView& view) {
  bool first = true;
  Open('{');
  MAPFILE_RETURN_IF_ERROR(WriteFields(view, first));
  Close('}', first);
  return {};
}

Status JsonWriter::WriteFields(const ValueView& view, bool& first) {
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, reader_.FieldsOf(view));
  for (const FlatField& field : flat->fields) {
    Key(field.name, first);
    MAPFILE_RETURN_IF_ERROR(Write(reader_.Field(view, field)));
  }
  return {};
}

Status JsonWriter::WritePointer(const ValueView& view) {
  if (ValueReader::IsNull(view)) {
    out_ += "null";
    return {};
  }
  MAPFILE_ASSIGN_OR_RETURN(const ValueView object, reader_.TargetOf(view));
  const SharedObjects::Use use = shared_.Meet(object);
  if (!use.first) {
    out_ += fmt::format("{{\"$ref\": {}}}", use.id);
    return {};
  }
  bool first = true;
  Open('{');
  Key("$class", first);
  AppendJsonText(out_, object.type().cls->name);
  if (use.id != 0) {
    Key("$id", first);
    out_ += fmt::format("{}", use.id);
  }
  MAPFILE_RETURN_IF_ERROR(WriteFields(object, first));
  Close('}', first);
  return {};
}

}  // namespace

Result<std::string> ToJson(const Type& type, std::span<const std::byte> bytes,
                           TypeTable& types, const JsonOptions& options) {
  ValueReader reader(bytes, types);
  MAPFILE_ASSIGN_OR_RETURN(auto shared, SharedObjects::Find(type, reader));
  MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(type));
  JsonWriter writer(reader, std::move(shared), options);
  MAPFILE_RETURN_IF_ERROR(writer.WriteRoot(root));
  return writer.Take();
}

}  // namespace mapfile::text
