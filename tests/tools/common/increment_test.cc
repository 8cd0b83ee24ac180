#include "tools/common/increment.h"

#include <thread>

#include "lib/text/scalar.h"
#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

// `value` + `amount` of `type`, or "error".
std::string Add(const char* type_name, const char* value, const char* amount) {
  const auto type = Type::Parse(type_name);
  REQUIRE(type);
  auto bytes = text::ParsePlain(**type, value);
  REQUIRE(bytes);
  const auto before = *bytes;
  if (!AddToScalar(**type, amount, *bytes)) {
    CHECK(*bytes == before);
    return "error";
  }
  return text::FormatPlain(**type, *bytes).value();
}

TEST_CASE("sums that fit") {
  CHECK(Add("i64", "5", "-7") == "-2");
  CHECK(Add("u8", "250", "5") == "255");
  CHECK(Add("u8", "5", "-5") == "0");
  CHECK(Add("i8", "-128", "255") == "127");
  CHECK(Add("u64", "0", "18446744073709551615") == "18446744073709551615");
  CHECK(Add("i64", "-1", "9223372036854775808") == "9223372036854775807");
  CHECK(Add("i32", "1", "1e3") == "1001");
  CHECK(Add("f64", "0.5", "0.25") == "0.75");
  CHECK(Add("f32", "1", "-2") == "-1");
  CHECK(Add("f64", "inf", "1") == "inf");
}

TEST_CASE("sums that don't, and what is no number") {
  CHECK(Add("u8", "250", "6") == "error");
  CHECK(Add("u8", "0", "-1") == "error");
  CHECK(Add("i64", "9223372036854775807", "1") == "error");
  CHECK(Add("u64", "1", "18446744073709551615") == "error");
  CHECK(Add("f64", "1.7e308", "1.7e308") == "error");
  CHECK(Add("i64", "1", "0.5") == "error");
  CHECK(Add("i64", "1", "one") == "error");
  CHECK(Add("bool", "true", "1") == "error");
  CHECK(Add("string", "1", "1") == "error");
}

TEST_CASE_FIXTURE(TestFile, "what is wrong is said of the record's class") {
  Put("i", "i64", "1");
  Put("b", "u8", "1");
  const auto error = [&](const char* name, const char* amount) {
    const auto sum = Increment(file, name, amount, nullptr);
    return sum ? "" : sum.error().message();
  };
  CHECK(error("i", "1.5").ends_with("1.5 is not a whole number, as i64 takes"));
  CHECK(error("b", "1.5").ends_with("1.5 is not a whole number, as u8 takes"));
  CHECK(error("b", "1e30").ends_with("1e30 is out of range for u8 (0..255)"));
  CHECK(error("i", "x").ends_with("\"x\" is not a number"));
}

TEST_CASE_FIXTURE(TestFile, "a record, there or not") {
  const auto type = Type::Parse("u16");
  const auto first = Increment(file, "n", "5", type->get());
  REQUIRE(first);
  CHECK(first->value == "5");
  const auto second = Increment(file, "n", "6", type->get());
  REQUIRE(second);
  CHECK(second->value == "11");
  CHECK(second->generation > first->generation);
  CHECK(Json("n") == "11");
  CHECK(Increment(file, "n", "70000", nullptr).error().code() ==
        Code::kInvalidArgument);
  CHECK(Json("n") == "11");
  CHECK(Increment(file, "none", "1", nullptr).error().code() ==
        Code::kNotFound);
  Put("s", "string", "\"x\"");
  CHECK(Increment(file, "s", "1", nullptr).error().code() ==
        Code::kTypeMismatch);
}

TEST_CASE_FIXTURE(TestFile, "none gets lost among writers") {
  constexpr int kTimes = 500;
  const auto type = Type::Parse("i64");
  const auto work = [&] {
    for (int i = 0; i < kTimes; ++i) {
      if (!Increment(file, "n", "1", type->get())) return;
    }
  };
  std::thread a(work);
  std::thread b(work);
  a.join();
  b.join();
  CHECK(Json("n") == std::to_string(2 * kTimes));
}

}  // namespace
}  // namespace mapfile::tools
