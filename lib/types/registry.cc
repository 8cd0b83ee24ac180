#include "mapfile/registry.h"

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <shared_mutex>
#include <typeindex>
#include <vector>

#include "lib/base/try.h"
#include "lib/types/classes.h"

namespace mapfile {
namespace {

using internal::RegisteredClass;

// Lives for ever: statics of other files may use it in any order.
struct Classes {
  std::shared_mutex mutex;
  std::map<std::string, RegisteredClass, std::less<>> by_name;
  std::map<std::type_index, const RegisteredClass*> by_type;
};

Status Insert(Classes& classes, const RegisteredClass& cls) {
  const std::string& name = internal::TypeOfCodec(*cls.codec).name();
  const std::unique_lock lock(classes.mutex);
  const auto [at, is_new] = classes.by_name.emplace(name, cls);
  if (!is_new && *at->second.type_info != *cls.type_info) {
    return Fail(Code::kExists,
                fmt::format("another C++ class is registered as {}", name));
  }
  classes.by_type.emplace(*cls.type_info, &at->second);
  return {};
}

Classes& TheClasses() {
  static Classes& classes = []() -> Classes& {
    auto* made = new Classes;
    for (const auto& list :
         {internal::BuiltinClasses(), internal::FamilyClasses()}) {
      // Names of their own: none can be refused.
      for (const RegisteredClass& cls : list) {
        static_cast<void>(Insert(*made, cls));
      }
    }
    return *made;
  }();
  return classes;
}

}  // namespace

namespace internal {

const RegisteredClass* FindClass(std::string_view name) {
  Classes& classes = TheClasses();
  const std::shared_lock lock(classes.mutex);
  const auto found = classes.by_name.find(name);
  return found == classes.by_name.end() ? nullptr : &found->second;
}

const RegisteredClass* FindClass(const std::type_info& type_info) {
  Classes& classes = TheClasses();
  const std::shared_lock lock(classes.mutex);
  const auto found = classes.by_type.find(type_info);
  return found == classes.by_type.end() ? nullptr : found->second;
}

}  // namespace internal

const Type& Object::type() const { return internal::TypeOfCodec(codec_); }

Status Registry::Add(const RegisteredClass& cls) {
  return Insert(TheClasses(), cls);
}

bool Registry::Knows(std::string_view class_name) {
  return internal::FindClass(class_name) != nullptr;
}

Result<std::unique_ptr<Object>> Registry::Create(
    const Type& stored, std::span<const std::byte> bytes, TypeTable& types) {
  const RegisteredClass* cls = internal::FindClass(stored.name());
  if (cls == nullptr) {
    return Fail(Code::kNotFound,
                fmt::format("class {} is not registered in this program: "
                            "MAPFILE_REGISTER it",
                            stored.name()));
  }
  auto object = cls->create();
  internal::ObjectDecoder decoder(*cls->codec,
                                  const_cast<void*>(object->value()));
  MAPFILE_RETURN_IF_ERROR(decoder.Decode(stored, bytes, types));
  return object;
}

}  // namespace mapfile
