#include "lib/file/bindings.h"

#include <doctest/doctest.h>

namespace mapfile::file {
namespace {

class NoEncoder : public Encoder {
 public:
  const Type& type() const override { return *type_; }
  Result<std::uint64_t> Size(TypeTable&) override { return 0; }
  Status Encode(std::span<std::byte>, TypeTable&) override { return {}; }

 private:
  std::shared_ptr<const Type> type_;
};

BindingPtr Make(std::uint64_t offset, const void* object) {
  auto binding = std::make_shared<Binding>();
  binding->id = {offset, 1};
  binding->object = object;
  binding->encoder = std::make_unique<NoEncoder>();
  return binding;
}

TEST_CASE("bindings are found by record and by object, in order") {
  Bindings bindings;
  const int object = 0;
  const int other = 0;
  const auto first = Make(64, &object);
  const auto second = Make(128, &other);
  const auto third = Make(192, &object);
  for (const auto& binding : {first, second, third}) bindings.Insert(binding);

  CHECK(bindings.OfRecord({128, 1}) == second);
  CHECK(bindings.OfRecord({128, 3}) == nullptr);
  CHECK(bindings.OfObject(&object) == std::vector{first, third});
  CHECK(bindings.All() == std::vector{first, second, third});
}

TEST_CASE("a record's new object takes the place of its old one") {
  Bindings bindings;
  const int old_object = 0;
  const int new_object = 0;
  const auto former = Make(64, &old_object);
  const auto next = Make(64, &new_object);
  bindings.Insert(former);
  bindings.Insert(next);

  CHECK(!former->IsBound());
  CHECK(bindings.OfObject(&old_object).empty());
  CHECK(bindings.All() == std::vector{next});
}

TEST_CASE("an erased binding lets go of its object") {
  Bindings bindings;
  const int object = 0;
  const auto binding = Make(64, &object);
  bindings.Insert(binding);

  CHECK(bindings.Erase({64, 3}) == nullptr);
  CHECK(bindings.Erase({64, 1}) == binding);
  CHECK(!binding->IsBound());
  CHECK(bindings.Erase({64, 1}) == nullptr);
  CHECK(bindings.All().empty());
}

TEST_CASE("EraseAll leaves none") {
  Bindings bindings;
  const int object = 0;
  for (std::uint64_t i = 1; i <= 10; ++i)
    bindings.Insert(Make(i * 64, &object));
  bindings.EraseAll();
  CHECK(bindings.All().empty());
  CHECK(bindings.OfObject(&object).empty());
}

TEST_CASE("an object that is gone isn't bound") {
  auto token = std::make_shared<char>();
  const auto binding = Make(64, nullptr);
  binding->lifetime = token;
  CHECK(binding->IsBound());
  token.reset();
  CHECK(!binding->IsBound());
}

}  // namespace
}  // namespace mapfile::file
