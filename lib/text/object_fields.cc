#include "lib/text/object_fields.h"

#include <cstring>

#include "lib/base/try.h"

namespace mapfile::text {
namespace {

bool IsList(const ValueView& view) {
  return view.kind() == Kind::kVector || view.kind() == Kind::kArray;
}

}  // namespace

Result<ObjectFields> ObjectFields::Of(const ValueView& object,
                                      ValueReader& reader) {
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, reader.FieldsOf(object));
  return ObjectFields(object, *flat, reader);
}

std::optional<ValueView> ObjectFields::Find(std::string_view name) const {
  const auto found = flat_->index.find(name);
  if (found == flat_->index.end()) return std::nullopt;
  return reader_->Field(object_, flat_->fields[found->second]);
}

std::optional<double> ObjectFields::Number(std::string_view name) const {
  const auto field = Find(name);
  if (!field || !IsNumber(field->kind())) return std::nullopt;
  return field->Number();
}

Result<std::optional<ObjectFields>> ObjectFields::Object(
    std::string_view name, std::string_view cls) const {
  const auto field = Find(name);
  if (!field || field->kind() != Kind::kClass ||
      !IsA(*field->type().cls, cls)) {
    return std::nullopt;
  }
  MAPFILE_ASSIGN_OR_RETURN(ObjectFields fields, Of(*field, *reader_));
  return fields;
}

Result<std::string> ObjectFields::Text(std::string_view name) const {
  const auto field = Find(name);
  if (!field || field->kind() != Kind::kString) return std::string();
  MAPFILE_ASSIGN_OR_RETURN(const auto text, reader_->TextOf(*field));
  return std::string(text);
}

Result<std::vector<double>> ObjectFields::Numbers(std::string_view name) const {
  std::vector<double> numbers;
  const auto field = Find(name);
  if (!field || !IsList(*field) || !IsNumber(field->type().children[0].kind)) {
    return numbers;
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, reader_->ElementsOf(*field));
  if (field->type().children[0].kind == Kind::kF64) {
    // They lie side by side as here.
    numbers.resize(elements.count);
    if (elements.count != 0) {
      std::memcpy(numbers.data(), elements.data(),
                  elements.count * sizeof(double));
    }
    return numbers;
  }
  numbers.reserve(elements.count);
  for (std::uint64_t i = 0; i < elements.count; ++i) {
    numbers.push_back(elements[i].Number());
  }
  return numbers;
}

Result<std::vector<std::string>> ObjectFields::Texts(
    std::string_view name) const {
  std::vector<std::string> texts;
  const auto field = Find(name);
  if (!field || !IsList(*field) ||
      field->type().children[0].kind != Kind::kString) {
    return texts;
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, reader_->ElementsOf(*field));
  for (std::uint64_t i = 0; i < elements.count; ++i) {
    MAPFILE_ASSIGN_OR_RETURN(const auto text, reader_->TextOf(elements[i]));
    texts.emplace_back(text);
  }
  return texts;
}

}  // namespace mapfile::text
