// ObjectFields: the fields of a stored object by name.
#ifndef MAPFILE_LIB_TEXT_OBJECT_FIELDS_H_
#define MAPFILE_LIB_TEXT_OBJECT_FIELDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

// Borrows the object and its reader. Each field is none, or empty, where the
// object has no such field or one of another kind. Corrupt: it can't be read.
class ObjectFields {
 public:
  // `object` is of a class.
  [[nodiscard]] static Result<ObjectFields> Of(const ValueView& object,
                                               ValueReader& reader);

  std::optional<ValueView> Find(std::string_view name) const;
  std::optional<double> Number(std::string_view name) const;
  // The object of class `cls`, or of one that has it as a base.
  [[nodiscard]] Result<std::optional<ObjectFields>> Object(
      std::string_view name, std::string_view cls) const;
  [[nodiscard]] Result<std::string> Text(std::string_view name) const;
  [[nodiscard]] Result<std::vector<double>> Numbers(
      std::string_view name) const;
  [[nodiscard]] Result<std::vector<std::string>> Texts(
      std::string_view name) const;

  // Of a field that is a list.
  [[nodiscard]] Result<text::Elements> Elements(const ValueView& list) const {
    return reader_->ElementsOf(list);
  }

 private:
  ObjectFields(const ValueView& object, const FlatClass& flat,
               ValueReader& reader)
      : object_(object), flat_(&flat), reader_(&reader) {}

  ValueView object_;
  const FlatClass* flat_;
  ValueReader* reader_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_OBJECT_FIELDS_H_
