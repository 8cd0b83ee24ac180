#include "lib/types/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/types/type_layout.h"

namespace mapfile::internal {
namespace {

void Copy(void* to, const void* from, std::uint64_t size) {
  if (size == 8) {
    std::memcpy(to, from, 8);
  } else if (size != 0) {
    std::memcpy(to, from, size);
  }
}

}  // namespace

Result<std::uint64_t> ValueWriter::Write(const Codec& codec,
                                         const void* object) {
  const Plan& plan = *codec.own->root;
  std::uint64_t at = 0;
  bool whole = Reserve(plan.size, plan.align, at);
  if (whole && graph_ == nullptr) {
    whole = Fixed(plan, static_cast<const std::byte*>(object), at);
  } else if (whole) {
    whole = Objects();
  }
  if (!whole) return Fail(*std::move(error_));
  if (out_ != nullptr && cursor_ != capacity_) {
    Changed();
    return Fail(*std::move(error_));
  }
  return cursor_;
}

bool ValueWriter::Objects() {
  while (const PlacedObject* next = graph_->Next()) {
    // By value: the graph may move its objects meanwhile.
    const PlacedObject object = *next;
    if (!Fixed(*object.codec->own->root, object.object, object.offset)) {
      return false;
    }
  }
  return true;
}

bool ValueWriter::Fixed(const Plan& plan, const std::byte* object,
                        std::uint64_t at) {
  if (out_ == nullptr) {
    if (!plan.has_tail) return true;
  } else if (!plan.is_dense) {
    std::memset(out_ + at, 0, plan.size);
  }
  for (const Step& step : plan.steps) {
    if (step.op <= Op::kBool) {
      if (out_ != nullptr) {
        Copy(out_ + at + step.from, object + step.to, step.size);
      }
    } else if (step.op == Op::kArray) {
      if (!Array(step, object + step.to, at + step.from)) return false;
    } else if (!Reference(step, object + step.to, at + step.from)) {
      return false;
    }
  }
  return true;
}

bool ValueWriter::Array(const Step& step, const std::byte* object,
                        std::uint64_t at) {
  const Plan& element = *step.parts[0];
  if (out_ == nullptr && !element.has_tail) return true;
  for (std::uint64_t i = 0; i < step.size; ++i) {
    if (!Fixed(element, object + i * element.object_size,
               at + i * step.stride)) {
      return false;
    }
  }
  return true;
}

bool ValueWriter::Reference(const Step& step, const std::byte* field,
                            std::uint64_t at) {
  if (step.op == Op::kString) {
    const auto& text = *reinterpret_cast<const std::string*>(field);
    return Blob(text.data(), text.size(), at);
  }
  if (step.op == Op::kBytes) {
    const auto& bytes = *reinterpret_cast<const std::vector<std::byte>*>(field);
    return Blob(bytes.data(), bytes.size(), at);
  }
  if (depth_ == kMaxValueDepth) {
    return Refuse(
        fmt::format("the value is nested deeper than {}", kMaxValueDepth));
  }
  ++depth_;
  bool whole = false;
  switch (step.op) {
    case Op::kVector: whole = Vector(step, field, at); break;
    case Op::kPacked: whole = Packed(field, at); break;
    case Op::kMap: whole = Map(step, field, at); break;
    case Op::kOptional: whole = Optional(step, field, at); break;
    case Op::kVariant: whole = Variant(step, field, at); break;
    default: whole = Pointer(step, field, at); break;
  }
  --depth_;
  return whole;
}

bool ValueWriter::Blob(const void* data, std::uint64_t size, std::uint64_t at) {
  std::uint64_t offset = 0;
  if (size != 0 && !Reserve(size, 1, offset)) return false;
  if (out_ == nullptr) return true;
  Copy(out_ + offset, data, size);
  Store(at, offset, size);
  return true;
}

bool ValueWriter::Vector(const Step& step, const void* vector,
                         std::uint64_t at) {
  const Plan& element = *step.parts[0];
  const std::uint64_t count = step.shape->length(vector);
  std::uint64_t offset = 0;
  if (count != 0 && !Elements(step, count, offset)) return false;
  Store(at, offset, count);
  if (out_ == nullptr && !element.has_tail) return true;
  const auto* data = static_cast<const std::byte*>(step.shape->data(vector));
  if (element.is_bulk) {
    Copy(out_ + offset, data, count * step.stride);
    return true;
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!Fixed(element, data + i * element.object_size,
               offset + i * step.stride)) {
      return false;
    }
  }
  return true;
}

bool ValueWriter::Packed(const void* vector, std::uint64_t at) {
  const auto& bits = *static_cast<const std::vector<bool>*>(vector);
  const std::uint64_t count = bits.size();
  std::uint64_t offset = 0;
  if (count != 0 && !Reserve(count, kNumbersAlign, offset)) return false;
  Store(at, offset, count);
  if (out_ == nullptr) return true;
  for (std::uint64_t i = 0; i < count; ++i) {
    out_[offset + i] = bits[i] ? std::byte{1} : std::byte{0};
  }
  return true;
}

