#include "lib/types/codec.h"

#include "lib/base/try.h"
#include "lib/types/lasting_types.h"
#include "lib/types/shape_text.h"
#include "lib/types/side_by_side.h"
#include "mapfile/internal/shape_of.h"
#include "mapfile/internal/value.h"

namespace mapfile::internal {
namespace {

// A file may have any number of descriptions: no more plans are kept.
constexpr std::size_t kMaxPlans = 64;

Status Prepare(Codec& codec) {
  MAPFILE_ASSIGN_OR_RETURN(const std::string text,
                           DescriptionText(codec.shape));
  MAPFILE_ASSIGN_OR_RETURN(codec.type, Type::Parse(text));
  MAPFILE_ASSIGN_OR_RETURN(codec.own,
                           MakePlan(codec.type->root(), codec.shape));
  return {};
}

}  // namespace

const Codec& MakeCodec(const Shape& shape) {
  // Lives for ever: objects may be stored while statics are destroyed.
  auto* codec = new Codec(shape);
  codec->status = Prepare(*codec);
  if (!codec->status) codec->type = *Type::Parse("u8");
  AddLastingType(*codec->type);
  if (shape.type_info != nullptr) {
    codec->fault = FaultToStoreOf(*shape.type_info);
  }
  return *codec;
}

const Type& TypeOfCodec(const Codec& codec) { return *codec.type; }

Result<std::shared_ptr<const PlanSet>> PlanFor(const Codec& codec,
                                               const Type& stored) {
  MAPFILE_RETURN_IF_ERROR(codec.status);
  if (stored.hash() == codec.type->hash()) return codec.own;
  const std::lock_guard lock(codec.mutex);
  for (const auto& [hash, plan] : codec.others) {
    if (hash == stored.hash()) return plan;
  }
  auto plan = MakePlan(stored.root(), codec.shape);
  if (!plan) {
    return Fail(Code::kTypeMismatch,
                plan.error().message() + ":" + SideBySide(stored, *codec.type));
  }
  if (codec.others.size() < kMaxPlans) {
    codec.others.emplace_back(stored.hash(), *plan);
  }
  return plan;
}

bool FindBase(const Shape& cls, const Shape& base, std::ptrdiff_t& offset) {
  if (*cls.type_info == *base.type_info) {
    offset = 0;
    return true;
  }
  for (const FieldShape& field : cls.bases) {
    if (!FindBase(field.shape(), base, offset)) continue;
    offset += field.offset;
    return true;
  }
  return false;
}

}  // namespace mapfile::internal
