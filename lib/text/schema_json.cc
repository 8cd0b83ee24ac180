#include "lib/text/schema_json.h"

#include <fmt/format.h>

#include "lib/types/type_text.h"

namespace mapfile::text {
namespace {

std::string FieldJson(const FieldNode& field) {
  // Neither has anything that JSON would escape.
  return fmt::format(R"({{"name": "{}", "type": "{}"}})", field.name,
                     ExprText(field.type));
}

std::string ClassJson(const ClassNode& cls) {
  std::string json =
      fmt::format("  {{\n    \"class\": \"{}\",\n    \"version\": {},\n",
                  cls.name, cls.version);
  json += fmt::format("    \"bases\": {},\n    \"fields\": [", BasesJson(cls));
  const char* separator = "\n      ";
  for (const FieldNode& field : cls.fields) {
    json += separator + FieldJson(field);
    separator = ",\n      ";
  }
  return json + (cls.fields.empty() ? "]\n  }" : "\n    ]\n  }");
}

}  // namespace

std::string BasesJson(const ClassNode& cls) {
  std::string json = "[";
  for (const FieldNode& base : cls.bases) {
    json += fmt::format("{}\"{}\"", json.size() > 1 ? ", " : "", base.name);
  }
  return json + "]";
}

std::string FieldsJson(const ClassNode& cls) {
  std::string json = "[";
  for (const FieldNode& field : cls.fields) {
    json += (json.size() > 1 ? ", " : "") + FieldJson(field);
  }
  return json + "]";
}

std::string FormatSchema(std::span<const ClassNode* const> classes) {
  std::string json = "[";
  const char* separator = "\n";
  for (const ClassNode* cls : classes) {
    json += separator + ClassJson(*cls);
    separator = ",\n";
  }
  return json + (classes.empty() ? "]\n" : "\n]\n");
}

}  // namespace mapfile::text
