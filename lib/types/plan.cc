#include "lib/types/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "lib/base/try.h"
#include "lib/types/aliases.h"
#include "lib/types/convert.h"
#include "lib/types/kinds.h"
#include "lib/types/shape_text.h"
#include "lib/types/type_layout.h"
#include "lib/types/type_text.h"

namespace mapfile::internal {
namespace {

constexpr std::uint64_t kReferenceSize = 16;

class Planner {
 public:
  Planner() : set_(std::make_shared<PlanSet>()) {}

  Result<std::shared_ptr<const PlanSet>> Make(const TypeNode& stored,
                                              const Shape& shape) {
    MAPFILE_ASSIGN_OR_RETURN(set_->root, PlanOf(stored, shape));
    return std::shared_ptr<const PlanSet>(std::move(set_));
  }

 private:
  using Members = std::map<std::string_view, const FieldNode*>;

  // Classes are planned once: they may lead to themselves.
  Result<const Plan*> PlanOf(const TypeNode& stored, const Shape& shape) {
    const bool is_class = stored.kind == Kind::kClass;
    const auto key = std::pair(stored.cls, &shape);
    if (is_class) {
      const auto known = classes_.find(key);
      if (known != classes_.end()) return known->second;
    }
    Plan& plan = *set_->plans.emplace_back(std::make_unique<Plan>());
    if (is_class) classes_.emplace(key, &plan);
    plan.size = stored.size;
    plan.align = stored.align;
    plan.object_size = shape.size;
    MAPFILE_RETURN_IF_ERROR(Add(stored, shape, 0, 0, plan));
    Finish(plan);
    return &plan;
  }

  Status Add(const TypeNode& stored, const Shape& shape, std::uint64_t from,
             std::uint64_t to, Plan& plan) {
    if (IsScalarKind(stored.kind) && IsScalarKind(shape.kind)) {
      return AddScalar(stored, shape, from, to, plan);
    }
    if (stored.kind != shape.kind) return Mismatch(stored, shape);
    if (stored.kind == Kind::kClass) {
      return AddClass(stored, shape, from, to, plan);
    }
    if (stored.kind == Kind::kArray) {
      return AddArray(stored, shape, from, to, plan);
    }
    return AddReference(stored, shape, from, to, plan);
  }

  Status AddScalar(const TypeNode& stored, const Shape& shape,
                   std::uint64_t from, std::uint64_t to, Plan& plan) {
    Step step{Op::kCopy, stored.kind, shape.kind, from, to, stored.size};
    if (stored.kind != shape.kind) {
      if (!IsWidening(stored.kind, shape.kind)) return Mismatch(stored, shape);
      step.op = Op::kConvert;
    } else if (stored.kind == Kind::kBool) {
      step.op = Op::kBool;
    }
    Append(plan, std::move(step));
    return {};
  }

  Status AddClass(const TypeNode& stored, const Shape& shape,
                  std::uint64_t from, std::uint64_t to, Plan& plan) {
    if (stored.cls->name != shape.name) return Mismatch(stored, shape);
    MAPFILE_RETURN_IF_ERROR(
        AddMembers(stored.cls->bases, shape.bases, nullptr, from, to, plan));
    return AddMembers(stored.cls->fields, shape.fields, shape.type_info, from,
                      to, plan);
  }

  // `cls`: whose fields have aliases; null: they have none.
  Status AddMembers(const std::vector<FieldNode>& stored,
                    const std::vector<FieldShape>& wanted,
                    const std::type_info* cls, std::uint64_t from,
                    std::uint64_t to, Plan& plan) {
    Members by_name;
    for (const FieldNode& field : stored) by_name.emplace(field.name, &field);
    for (const FieldShape& field : wanted) {
      const FieldNode* found = Find(by_name, field.name);
      if (found == nullptr && cls != nullptr) {
        found = FindByAlias(by_name, *cls, field, wanted);
      }
      if (found == nullptr) {
        plan.is_complete = false;
        continue;
      }
      path_.push_back(field.name);
      MAPFILE_RETURN_IF_ERROR(
          Add(found->type, field.shape(), from + found->offset,
              to + static_cast<std::uint64_t>(field.offset), plan));
      path_.pop_back();
    }
    return {};
  }

  static const FieldNode* Find(const Members& members, std::string_view name) {
    const auto found = members.find(name);
    return found == members.end() ? nullptr : found->second;
  }

  // What no other field of the class is called.
  static const FieldNode* FindByAlias(const Members& stored,
                                      const std::type_info& cls,
                                      const FieldShape& field,
                                      const std::vector<FieldShape>& wanted) {
    for (const std::string& alias : AliasesOf(cls, field.name)) {
      const bool is_taken =
          std::any_of(wanted.begin(), wanted.end(),
                      [&](const FieldShape& f) { return f.name == alias; });
      const FieldNode* found = Find(stored, alias);
      if (found != nullptr && !is_taken) return found;
    }
    return nullptr;
  }

