#include "lib/text/value_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "lib/base/try.h"

namespace mapfile::text {
namespace {

// Work that even an empty value may cause: parts of no size are free
// otherwise, and a description can nest 2^64 of them.
constexpr std::uint64_t kFreeWork = 1 << 20;

std::uint64_t RoundUp(std::uint64_t size, std::uint64_t align) {
  return (size + align - 1) / align * align;
}

tl::unexpected<Error> Corrupt(const ValueView& view, const std::string& what) {
  return Fail(Code::kCorrupt,
              fmt::format("at byte {} of the value: {}", view.offset(), what));
}

}  // namespace

bool IsNumber(Kind kind) { return kind >= Kind::kI8 && kind <= Kind::kF64; }

bool IsScalar(Kind kind) { return kind <= Kind::kF64; }

double ValueView::Number() const {
  return VisitScalar(kind(), [this](auto zero) {
    return static_cast<double>(Load<decltype(zero)>());
  });
}

ElementLayout::ElementLayout(const TypeNode& container)
    : element(&container.children[0]) {
  align = std::max<std::uint64_t>(1, element->align);
  stride = RoundUp(element->size, align);
  if (container.kind != Kind::kMap) return;
  mapped = &container.children[1];
  mapped_offset =
      RoundUp(element->size, std::max<std::uint64_t>(1, mapped->align));
  align = std::max(align, mapped->align);
  stride = RoundUp(mapped_offset + mapped->size, align);
}

ValueReader::ValueReader(std::span<const std::byte> bytes, TypeTable& types)
    : bytes_(bytes), types_(types), budget_(8 * bytes.size() + kFreeWork) {}

void ValueReader::LiftBound() {
  budget_ = std::numeric_limits<std::uint64_t>::max();
}

Status ValueReader::Charge(std::uint64_t size) {
  const std::uint64_t cost = std::max<std::uint64_t>(size, 1);
  if (cost > budget_) {
    return Fail(Code::kCorrupt, "parts of the value overlap");
  }
  budget_ -= cost;
  return {};
}

Status ValueReader::Check(std::uint64_t offset, std::uint64_t count,
                          std::uint64_t stride, const ValueView& view) {
  std::uint64_t size = 0;
  const bool overflow = __builtin_mul_overflow(count, stride, &size);
  if (overflow || offset > bytes_.size() || size > bytes_.size() - offset) {
    return Corrupt(view, fmt::format("{} elements of {} bytes at {} are "
                                     "beyond its end at {}",
                                     count, stride, offset, bytes_.size()));
  }
  return Charge(std::max(size, stride == 0 ? count : 0));
}

Status ValueReader::Descend(const ValueView& view) const {
  if (view.depth_ < kMaxDepth) return {};
  return Fail(Code::kInvalidArgument,
              fmt::format("at byte {} of the value: nested deeper than {}",
                          view.offset(), kMaxDepth));
}

Result<ValueView> ValueReader::Root(const Type& type) {
  root_ = &type;
  const ValueView root(type.root(), bytes_.data(), 0, 0);
  MAPFILE_RETURN_IF_ERROR(Check(0, 1, type.root().size, root));
  return root;
}

Result<ValueReader::Tail> ValueReader::TailOf(const ValueView& view,
                                              std::uint64_t stride) {
  const Tail tail{view.LoadAt<std::uint64_t>(0), view.LoadAt<std::uint64_t>(8)};
  // The offset of nothing means nothing.
  if (tail.count == 0) return Tail{0, 0};
  MAPFILE_RETURN_IF_ERROR(Check(tail.offset, tail.count, stride, view));
  return tail;
}

Result<Elements> ValueReader::ElementsOf(const ValueView& view) {
  MAPFILE_RETURN_IF_ERROR(Descend(view));
  const ElementLayout layout(view.type());
  Elements elements{layout, bytes_.data(), view.offset_, view.type().count,
                    view.depth_ + 1};
  if (view.kind() == Kind::kArray) {
    if (layout.stride == 0) MAPFILE_RETURN_IF_ERROR(Charge(elements.count));
    return elements;
  }
  MAPFILE_ASSIGN_OR_RETURN(const Tail tail, TailOf(view, layout.stride));
  if (view.kind() == Kind::kOptional && tail.count > 1) {
    return Corrupt(view, "an optional with more than one value");
  }
  elements.offset = tail.offset;
  elements.count = tail.count;
  return elements;
}

Result<std::string_view> ValueReader::TextOf(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const Tail tail, TailOf(view, 1));
  return std::string_view(
      reinterpret_cast<const char*>(bytes_.data()) + tail.offset, tail.count);
}

Result<Alternative> ValueReader::AlternativeOf(const ValueView& view) {
  MAPFILE_RETURN_IF_ERROR(Descend(view));
  const auto index = view.LoadAt<std::uint32_t>(0);
  const auto offset = view.LoadAt<std::uint64_t>(8);
  if (index >= view.type().children.size()) {
    return Corrupt(view, fmt::format("alternative {} of {}", index,
                                     view.type().children.size()));
  }
  const TypeNode& type = view.type().children[index];
  MAPFILE_RETURN_IF_ERROR(Check(offset, 1, type.size, view));
  return Alternative{index,
                     ValueView(type, bytes_.data(), offset, view.depth_ + 1)};
}

bool ValueReader::IsNull(const ValueView& pointer) {
  // Offset 0 with a type is the value itself.
  return pointer.LoadAt<std::uint64_t>(0) == 0 &&
         pointer.LoadAt<std::uint64_t>(8) == 0;
}

Result<const Type*> ValueReader::ClassOf(std::uint32_t id,
                                         const ValueView& pointer) {
  auto& type = by_id_[id];
  if (!type) {
    auto found = types_.TypeOf(id);
    if (!found) return Fail(found.error());
    type = *std::move(found);
  }
  const ClassNode* cls = type->root().cls;
  if (type->root().kind != Kind::kClass ||
      !IsA(*cls, pointer.type().cls->name)) {
    return Corrupt(pointer,
                   fmt::format("a pointer to {} leads to {}",
                               pointer.type().cls->name, type->name()));
  }
  return type.get();
}

Result<ValueView> ValueReader::TargetOf(const ValueView& pointer) {
  MAPFILE_RETURN_IF_ERROR(Descend(pointer));
  const auto id = pointer.LoadAt<std::uint32_t>(0);
  const auto offset = pointer.LoadAt<std::uint64_t>(8);
  MAPFILE_ASSIGN_OR_RETURN(const Type* type, ClassOf(id, pointer));
  MAPFILE_RETURN_IF_ERROR(Check(offset, 1, type->root().size, pointer));
  if (offset == 0 && (root_ == nullptr || type->text() != root_->text())) {
    return Corrupt(pointer, fmt::format("a pointer to the value itself as {}",
                                        type->name()));
  }
  return ValueView(type->root(), bytes_.data(), offset, pointer.depth_ + 1);
}

Result<const FlatClass*> ValueReader::FieldsOf(const ValueView& object) {
  MAPFILE_RETURN_IF_ERROR(Descend(object));
  if (object.type().size == 0) MAPFILE_RETURN_IF_ERROR(Charge(1));
  return classes_.Of(*object.type().cls);
}

}  // namespace mapfile::text
