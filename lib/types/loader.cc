#include "lib/types/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "lib/base/copy.h"
#include "lib/base/try.h"
#include "lib/types/convert.h"
#include "lib/types/kinds.h"

namespace mapfile::internal {
namespace {

// Fixed parts up to this are fetched as a whole, elements in such pieces.
constexpr std::uint64_t kPieceSize = 512;

}  // namespace

Status ValueLoader::Load(const Codec& codec, const Type& stored,
                         const Plan& plan, void* object) {
  objects_.Begin(codec, stored, object);
  const bool whole =
      Claim(0, 1, plan.size) &&
      At(plan, 0, static_cast<std::byte*>(object)) && Objects();
  if (!whole) return Fail(*std::move(error_));
  return objects_.Commit();
}

bool ValueLoader::Objects() {
  while (const auto* next = objects_.Next()) {
    // By value: others may be found while this one is filled in.
    const LoadedObjects::Loaded loaded = *next;
    if (!At(*loaded.plan->root, loaded.offset, loaded.object)) return false;
  }
  return true;
}

void ValueLoader::Fetch(void* to, Source source, std::uint64_t at,
                        std::uint64_t size) {
  if (source.is_shared) {
    CopyShared(to, source.data + at, size);
  } else {
    std::memcpy(to, source.data + at, size);
  }
}

bool ValueLoader::At(const Plan& plan, std::uint64_t offset,
                     std::byte* object) {
  if (plan.is_bulk) {
    CopyShared(object, bytes_.data() + offset, plan.size);
    return true;
  }
  if (plan.size > kPieceSize) {
    return Fixed(plan, {bytes_.data() + offset, true}, object);
  }
  std::array<std::byte, kPieceSize> piece;
  CopyShared(piece.data(), bytes_.data() + offset, plan.size);
  return Fixed(plan, {piece.data(), false}, object);
}

bool ValueLoader::Fixed(const Plan& plan, Source source, std::byte* object) {
  for (const Step& step : plan.steps) {
    if (step.op < Op::kString) {
      if (!FixedStep(step, source, object)) return false;
      continue;
    }
    Words words;
    Fetch(&words, source, step.from, sizeof(words));
    if (!Reference(step, words, object + step.to)) return false;
  }
  return true;
}

bool ValueLoader::FixedStep(const Step& step, Source source,
                            std::byte* object) {
  std::byte* const field = object + step.to;
  if (step.op == Op::kCopy) {
    Fetch(field, source, step.from, step.size);
  } else if (step.op == Op::kBool) {
    for (std::uint64_t i = 0; i < step.size; ++i) {
      std::byte value;
      Fetch(&value, source, step.from + i, 1);
      // A bool of any other value is undefined.
      field[i] = value == std::byte{0} ? value : std::byte{1};
    }
  } else if (step.op == Op::kConvert) {
    std::array<std::byte, 8> value;
    Fetch(value.data(), source, step.from, ScalarSize(step.from_kind));
    Widen(step.from_kind, value.data(), step.to_kind, field);
  } else {
    const Plan& element = *step.parts[0];
    for (std::uint64_t i = 0; i < step.size; ++i) {
      const Source at{source.data + step.from + i * step.stride,
                      source.is_shared};
      if (!Fixed(element, at, field + i * element.object_size)) return false;
    }
  }
  return true;
}

bool ValueLoader::Reference(const Step& step, Words words, std::byte* field) {
  if (step.op == Op::kString) return String(words, field);
  if (step.op == Op::kBytes) return Bytes(words, field);
  if (step.op == Op::kPointer) return Pointer(step, words, field);
  if (depth_ == kMaxValueDepth) {
    return Refuse(fmt::format("nested deeper than {}", kMaxValueDepth));
  }
  ++depth_;
  bool whole = false;
  switch (step.op) {
    case Op::kVector: whole = Vector(step, words, field); break;
    case Op::kPacked: whole = Packed(words, field); break;
    case Op::kMap: whole = Map(step, words, field); break;
    case Op::kOptional: whole = Optional(step, words, field); break;
    default: whole = Variant(step, words, field); break;
  }
  --depth_;
  return whole;
}

bool ValueLoader::String(Words words, void* field) {
  const auto [offset, size] = words;
  auto& text = *static_cast<std::string*>(field);
  if (!Claim(offset, size, 1)) return false;
  text.resize(size);
  if (size != 0) CopyShared(text.data(), bytes_.data() + offset, size);
  return true;
}

bool ValueLoader::Bytes(Words words, void* field) {
  const auto [offset, size] = words;
  auto& bytes = *static_cast<std::vector<std::byte>*>(field);
  if (!Claim(offset, size, 1)) return false;
  bytes.resize(size);
  if (size != 0) CopyShared(bytes.data(), bytes_.data() + offset, size);
  return true;
}

bool ValueLoader::Vector(const Step& step, Words words, void* field) {
  const auto [offset, count] = words;
  const Plan& element = *step.parts[0];
  if (!Claim(offset, count, step.stride)) return false;
  // What isn't stored is to be as in a new element.
  if (!element.is_complete) step.shape->clear(field);
  auto* objects = static_cast<std::byte*>(step.shape->resize(field, count));
  if (count == 0) return true;
  if (element.is_bulk) {
    CopyShared(objects, bytes_.data() + offset, count * step.stride);
    return true;
  }
  return Elements(element, count, offset, objects);
}

bool ValueLoader::Elements(const Plan& element, std::uint64_t count,
                           std::uint64_t offset, std::byte* objects) {
  const std::uint64_t per_piece =
      element.size == 0 ? count : kPieceSize / element.size;
  std::array<std::byte, kPieceSize> piece;
  for (std::uint64_t i = 0; i < count;) {
    const std::uint64_t n = std::min(count - i, per_piece);
    if (n == 0) {
      if (!At(element, offset + i * element.size,
              objects + i * element.object_size)) {
        return false;
      }
      ++i;
      continue;
    }
    CopyShared(piece.data(), bytes_.data() + offset + i * element.size,
               n * element.size);
    for (std::uint64_t k = 0; k < n; ++k, ++i) {
      if (!Fixed(element, {piece.data() + k * element.size, false},
                 objects + i * element.object_size)) {
        return false;
      }
    }
  }
  return true;
}

bool ValueLoader::Packed(Words words, void* field) {
  const auto [offset, count] = words;
  if (!Claim(offset, count, 1)) return false;
  auto& bits = *static_cast<std::vector<bool>*>(field);
  bits.resize(count);
  std::array<std::byte, kPieceSize> piece;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % kPieceSize == 0) {
      CopyShared(piece.data(), bytes_.data() + offset + i,
                 std::min(count - i, kPieceSize));
    }
    bits[i] = piece[i % kPieceSize] != std::byte{0};
  }
  return true;
}

