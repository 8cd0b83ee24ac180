// Reads texts as descriptions of types, as schemas, and as values in JSON.
//
//     u8 type       of kReads; above: the description comes first, ended by
//                   a NUL; 254: a schema; 255: nothing but a description
//     text          the JSON
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/json.h"
#include "lib/text/print.h"
#include "lib/text/schema_json.h"
#include "mapfile/histogram.h"
#include "tests/fuzz/fuzz_classes.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/types/test_classes.h"

namespace mapfile::fuzz {
namespace {

constexpr std::uint8_t kDescriptionAlone = 255;
constexpr std::uint8_t kSchema = 254;
constexpr char kEndOfDescription = '\0';

// A canonical text is one of the same type.
void ReadDescription(std::string_view text) {
  const auto type = Type::Parse(text);
  if (!type) return;
  const auto again = Type::Parse((*type)->text());
  FUZZ_CHECK(again);
  FUZZ_CHECK((*again)->text() == (*type)->text());
  FUZZ_CHECK((*again)->hash() == (*type)->hash());
  FUZZ_CHECK((*again)->root().size == (*type)->root().size);
}

Result<std::vector<std::shared_ptr<const Type>>> ParseSchema(
    std::string_view text) {
  const auto find = [](std::string_view name) {
    return name == "Point" ? *Type::Parse(TypeOf<zoo::Point>().text())
                                : std::shared_ptr<const Type>();
  };
  return text::ParseSchema(text, {.known = find, .built_in = find});
}

// What classes are shown as describes the same.
void ReadSchema(std::string_view text) {
  const auto types = ParseSchema(text);
  if (!types) FUZZ_CHECK(types.error().code() == Code::kInvalidArgument);
  if (!types) return;
  std::vector<const ClassNode*> classes;
  for (const auto& type : *types) classes.push_back(type->root().cls);
  const auto again = ParseSchema(text::FormatSchema(classes));
  FUZZ_CHECK(again);
  FUZZ_CHECK(again->size() == types->size());
  for (std::size_t i = 0; i < types->size(); ++i) {
    FUZZ_CHECK((*again)[i]->text() == (*types)[i]->text());
  }
}

// Bytes from JSON are a value like any other.
std::vector<std::byte> ReadValue(const Type& type, std::string_view json) {
  MemoryTypeTable types;
  auto bytes = text::FromJson(type, json, types);
  if (!bytes) return {};
  const auto shown = text::ToJson(type, *bytes, types);
  FUZZ_CHECK(shown);
  const auto again = text::FromJson(type, *shown, types);
  FUZZ_CHECK(again);
  FUZZ_CHECK(*again == *bytes);
  FUZZ_CHECK(text::Print(type, *bytes, types));
  FUZZ_CHECK(text::Summary(type, *bytes, types));
  return *std::move(bytes);
}

template <class T>
void ReadAs(std::string_view json) {
  MemoryTypeTable types;
  const auto bytes = text::FromJson(TypeOf<T>(), json, types);
  if (!bytes) return;
  T value{};
  const Status loaded = zoo::Load(TypeOf<T>(), *bytes, types, &value);
  if (!loaded) {
    // Only a C++ object can say who owns whom, and what there is no class
    // of, and of which base a class is.
    FUZZ_CHECK(TypeOf<T>().text().find('*') != std::string::npos);
    return;
  }
  FUZZ_CHECK(zoo::Store(value, types));
  ReadValue(TypeOf<T>(), json);
}

using Read = void (*)(std::string_view);
constexpr Read kReads[] = {
    &ReadAs<zoo::Everything>,
    &ReadAs<Wide>,
    &ReadAs<zoo::Drawing>,
    &ReadAs<zoo::Node>,
    &ReadAs<Histogram1D>,
    &ReadAs<std::string>,
    &ReadAs<double>,
    &ReadAs<float>,
    &ReadAs<std::uint64_t>,
    &ReadAs<std::vector<std::int8_t>>,
    &ReadAs<std::map<std::string, std::string>>,
    &ReadAs<std::map<float, std::vector<std::byte>>>,
    &ReadAs<std::optional<std::optional<bool>>>,
    &ReadAs<std::variant<bool, std::string, std::vector<zoo::Point>>>,
};
constexpr std::uint8_t kTypes = std::size(kReads);

}  // namespace
}  // namespace mapfile::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace mapfile;
  using namespace mapfile::fuzz;
  FuzzInput input(data, size);
  const std::uint8_t which = input.TakeByte();
  if (which < kTypes) {
    kReads[which](input.Rest());
  } else if (which == kSchema) {
    ReadSchema(input.Rest());
  } else if (which == kDescriptionAlone) {
    ReadDescription(input.Rest());
  } else {
    const auto type = Type::Parse(input.TakeTextUntil(kEndOfDescription));
    if (type) ReadValue(**type, input.Rest());
  }
  return 0;
}
