// What the tests of lib/text share: types from text, a type table in memory.
#ifndef MAPFILE_TESTS_TEXT_TEST_TYPES_H_
#define MAPFILE_TESTS_TEXT_TEST_TYPES_H_

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// Ids count from 1, as in a map file.
class ListTypes : public TypeTable {
 public:
  [[nodiscard]] Result<std::uint32_t> IdOf(const Type& type) override {
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (types_[i]->text() == type.text()) return std::uint32_t(i + 1);
    }
    auto copy = Type::Parse(type.text());
    if (!copy) return Fail(copy.error());
    types_.push_back(*std::move(copy));
    return std::uint32_t(types_.size());
  }
  [[nodiscard]] Result<std::shared_ptr<const Type>> TypeOf(
      std::uint32_t id) override {
    if (id == 0 || id > types_.size()) {
      return Fail(Code::kCorrupt, "no such type");
    }
    return types_[id - 1];
  }

 private:
  std::vector<std::shared_ptr<const Type>> types_;
};

inline std::shared_ptr<const Type> ParseType(std::string_view text) {
  auto type = Type::Parse(text);
  INFO(text);
  REQUIRE_MESSAGE(type.has_value(),
                  (type ? std::string() : type.error().message()));
  return *type;
}

}  // namespace mapfile::text

#endif  // MAPFILE_TESTS_TEXT_TEST_TYPES_H_
