#include "mapfile/internal/value.h"

#include <fmt/format.h>

#include <cstring>

#include "lib/base/copy.h"
#include "lib/base/try.h"
#include "lib/types/codec.h"
#include "lib/types/loader.h"
#include "lib/types/object_graph.h"
#include "lib/types/sequence.h"
#include "lib/types/side_by_side.h"
#include "lib/types/writer.h"

namespace mapfile::internal {
namespace {

void MakeBoolsDefined(const Plan& plan, std::byte* value) {
  for (const Step& step : plan.steps) {
    if (step.op == Op::kBool) {
      for (std::uint64_t i = 0; i < step.size; ++i) {
        std::byte& b = value[step.from + i];
        if (b != std::byte{0}) b = std::byte{1};
      }
    } else if (step.op == Op::kArray) {
      for (std::uint64_t i = 0; i < step.size; ++i) {
        MakeBoolsDefined(*step.parts[0], value + step.from + i * step.stride);
      }
    }
  }
}

// Whether values of type `stored` are read by the codec's own plan.
bool IsOwn(const Codec& codec, const Type& stored) {
  return stored.hash() == codec.type->hash() && codec.status;
}

}  // namespace

ObjectEncoder::ObjectEncoder(const Codec& codec, const void* object)
    : codec_(codec),
      plan_(codec.status ? codec.own->root : nullptr),
      object_(object) {}

ObjectEncoder::~ObjectEncoder() = default;

const Type& ObjectEncoder::type() const { return *codec_.type; }

// Flattened, and apart from what walks over a plan: of a value that is one
// copy, little more than the copy is to be done.
[[gnu::flatten]] Result<std::uint64_t> ObjectEncoder::Size(TypeTable& types) {
  if (plan_ != nullptr && codec_.fault == nullptr) [[likely]] {
    if (!plan_->has_tail) return plan_->size;
    if (plan_->is_sequence) return Sequence(*plan_).Size(object_);
  }
  return Measure(types);
}

Result<std::uint64_t> ObjectEncoder::Measure(TypeTable& types) {
  MAPFILE_RETURN_IF_ERROR(codec_.status);
  if (codec_.fault != nullptr) {
    std::string fault = codec_.fault(object_);
    if (!fault.empty()) {
      return Fail(Code::kInvalidArgument,
                  fmt::format("this {} can't be stored: {}",
                              codec_.type->name(), fault));
    }
  }
  if (!plan_->has_tail) return plan_->size;
  if (!codec_.own->has_pointers) {
    return ValueWriter(types, nullptr).Write(codec_, object_);
  }
  if (!graph_) graph_ = std::make_unique<ObjectGraph>();
  MAPFILE_RETURN_IF_ERROR(graph_->Begin(codec_, object_, types));
  auto size = ValueWriter(types, graph_.get()).Write(codec_, object_);
  if (!size) return size;
  MAPFILE_RETURN_IF_ERROR(graph_->Check());
  return size;
}

[[gnu::flatten]] Status ObjectEncoder::Encode(std::span<std::byte> bytes,
                                              TypeTable& types) {
  if (plan_ != nullptr) [[likely]] {
    if (plan_->is_bulk && bytes.size() == plan_->size) {
      std::memcpy(bytes.data(), object_, bytes.size());
      return {};
    }
    if (plan_->is_sequence && Sequence(*plan_).Write(object_, bytes)) return {};
  }
  return Walk(bytes, types);
}

Status ObjectEncoder::Walk(std::span<std::byte> bytes, TypeTable& types) {
  MAPFILE_RETURN_IF_ERROR(codec_.status);
  // Without a tail there is none: an array of no pointers.
  if (codec_.own->has_pointers && plan_->has_tail) {
    if (!graph_) {
      MAPFILE_RETURN_IF_ERROR(Size(types));
    }
    graph_->Rewind();
  }
  auto size = ValueWriter(bytes, types, graph_.get()).Write(codec_, object_);
  if (!size) return Fail(std::move(size).error());
  return {};
}

[[gnu::flatten]] Status ObjectDecoder::Decode(const Type& stored,
                                              std::span<const std::byte> bytes,
                                              TypeTable& types) {
  if (IsOwn(codec_, stored)) [[likely]] {
    const Plan& plan = *codec_.own->root;
    if (plan.is_bulk && bytes.size() == plan.size) {
      CopyShared(object_, bytes.data(), bytes.size());
      return {};
    }
    if (plan.is_sequence && Sequence(plan).Load(bytes, object_)) return {};
  }
  return Walk(stored, bytes, types);
}

Status ObjectDecoder::Walk(const Type& stored, std::span<const std::byte> bytes,
                           TypeTable& types) {
  ValueLoader loader(bytes, types);
  if (IsOwn(codec_, stored)) {
    return loader.Load(codec_, stored, *codec_.own->root, object_);
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto plan, PlanFor(codec_, stored));
  return loader.Load(codec_, stored, *plan->root, object_);
}

Status PrepareInPlace(const Codec& codec, const Type& stored,
                      std::span<std::byte> bytes) {
  MAPFILE_RETURN_IF_ERROR(codec.status);
  if (stored.text() != codec.type->text()) {
    return Fail(Code::kTypeMismatch,
                "it is stored otherwise, and can't be edited in place:" +
                    SideBySide(stored, *codec.type));
  }
  const Plan& plan = *codec.own->root;
  if (bytes.size() < plan.size) {
    return Fail(Code::kCorrupt,
                fmt::format("{} bytes instead of {}", bytes.size(), plan.size));
  }
  if (!plan.is_bulk) MakeBoolsDefined(plan, bytes.data());
  return {};
}

}  // namespace mapfile::internal