bool ValueLoader::Map(const Step& step, Words words, void* field) {
  const auto [offset, count] = words;
  if (!Claim(offset, count, step.stride)) return false;
  step.shape->clear(field);
  struct Key {
    ValueLoader* loader;
    const Plan* plan;
    std::uint64_t at;
  } key{this, step.parts[0], offset};
  const auto fill_key = [](void* context, void* object) {
    const Key& k = *static_cast<Key*>(context);
    return k.loader->At(*k.plan, k.at, static_cast<std::byte*>(object));
  };
  for (std::uint64_t i = 0; i < count; ++i, key.at += step.stride) {
    void* value = step.shape->insert(field, &key, fill_key);
    if (value == nullptr) {
      return error_ ? false : Refuse("a map has a key twice");
    }
    if (!At(*step.parts[1], key.at + step.mapped_offset,
            static_cast<std::byte*>(value))) {
      return false;
    }
  }
  return true;
}

bool ValueLoader::Optional(const Step& step, Words words, void* field) {
  const auto [offset, count] = words;
  if (count > 1) return Refuse("an optional with more than one value");
  step.shape->clear(field);
  if (count == 0) return true;
  return Claim(offset, 1, step.stride) &&
         At(*step.parts[0], offset,
            static_cast<std::byte*>(step.shape->emplace(field, 0)));
}

bool ValueLoader::Variant(const Step& step, Words words, void* field) {
  const auto [index, offset] = words;
  if (index >= step.parts.size()) {
    return Refuse(fmt::format("alternative {} of {}", index,
                              step.parts.size()));
  }
  const Plan& part = *step.parts[index];
  return Claim(offset, 1, part.size) &&
         At(part, offset,
            static_cast<std::byte*>(step.shape->emplace(field, index)));
}

bool ValueLoader::Pointer(const Step& step, Words words, void* slot) {
  const auto [type_id, offset] = words;
  if (type_id == 0 && offset == 0) {
    objects_.LinkNull(*step.shape, slot);
    return true;
  }
  if (type_id == 0 || type_id > 0xffffffff) {
    return Refuse(fmt::format("a pointer to type {}", type_id));
  }
  auto linked =
      objects_.Link(*step.shape, slot, static_cast<std::uint32_t>(type_id),
                    offset, types_);
  if (!linked) {
    error_ = std::move(linked).error();
    return false;
  }
  if (*linked == nullptr) return true;
  return Claim(offset, 1, std::max<std::uint64_t>(
                              (*linked)->plan->root->size, 1));
}

bool ValueLoader::Claim(std::uint64_t offset, std::uint64_t count,
                        std::uint64_t stride) {
  if (count == 0) return true;
  std::uint64_t size = 0;
  if (__builtin_mul_overflow(count, stride, &size) ||
      offset > bytes_.size() || size > bytes_.size() - offset) {
    return Refuse(fmt::format("{} elements of {} bytes at {} are beyond its "
                              "end at {}",
                              count, stride, offset, bytes_.size()));
  }
  std::uint64_t& left = stride == 0 ? empty_left_ : left_;
  const std::uint64_t cost = stride == 0 ? count : size;
  if (cost > left) return Refuse("its parts overlap");
  left -= cost;
  return true;
}

bool ValueLoader::Refuse(std::string why) {
  error_.emplace(Code::kCorrupt, "the value is damaged: " + std::move(why));
  return false;
}

}  // namespace mapfile::internal
