// Reads bytes as values of types that they may not be of.
//
//     u8 class      which C++ class they are to become
//     u8 type       0: as that class is stored; 1 to kOldTypes: as another
//                   version of it was; else as the text that follows says:
//     u16 size, text
//     bytes
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/text/json.h"
#include "lib/text/print.h"
#include "lib/text/scalar.h"
#include "mapfile/histogram.h"
#include "tests/fuzz/fuzz_classes.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/types/test_classes.h"

namespace mapfile::fuzz {
namespace {

// The value may point to types 1 and up: those of fuzz_classes.h.
class Types : public MemoryTypeTable {
 public:
  Types() {
    for (const char* text : kPointedTo) {
      FUZZ_CHECK(IdOf(*Type::Parse(text).value()));
    }
  }
};

template <class T>
void DecodeAs(const Type& stored, std::span<const std::byte> bytes,
              Types& types) {
  T value{};
  if (!zoo::Load(stored, bytes, types, &value)) return;
  const auto again = zoo::Store(value, types);
  // Parts that don't fit each other are shown as they are, but not stored.
  if constexpr (requires { value.Fault(); }) {
    if (!again) {
      FUZZ_CHECK(!value.Fault().empty());
      return;
    }
  }
  // What could be read can be stored, and is the same then.
  FUZZ_CHECK(again);
  T copy{};
  FUZZ_CHECK(zoo::Load(TypeOf<T>(), *again, types, &copy));
  FUZZ_CHECK(zoo::Store(copy, types).value() == *again);
  // Others see it, too, and what they make of it is the same value.
  const auto json = text::ToJson(TypeOf<T>(), *again, types);
  FUZZ_CHECK(json);
  const auto built = text::FromJson(TypeOf<T>(), *json, types);
  // JSON is looked at more closely: for a label that is there twice.
  if constexpr (requires { value.Fault(); }) {
    if (!built && !value.Fault().empty()) return;
  }
  // Of several versions of an object's class, JSON means the newest.
  if (!built && TypeOf<T>().text().find('*') != std::string::npos) return;
  FUZZ_CHECK(built);
  T third{};
  FUZZ_CHECK(zoo::Load(TypeOf<T>(), *built, types, &third));
  FUZZ_CHECK(zoo::Store(third, types).value() == *again);
}

using Decode = void (*)(const Type&, std::span<const std::byte>, Types&);
struct Target {
  Decode decode;
  const Type& (*type)();
  std::vector<const char*> others;
};

template <class T>
Target TargetOf(std::vector<const char*> others) {
  return {&DecodeAs<T>, []() -> const Type& { return TypeOf<T>(); },
          std::move(others)};
}

const std::vector<Target>& Targets() {
  static const std::vector<Target> targets = {
      TargetOf<zoo::Everything>({kEverythingBefore}),
      TargetOf<zoo::Drawing>({}),
      TargetOf<zoo::Node>({kNodeBefore}),
      TargetOf<Wide>({kNarrow, kReordered}),
      TargetOf<Histogram1D>({}),
      TargetOf<std::vector<double>>({"vector<f32>", "vector<i16>"}),
      TargetOf<std::map<std::string, std::vector<bool>>>({}),
      TargetOf<std::vector<std::vector<Nothing>>>({}),
      TargetOf<std::variant<std::int64_t, std::string, zoo::Point>>(
          {"variant<u32>", "variant<i8,string>"}),
      TargetOf<std::vector<std::optional<zoo::Point>>>({}),
  };
  return targets;
}

// Those that are known are parsed once: it would take most of the time.
std::shared_ptr<const Type> KnownType(const char* text) {
  static std::map<const char*, std::shared_ptr<const Type>> types;
  auto& type = types[text];
  if (type == nullptr) type = Type::Parse(text).value();
  return type;
}

std::shared_ptr<const Type> TakeType(const Target& target, FuzzInput& input) {
  const std::uint8_t which = input.TakeByte();
  if (which == 0) return KnownType(target.type().text().c_str());
  if (which <= target.others.size()) {
    return KnownType(target.others[which - 1]);
  }
  const auto size = input.TakeNumber<std::uint16_t>();
  return Type::Parse(input.TakeText(size)).value_or(nullptr);
}

void Show(const Type& type, std::span<const std::byte> bytes, Types& types) {
  static_cast<void>(text::Print(type, bytes, types));
  static_cast<void>(text::Summary(type, bytes, types));
  static_cast<void>(text::FormatPlain(type, bytes));
  const auto json = text::ToJson(type, bytes, types);
  if (json) static_cast<void>(text::FromJson(type, *json, types));
}

}  // namespace
}  // namespace mapfile::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace mapfile;
  using namespace mapfile::fuzz;
  FuzzInput input(data, size);
  const std::uint8_t which = input.TakeByte();
  const Target& target = Targets()[which / 2 % Targets().size()];
  const auto type = TakeType(target, input);
  if (type == nullptr) return 0;
  static Types types;
  // Aligned as values are; the sanitizer sees where they end.
  const auto rest = input.RestBytes();
  const std::vector<std::byte> bytes(rest.begin(), rest.end());
  if (which % 2 == 0) {
    target.decode(*type, bytes, types);
  } else {
    Show(*type, bytes, types);
  }
  return 0;
}
