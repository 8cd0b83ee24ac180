#include "lib/types/type_text.h"

#include "lib/types/kinds.h"

namespace mapfile {
namespace {

void AppendExpr(const TypeNode& node, std::string& out) {
  if (node.cls != nullptr) {
    out += node.cls->name;
    if (node.kind == Kind::kPointer) out += '*';
    return;
  }
  out += KindWord(node.kind);
  if (node.children.empty()) return;
  char separator = '<';
  for (const TypeNode& child : node.children) {
    out += separator;
    AppendExpr(child, out);
    separator = ',';
  }
  if (node.kind == Kind::kArray) out += ',' + std::to_string(node.count);
  out += '>';
}

}  // namespace

std::string ExprText(const TypeNode& node) {
  std::string text;
  AppendExpr(node, text);
  return text;
}

std::string ClassText(const ClassNode& cls) {
  std::string text = "\nclass " + cls.name + ' ' + std::to_string(cls.version);
  const char* separator = " : ";
  for (const FieldNode& base : cls.bases) {
    text += separator + base.name;
    separator = ", ";
  }
  text += " { ";
  for (const FieldNode& field : cls.fields) {
    AppendExpr(field.type, text);
    text += ' ' + field.name + "; ";
  }
  return text + '}';
}

}  // namespace mapfile
