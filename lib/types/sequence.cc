#include "lib/types/sequence.h"

#include <cstring>
#include <string>
#include <vector>

#include "lib/base/copy.h"
#include "lib/types/type_layout.h"

namespace mapfile::internal {
namespace {

// How a reference lies in a fixed part.
struct Words {
  std::uint64_t offset = 0;
  std::uint64_t count = 0;
};

struct Elements {
  const void* data;
  std::uint64_t count;
};

Elements ElementsOf(const Step& step, const void* object) {
  const void* field = static_cast<const std::byte*>(object) + step.to;
  if (step.op == Op::kString) {
    const auto& text = *static_cast<const std::string*>(field);
    return {text.data(), text.size()};
  }
  if (step.op == Op::kBytes) {
    const auto& bytes = *static_cast<const std::vector<std::byte>*>(field);
    return {bytes.data(), bytes.size()};
  }
  return {step.shape->data(field), step.shape->length(field)};
}

void* Resize(const Step& step, void* object, std::uint64_t count) {
  void* field = static_cast<std::byte*>(object) + step.to;
  if (step.op == Op::kString) {
    auto& text = *static_cast<std::string*>(field);
    text.resize(count);
    return text.data();
  }
  if (step.op == Op::kBytes) {
    auto& bytes = *static_cast<std::vector<std::byte>*>(field);
    bytes.resize(count);
    return bytes.data();
  }
  return step.shape->resize(field, count);
}

std::uint64_t StrideOf(const Step& step) {
  return step.op == Op::kVector ? step.stride : 1;
}

// Where the elements begin.
std::uint64_t StartOf(const Plan& plan) {
  const Step& step = plan.steps[0];
  return step.op == Op::kVector ? RoundUp(plan.size, step.align) : plan.size;
}

std::uint64_t SizeOf(const Plan& plan, std::uint64_t count) {
  if (count == 0) return plan.size;
  return StartOf(plan) + count * StrideOf(plan.steps[0]);
}

}  // namespace

// Flattened: so little is done in each of the calls.
[[gnu::flatten]] std::uint64_t SequenceSize(const Plan& plan,
                                            const void* object) {
  return SizeOf(plan, ElementsOf(plan.steps[0], object).count);
}

[[gnu::flatten]] bool WriteSequence(const Plan& plan, const void* object,
                                    std::span<std::byte> bytes) {
  const auto [data, count] = ElementsOf(plan.steps[0], object);
  if (SizeOf(plan, count) != bytes.size()) return false;
  const std::uint64_t start = StartOf(plan);
  const Words words{count == 0 ? 0 : start, count};
  std::memcpy(bytes.data(), &words, sizeof(words));
  if (count == 0) return true;
  std::memset(bytes.data() + sizeof(words), 0, start - sizeof(words));
  std::memcpy(bytes.data() + start, data, bytes.size() - start);
  return true;
}

[[gnu::flatten]] bool LoadSequence(const Plan& plan,
                                   std::span<const std::byte> bytes,
                                   void* object) {
  const Step& step = plan.steps[0];
  Words words;
  if (bytes.size() < plan.size) return false;
  CopyShared(&words, bytes.data(), sizeof(words));
  std::uint64_t size = 0;
  // No more than the bytes behind the fixed part, wherever it lies.
  if (__builtin_mul_overflow(words.count, StrideOf(step), &size) ||
      size > bytes.size() - plan.size ||
      (size != 0 && words.offset > bytes.size() - size)) {
    return false;
  }
  void* const elements = Resize(step, object, words.count);
  if (size != 0) CopyShared(elements, bytes.data() + words.offset, size);
  return true;
}

}  // namespace mapfile::internal
