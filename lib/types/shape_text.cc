#include "lib/types/shape_text.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "lib/types/kinds.h"

namespace mapfile::internal {
namespace {

void AppendExpr(const Shape& shape, std::string& out) {
  if (shape.kind == Kind::kClass) {
    out += shape.name;
    return;
  }
  if (shape.kind == Kind::kPointer) {
    AppendExpr(shape.children[0](), out);
    out += '*';
    return;
  }
  out += KindWord(shape.kind);
  if (shape.children.empty()) return;
  char separator = '<';
  for (const ShapeGetter child : shape.children) {
    out += separator;
    AppendExpr(child(), out);
    separator = ',';
  }
  if (shape.kind == Kind::kArray) out += ',' + std::to_string(shape.count);
  out += '>';
}

// The classes that a shape leads to, each once.
class Classes {
 public:
  bool Collect(const Shape& shape) {
    if (shape.kind == Kind::kClass) {
      const auto [at, is_new] = by_name_.emplace(shape.name, &shape);
      if (!is_new) return *at->second->type_info == *shape.type_info;
      list_.push_back(&shape);
    }
    for (const ShapeGetter child : shape.children) {
      if (!Collect(child())) return false;
    }
    return true;
  }

  const std::vector<const Shape*>& list() const { return list_; }

 private:
  std::map<std::string_view, const Shape*> by_name_;
  std::vector<const Shape*> list_;
};

std::string ClassText(const Shape& shape) {
  std::string text = fmt::format("\nclass {} {}", shape.name, shape.version);
  const char* separator = " : ";
  for (const FieldShape& base : shape.bases) {
    text += separator + std::string(base.name);
    separator = ", ";
  }
  text += " { ";
  for (const FieldShape& field : shape.fields) {
    AppendExpr(field.shape(), text);
    text += fmt::format(" {}; ", field.name);
  }
  return text + '}';
}

}  // namespace

std::string ExprText(const Shape& shape) {
  std::string text;
  AppendExpr(shape, text);
  return text;
}

Result<std::string> DescriptionText(const Shape& shape) {
  Classes classes;
  bool unique = classes.Collect(shape);
  std::string text = ExprText(shape);
  for (std::size_t i = 0; unique && i < classes.list().size(); ++i) {
    const Shape& cls = *classes.list()[i];
    for (const auto* list : {&cls.bases, &cls.fields}) {
      for (const FieldShape& field : *list) {
        unique = unique && classes.Collect(field.shape());
      }
    }
    text += ClassText(cls);
  }
  if (unique) return text;
  return Fail(Code::kInvalidArgument,
              fmt::format("{} leads to two C++ classes that are described "
                          "under one name",
                          ExprText(shape)));
}

}  // namespace mapfile::internal
