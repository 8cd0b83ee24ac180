// Registry: classes by name, for code that has no T.
//
//     MAPFILE_REGISTER(daq::Muon)
//
// once, in a source file that is linked into the program, makes the class
// known: an object behind a pointer to one of its bases can be stored and is
// built as what it is, and MapFile::Get(name) gives a value as an Object.
// Numbers, strings, bytes, vectors of them and the histograms are known
// always. All calls may come from any thread.
#ifndef MAPFILE_REGISTRY_H_
#define MAPFILE_REGISTRY_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>

#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile {

// A value of a class that is known at run time only.
class Object {
 public:
  virtual ~Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // Of its C++ class; may be newer or older than what is stored.
  const Type& type() const;
  // "Histogram1D", "f64": the same as RecordInfo::class_name.
  const std::string& class_name() const { return type().name(); }

  // The value if it is exactly a T, else null. The object owns it.
  template <class T>
  const T* As() const {
    return typeid(T) == type_info() ? static_cast<const T*>(value())
                                    : nullptr;
  }
  template <class T>
  T* As() {
    return const_cast<T*>(static_cast<const Object*>(this)->As<T>());
  }

 protected:
  explicit Object(const internal::Codec& codec) : codec_(codec) {}

 private:
  friend class Registry;
  virtual const std::type_info& type_info() const = 0;
  virtual const void* value() const = 0;

  const internal::Codec& codec_;
};

namespace internal {

template <Storable T>
class ObjectOf final : public Object {
 public:
  ObjectOf() : Object(CodecOf<T>()) {}

 private:
  const std::type_info& type_info() const override { return typeid(T); }
  const void* value() const override { return &value_; }

  T value_{};
};

// What the registry knows of a class.
struct RegisteredClass {
  const Shape* shape;
  const Codec* codec;
  const std::type_info* type_info;
  std::unique_ptr<Object> (*create)();
};

template <Storable T>
RegisteredClass ClassOf() {
  return {&ShapeOf<T>(), &CodecOf<T>(), &typeid(T),
          []() -> std::unique_ptr<Object> {
            return std::make_unique<ObjectOf<T>>();
          }};
}

}  // namespace internal

class Registry {
 public:
  // Makes T known under the name that its values have in a file; again is
  // no change. Exists: another C++ class has that name.
  template <Storable T>
  static Status Register() {
    return Add(internal::ClassOf<T>());
  }

  // A new object of the registered class that `stored` is, read from
  // `bytes`. NotFound: it isn't registered, by name. TypeMismatch, Corrupt.
  [[nodiscard]] static Result<std::unique_ptr<Object>> Create(
      const Type& stored, std::span<const std::byte> bytes, TypeTable& types);

  // Whether a class of that name is known.
  static bool Knows(std::string_view class_name);

 private:
  static Status Add(const internal::RegisteredClass& cls);
};

}  // namespace mapfile

#define MAPFILE_REGISTER_CONCAT2_(a, b) a##b
#define MAPFILE_REGISTER_CONCAT_(a, b) MAPFILE_REGISTER_CONCAT2_(a, b)

// Registers a described class before main() begins; at namespace scope.
#define MAPFILE_REGISTER(...)                                         \
  [[maybe_unused]] static const bool MAPFILE_REGISTER_CONCAT_(        \
      mapfile_registered_, __COUNTER__) =                             \
      ::mapfile::Registry::Register<__VA_ARGS__>().has_value();

#endif  // MAPFILE_REGISTRY_H_
