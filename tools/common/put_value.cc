#include "tools/common/put_value.h"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/try.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"
#include "mapfile/text.h"
#include "tools/common/object_csv.h"
#include "tools/common/put_type.h"

namespace mapfile::tools {
namespace {

// Numbers that come from a pipe end in a newline.
std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin =
      std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

Result<std::shared_ptr<const Type>> FindType(const MapFile& file,
                                             const PutValue& value) {
  if (value.type) return ParsePutType(file, *value.type, value.described);
  if (!value.described.empty()) return value.described.front();
  auto record = file.Find(value.record);
  if (record) {
    MAPFILE_ASSIGN_OR_RETURN(RecordInfo info, record->Info());
    if (info.type) return info.type;
    return Fail(Code::kInvalidArgument,
                "the record's class is damaged; give --type");
  }
  if (record.error().code() != Code::kNotFound) return Fail(record.error());
  if (value.form == ValueForm::kText) return Type::Parse("string");
  return Fail(Code::kNotFound,
              fmt::format("{}: there is no record {} to take a class "
                          "from; give --type",
                          file.path(), text::Quote(value.record)));
}

Result<PortableValue> EncodeCsv(const MapFile& file, const PutValue& value,
                                const Type& type, std::string_view text) {
  CsvTarget target{
      .record = value.record, .class_name = type.name(), .former = {}};
  auto former = file.GetRaw(value.record);
  if (former) target.former = *std::move(former);
  return FromCsv(file, target, text);
}

Result<std::vector<std::byte>> EncodeAs(const MapFile& file, const Type& type,
                                        ValueForm form, std::string_view text) {
  if (form == ValueForm::kJson) return FromJson(file, type, text);
  if (!text::IsPlain(type)) {
    return Fail(Code::kTypeMismatch,
                type.name() + " takes JSON: give --json, or --raw");
  }
  const Kind kind = type.root().kind;
  const bool exact = kind == Kind::kString || kind == Kind::kBytes;
  return text::ParsePlain(type, exact ? text : WithoutBlanks(text));
}

}  // namespace

Result<PortableValue> EncodeValue(const MapFile& file, const PutValue& value,
                                  std::string_view text) {
  if (value.form == ValueForm::kRaw) return FromPortable(file, text);
  MAPFILE_ASSIGN_OR_RETURN(const auto type, FindType(file, value));
  const auto refuse = [&](const Error& error) {
    return Fail(error.In(text::Quote(value.record)).In(file.path()));
  };
  if (value.form == ValueForm::kCsv) {
    auto encoded = EncodeCsv(file, value, *type, text);
    return encoded ? std::move(encoded) : refuse(encoded.error());
  }
  auto bytes = EncodeAs(file, *type, value.form, text);
  if (!bytes) return refuse(bytes.error());
  return PortableValue{type, *std::move(bytes)};
}

}  // namespace mapfile::tools
