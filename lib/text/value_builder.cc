#include "lib/text/value_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

// Numbers side by side begin on a cache line, so that they can be used in
// place by vector instructions.
constexpr std::uint64_t kNumbersAlign = 64;

}  // namespace

std::uint64_t ValueBuilder::Append(std::uint64_t size, std::uint64_t align) {
  const std::uint64_t at = (bytes_.size() + align - 1) / align * align;
  bytes_.resize(at + size);
  return at;
}

std::uint64_t ValueBuilder::AppendElements(std::uint64_t at,
                                           const TypeNode& container,
                                           std::uint64_t count) {
  if (count == 0) return 0;
  const ElementLayout layout(container);
  const bool numbers =
      layout.mapped == nullptr && IsScalar(layout.element->kind);
  const std::uint64_t offset =
      Append(count * layout.stride, numbers ? kNumbersAlign : layout.align);
  Store(at, offset);
  Store(at + 8, count);
  return offset;
}

void ValueBuilder::AppendText(std::uint64_t at, std::string_view text) {
  if (text.empty()) return;
  const std::uint64_t offset = Append(text.size(), 1);
  std::memcpy(data(offset), text.data(), text.size());
  Store(at, offset);
  Store(at + 8, std::uint64_t{text.size()});
}

Result<std::uint32_t> NoTypes::IdOf(const Type& type) {
  return Fail(Code::kInvalidArgument,
              fmt::format("no place for class {}", type.name()));
}

Result<std::shared_ptr<const Type>> NoTypes::TypeOf(std::uint32_t id) {
  return Fail(Code::kCorrupt, fmt::format("there is no class {}", id));
}

}  // namespace mapfile::text
