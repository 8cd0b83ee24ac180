#include "lib/base/region.h"

#include <string>

namespace mapfile {

Status Region::Grow(std::uint64_t size) {
  if (size <= this->size()) return {};
  return Fail(Code::kNoSpace, "the region holds " +
                                  std::to_string(this->size()) + " bytes and " +
                                  std::to_string(size) + " are needed");
}

void Region::SetBase(std::byte* base) {
  if (base == this->base()) return;
  const std::lock_guard lock(former_mutex_);
  former_.emplace_back(this->base(), size());
  base_.store(base, std::memory_order_release);
}

std::optional<std::uint64_t> Region::OffsetInFormer(
    const void* pointer) const {
  const std::lock_guard lock(former_mutex_);
  for (const std::span<const std::byte> bytes : former_) {
    const auto offset = static_cast<std::uint64_t>(
        static_cast<const std::byte*>(pointer) - bytes.data());
    if (offset < bytes.size()) return offset;
  }
  return std::nullopt;
}

}  // namespace mapfile
