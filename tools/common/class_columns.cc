#include "tools/common/class_columns.h"

#include "lib/text/json_text.h"
#include "lib/text/schema_json.h"
#include "lib/types/type_text.h"

namespace mapfile::tools {
namespace {

void AppendTo(std::string& list, std::string_view separator,
              std::string_view item) {
  if (!list.empty()) list += separator;
  list += item;
}

}  // namespace

std::string BasesText(const ClassNode& cls) {
  std::string list;
  for (const FieldNode& base : cls.bases) AppendTo(list, ", ", base.name);
  return list;
}

std::string FieldsText(const ClassNode& cls) {
  std::string list;
  for (const FieldNode& field : cls.fields) {
    AppendTo(list, "; ", ExprText(field.type) + " " + field.name);
  }
  return list;
}

Value BasesValue(const ClassNode& cls) {
  return Value::Json(text::BasesJson(cls), BasesText(cls));
}

Value FieldsValue(const ClassNode& cls) {
  return Value::Json(text::FieldsJson(cls), FieldsText(cls));
}

Value NamesValue(const std::vector<std::string>& names) {
  std::string json = "[";
  std::string shown;
  for (const std::string& name : names) {
    if (json.size() > 1) json += ", ";
    text::AppendJsonText(json, name);
    AppendTo(shown, ", ", name);
  }
  return Value::Json(json + "]", shown.empty() ? "-" : shown);
}

}  // namespace mapfile::tools