bool ValueWriter::Map(const Step& step, const void* map, std::uint64_t at) {
  const std::uint64_t count = step.shape->length(map);
  std::uint64_t offset = 0;
  if (count != 0 && !Elements(step, count, offset)) return false;
  Store(at, offset, count);
  if (out_ != nullptr && count != 0) {
    std::memset(out_ + offset, 0, count * step.stride);
  }
  struct Walk {
    ValueWriter* writer;
    const Step* step;
    std::uint64_t at;
    std::uint64_t left;
  } walk{this, &step, offset, count};
  const auto visit = [](void* context, const void* key, const void* value) {
    Walk& w = *static_cast<Walk*>(context);
    if (w.left-- == 0) return w.writer->Changed();
    const std::uint64_t at = w.at;
    w.at += w.step->stride;
    return w.writer->Fixed(*w.step->parts[0],
                           static_cast<const std::byte*>(key), at) &&
           w.writer->Fixed(*w.step->parts[1],
                           static_cast<const std::byte*>(value),
                           at + w.step->mapped_offset);
  };
  return step.shape->for_each(map, &walk, visit);
}

bool ValueWriter::Optional(const Step& step, const void* optional,
                           std::uint64_t at) {
  const void* value = step.shape->get(optional);
  std::uint64_t offset = 0;
  if (value != nullptr && !Elements(step, 1, offset)) return false;
  Store(at, offset, value != nullptr ? 1 : 0);
  return value == nullptr ||
         Fixed(*step.parts[0], static_cast<const std::byte*>(value), offset);
}

bool ValueWriter::Variant(const Step& step, const void* variant,
                          std::uint64_t at) {
  const void* value = step.shape->get(variant);
  if (value == nullptr) return Refuse("a variant has no value");
  const std::uint64_t index = step.shape->index(variant);
  if (index >= step.parts.size()) return Changed();
  const Plan& part = *step.parts[index];
  std::uint64_t offset = 0;
  if (!Reserve(part.size, part.align, offset)) return false;
  // Little-endian: {u32 index, u32 0} is one word.
  Store(at, index, offset);
  return Fixed(part, static_cast<const std::byte*>(value), offset);
}

bool ValueWriter::Pointer(const Step& step, const void* slot,
                          std::uint64_t at) {
  const void* target = step.shape->get(slot);
  if (target == nullptr) {
    Store(at, 0, 0);
    return true;
  }
  if (step.shape->owner != Owner::kNobody) return Owned(step, slot, at);
  if (out_ == nullptr) {
    graph_->Remember(*step.shape, target);
    return true;
  }
  const PlacedObject* placed = graph_->FindTarget(*step.shape, target);
  if (placed == nullptr) return Changed();
  Store(at, placed->type_id, placed->offset);
  return true;
}

bool ValueWriter::Owned(const Step& step, const void* slot, std::uint64_t at) {
  PlacedObject* placed = nullptr;
  if (out_ == nullptr) {
    auto entered = graph_->Enter(*step.shape, slot, types_);
    if (!entered) {
      error_ = std::move(entered).error();
      return false;
    }
    placed = *entered;
  } else {
    placed = graph_->FindOwned(*step.shape, slot);
    if (placed == nullptr) return Changed();
  }
  const Plan& plan = *placed->codec->own->root;
  // The value itself is there; that it is owned is refused at the end.
  if (!placed->is_written) {
    // One byte at least: offsets tell objects apart.
    std::uint64_t offset = 0;
    if (!Reserve(std::max<std::uint64_t>(plan.size, 1), plan.align, offset)) {
      return false;
    }
    if (out_ != nullptr && placed->offset != offset) return Changed();
    if (out_ != nullptr && plan.size == 0) out_[offset] = std::byte{0};
    placed->offset = offset;
    placed->is_written = true;
    graph_->Queue(placed);
  }
  Store(at, placed->type_id, placed->offset);
  return true;
}

bool ValueWriter::Elements(const Step& step, std::uint64_t count,
                           std::uint64_t& offset) {
  if (step.stride == 0) {
    empty_elements_ += count;
    if (empty_elements_ > kMaxEmptyElements) {
      return Refuse(
          fmt::format("more than {} elements of a class without "
                      "fields",
                      kMaxEmptyElements));
    }
  }
  std::uint64_t size = 0;
  if (__builtin_mul_overflow(count, step.stride, &size)) return Changed();
  return Reserve(size, step.align, offset);
}

bool ValueWriter::Refuse(std::string why) {
  error_.emplace(Code::kInvalidArgument, std::move(why));
  return false;
}

bool ValueWriter::Changed() {
  return Refuse("the object changed while it was stored");
}

}  // namespace mapfile::internal