  Status AddArray(const TypeNode& stored, const Shape& shape,
                  std::uint64_t from, std::uint64_t to, Plan& plan) {
    if (stored.count != shape.count) return Mismatch(stored, shape);
    MAPFILE_ASSIGN_OR_RETURN(const Plan* element,
                             PlanOf(stored.children[0], shape.children[0]()));
    if (stored.count == 0) return {};
    plan.is_complete = plan.is_complete && element->is_complete;
    Step step{Op::kCopy};
    step.from = from;
    step.to = to;
    if (element->is_bulk) {
      step.size = stored.size;
    } else {
      step.op = Op::kArray;
      step.size = stored.count;
      step.stride = element->size;
      step.parts = {element};
    }
    Append(plan, std::move(step));
    return {};
  }

  Status AddReference(const TypeNode& stored, const Shape& shape,
                      std::uint64_t from, std::uint64_t to, Plan& plan) {
    Step step{OpOf(shape)};
    step.from = from;
    step.to = to;
    step.shape = &shape;
    if (stored.kind == Kind::kPointer) {
      set_->has_pointers = true;
      if (stored.cls->name != shape.children[0]().name) {
        return Mismatch(stored, shape);
      }
    } else {
      MAPFILE_RETURN_IF_ERROR(AddParts(stored, shape, step));
    }
    plan.steps.push_back(std::move(step));
    return {};
  }

  Status AddParts(const TypeNode& stored, const Shape& shape, Step& step) {
    // Later versions of a variant may have more alternatives at its end.
    if (stored.children.size() > shape.children.size()) {
      return Mismatch(stored, shape);
    }
    if (!stored.children.empty() && stored.kind != Kind::kVariant) {
      const Spacing spacing(stored);
      step.stride = spacing.stride;
      step.align = spacing.align;
      step.mapped_offset = spacing.mapped_offset;
    }
    for (std::size_t i = 0; i < stored.children.size(); ++i) {
      MAPFILE_ASSIGN_OR_RETURN(const Plan* part,
                               PlanOf(stored.children[i], shape.children[i]()));
      step.parts.push_back(part);
    }
    return {};
  }

  static Op OpOf(const Shape& shape) {
    switch (shape.kind) {
      case Kind::kString: return Op::kString;
      case Kind::kBytes: return Op::kBytes;
      case Kind::kVector: return shape.packed ? Op::kPacked : Op::kVector;
      case Kind::kMap: return Op::kMap;
      case Kind::kOptional: return Op::kOptional;
      case Kind::kVariant: return Op::kVariant;
      default: return Op::kPointer;
    }
  }

  // Joins copies that go on where the last one ends.
  static void Append(Plan& plan, Step step) {
    if (!plan.steps.empty() && step.op <= Op::kBool) {
      Step& last = plan.steps.back();
      if (last.op == step.op && last.from + last.size == step.from &&
          last.to + last.size == step.to) {
        last.size += step.size;
        return;
      }
    }
    plan.steps.push_back(std::move(step));
  }

  static void Finish(Plan& plan) {
    std::uint64_t used = 0;
    for (const Step& step : plan.steps) {
      if (step.op >= Op::kString) {
        plan.has_tail = true;
        used += kReferenceSize;
      } else if (step.op == Op::kArray) {
        plan.has_tail = plan.has_tail || step.parts[0]->has_tail;
        if (step.parts[0]->is_dense) used += step.size * step.stride;
      } else {
        used +=
            step.op == Op::kConvert ? ScalarSize(step.from_kind) : step.size;
      }
    }
    plan.is_dense = used == plan.size;
    plan.is_bulk = plan.steps.size() == 1 && plan.is_dense &&
                   plan.is_complete && plan.steps[0].op == Op::kCopy &&
                   plan.size == plan.object_size;
    plan.is_sequence = plan.steps.size() == 1 && plan.is_dense &&
                       plan.size == kReferenceSize &&
                       HasPlainElements(plan.steps[0]);
    if (!plan.is_sequence) return;
    const Step& step = plan.steps[0];
    plan.tail_start =
        step.op == Op::kVector ? RoundUp(plan.size, step.align) : plan.size;
  }

  static bool HasPlainElements(const Step& step) {
    return step.op == Op::kString || step.op == Op::kBytes ||
           (step.op == Op::kVector && step.parts[0]->is_bulk);
  }

  tl::unexpected<Error> Mismatch(const TypeNode& stored, const Shape& shape) {
    std::string path;
    for (const std::string_view name : path_) {
      path += (path.empty() ? "" : ".") + std::string(name);
    }
    if (path.empty()) path = "the value";
    return Fail(Code::kTypeMismatch,
                fmt::format("{} is stored as {} and wanted as {}", path,
                            ExprText(stored), ExprText(shape)));
  }

  std::shared_ptr<PlanSet> set_;
  std::map<std::pair<const ClassNode*, const Shape*>, const Plan*> classes_;
  std::vector<std::string_view> path_;
};

}  // namespace

Result<std::shared_ptr<const PlanSet>> MakePlan(const TypeNode& stored,
                                                const Shape& shape) {
  return Planner().Make(stored, shape);
}

}  // namespace mapfile::internal
