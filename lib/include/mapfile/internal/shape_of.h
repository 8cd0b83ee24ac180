// ShapeOf<T>: fills in the Shape of each C++ type. Include schema.h instead.
#ifndef MAPFILE_INTERNAL_SHAPE_OF_H_
#define MAPFILE_INTERNAL_SHAPE_OF_H_

#include <bit>
#include <utility>

#include "mapfile/internal/shape.h"
#include "mapfile/internal/traits.h"

namespace mapfile::internal {

template <class T>
const Shape& ShapeOf();

// What encodes and decodes values of a shape; made once, lives for ever.
const Codec& MakeCodec(const Shape& shape);

template <class T>
const Codec& CodecOf() {
  static const Codec& codec = MakeCodec(ShapeOf<T>());
  return codec;
}

template <class T>
constexpr Kind ScalarKind() {
  if constexpr (std::is_enum_v<T>) {
    return ScalarKind<std::underlying_type_t<T>>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return Kind::kBool;
  } else if constexpr (std::is_floating_point_v<T>) {
    return sizeof(T) == 4 ? Kind::kF32 : Kind::kF64;
  } else {
    constexpr int kLog2 = std::countr_zero(sizeof(T));
    constexpr Kind kFirst = std::is_signed_v<T> ? Kind::kI8 : Kind::kU8;
    return static_cast<Kind>(static_cast<int>(kFirst) + kLog2);
  }
}

template <class... T>
std::vector<ShapeGetter> GettersOf(Types<T...>) {
  return {&ShapeOf<T>...};
}

template <class V>
void FillVector(Shape& shape) {
  shape.length = [](const void* v) {
    return static_cast<const V*>(v)->size();
  };
  shape.clear = [](void* v) { static_cast<V*>(v)->clear(); };
  shape.resize = [](void* v, std::size_t size) -> void* {
    static_cast<V*>(v)->resize(size);
    if constexpr (requires(V& x) { x.data(); }) {
      return static_cast<V*>(v)->data();
    }
    return nullptr;
  };
  if constexpr (requires(const V& x) { x.data(); }) {
    shape.data = [](const void* v) -> const void* {
      return static_cast<const V*>(v)->data();
    };
  } else {
    shape.packed = true;
  }
}

template <class M>
void FillMap(Shape& shape) {
  shape.length = [](const void* m) {
    return static_cast<const M*>(m)->size();
  };
  shape.clear = [](void* m) { static_cast<M*>(m)->clear(); };
  shape.for_each = [](const void* m, void* context, VisitPair visit) {
    for (const auto& [key, value] : *static_cast<const M*>(m)) {
      if (!visit(context, &key, &value)) return false;
    }
    return true;
  };
  shape.insert = [](void* m, void* context, FillKey fill_key) -> void* {
    typename M::key_type key{};
    if (!fill_key(context, &key)) return nullptr;
    auto [at, is_new] = static_cast<M*>(m)->try_emplace(std::move(key));
    return is_new ? &at->second : nullptr;
  };
}

template <class O>
void FillOptional(Shape& shape) {
  shape.clear = [](void* o) { static_cast<O*>(o)->reset(); };
  shape.get = [](const void* o) -> const void* {
    const O& optional = *static_cast<const O*>(o);
    return optional ? &*optional : nullptr;
  };
  shape.emplace = [](void* o, std::size_t) -> void* {
    return &static_cast<O*>(o)->emplace();
  };
}

template <std::size_t I, class V>
void* EmplaceAlternative(void* v) {
  return &static_cast<V*>(v)->template emplace<I>();
}

template <class V, std::size_t... I>
void FillVariant(Shape& shape, std::index_sequence<I...>) {
  shape.index = [](const void* v) {
    return static_cast<const V*>(v)->index();
  };
  shape.get = [](const void* v) -> const void* {
    const V& variant = *static_cast<const V*>(v);
    if (variant.valueless_by_exception()) return nullptr;
    return std::visit([](const auto& x) -> const void* { return &x; },
                      variant);
  };
  shape.emplace = [](void* v, std::size_t index) -> void* {
    static constexpr void* (*kEmplace[])(void*) = {
        &EmplaceAlternative<I, V>...};
    return kEmplace[index](v);
  };
}

template <class P>
auto* Get(const P& pointer) {
  if constexpr (std::is_pointer_v<P>) {
    return pointer;
  } else {
    return pointer.get();
  }
}

template <class P>
void FillPointer(Shape& shape) {
  using T = std::remove_pointer_t<decltype(Get(std::declval<const P&>()))>;
  shape.clear = [](void* p) { *static_cast<P*>(p) = nullptr; };
  shape.get = [](const void* p) -> const void* {
    return Get(*static_cast<const P*>(p));
  };
  shape.pointee = [](const void* p) -> Pointee {
    const T* object = Get(*static_cast<const P*>(p));
    if constexpr (std::is_polymorphic_v<T>) {
      return {dynamic_cast<const void*>(object), &typeid(*object)};
    } else {
      return {object, &typeid(T)};
    }
  };
  shape.lead_to = [](void* p, void* target,
                     const std::shared_ptr<void>& owner) {
    P& pointer = *static_cast<P*>(p);
    T* object = static_cast<T*>(target);
    if constexpr (std::is_pointer_v<P>) {
      pointer = object;
    } else if constexpr (std::is_same_v<P, std::unique_ptr<T>>) {
      pointer.reset(object);
    } else {
      pointer = std::shared_ptr<T>(owner, object);
    }
    static_cast<void>(owner);
  };
  if constexpr (std::is_same_v<P, std::unique_ptr<T>>) {
    shape.owner = Owner::kUnique;
  } else if constexpr (!std::is_pointer_v<P>) {
    shape.owner = Owner::kShared;
  }
}

template <class T, class M>
FieldShape FieldOf(std::string_view name, M T::*member) {
  static_assert(IsStorable<M>(),
                "a field's type can't be stored: it is neither a scalar, "
                "string, vector, array, map, optional, variant or pointer of "
                "what can be, nor a class with MAPFILE_DESCRIBE");
  // The C++ ABI of Linux: a pointer to a data member is its offset.
  static_assert(sizeof(member) == sizeof(std::ptrdiff_t));
  return {name, &ShapeOf<M>, std::bit_cast<std::ptrdiff_t>(member)};
}

template <class T, class B>
FieldShape BaseOf() {
  static_assert(std::derived_from<T, B>, "Bases<> names a class that isn't");
  static_assert(requires(B* b) { static_cast<T*>(b); },
                "virtual bases can't be stored: their place isn't fixed");
  // Any address but null does: a base lies at a fixed distance.
  constexpr std::uintptr_t kAddress = std::uintptr_t{1} << 20;
  const auto* base =
      static_cast<const B*>(reinterpret_cast<const T*>(kAddress));
  return {Schema<B>::kName, &ShapeOf<B>,
          static_cast<std::ptrdiff_t>(
              reinterpret_cast<std::uintptr_t>(base) - kAddress)};
}

template <class T, class... B>
std::vector<FieldShape> BasesOf(Bases<B...>) {
  static_assert((Described<B> && ...), "a base has no MAPFILE_DESCRIBE");
  return {BaseOf<T, B>()...};
}

template <class T>
void FillClass(Shape& shape) {
  shape.name = Schema<T>::kName;
  shape.version = Schema<T>::kVersion;
  shape.bases = BasesOf<T>(typename Schema<T>::Bases{});
  shape.fields = std::apply(
      [](const auto&... field) {
        return std::vector<FieldShape>{
            FieldOf<T, typename std::remove_cvref_t<decltype(field)>::Member>(
                field.name, field.member)...};
      },
      Schema<T>::Fields());
  shape.type_info = &typeid(T);
  if constexpr (std::default_initializable<T> && !std::is_abstract_v<T>) {
    shape.create = []() -> void* { return new T(); };
    shape.destroy = [](void* object) { delete static_cast<T*>(object); };
  }
  shape.codec = &CodecOf<T>;
}

template <class T>
constexpr std::uint64_t CountOf() {
  if constexpr (std::is_array_v<T>) {
    return std::extent_v<T>;
  } else {
    return std::tuple_size_v<T>;
  }
}

template <class T>
Shape MakeShape() {
  constexpr Form kForm = FormOf<T>::kForm;
  using Parts = typename FormOf<T>::Parts;
  Shape shape;
  shape.size = sizeof(T);
  shape.children = GettersOf(Parts{});
  if constexpr (kForm == Form::kScalar) {
    shape.kind = ScalarKind<T>();
  } else if constexpr (kForm == Form::kString) {
    shape.kind = Kind::kString;
  } else if constexpr (kForm == Form::kBytes) {
    shape.kind = Kind::kBytes;
  } else if constexpr (kForm == Form::kArray) {
    shape.kind = Kind::kArray;
    shape.count = CountOf<T>();
  } else if constexpr (kForm == Form::kVector) {
    shape.kind = Kind::kVector;
    FillVector<T>(shape);
  } else if constexpr (kForm == Form::kMap) {
    shape.kind = Kind::kMap;
    FillMap<T>(shape);
  } else if constexpr (kForm == Form::kOptional) {
    shape.kind = Kind::kOptional;
    FillOptional<T>(shape);
  } else if constexpr (kForm == Form::kVariant) {
    shape.kind = Kind::kVariant;
    FillVariant<T>(shape,
                   std::make_index_sequence<std::variant_size_v<T>>());
  } else if constexpr (kForm == Form::kPointer) {
    shape.kind = Kind::kPointer;
    FillPointer<T>(shape);
  } else {
    shape.kind = Kind::kClass;
    FillClass<T>(shape);
  }
  return shape;
}

template <class T>
const Shape& ShapeOf() {
  static const Shape shape = MakeShape<T>();
  return shape;
}

}  // namespace mapfile::internal

#endif  // MAPFILE_INTERNAL_SHAPE_OF_H_
