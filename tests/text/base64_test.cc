#include "lib/text/base64.h"

#include <doctest/doctest.h>

#include <utility>

namespace mapfile::text {
namespace {

TEST_CASE("base64 there and back") {
  const std::pair<std::string_view, std::string_view> kPairs[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"\xff\xfe", "//4="}};
  for (const auto& [bytes, text] : kPairs) {
    std::string encoded;
    AppendBase64(encoded, bytes);
    CHECK(encoded == text);
    CHECK(DecodeBase64(text).value() == bytes);
  }
  for (const char* bad :
       {"Zg", "Zg=", "Zg==Zg==", "Zh==", "Z===", "====", "Zm9\n", "Zm 9"}) {
    INFO(bad);
    CHECK(!DecodeBase64(bad));
  }
}

}  // namespace
}  // namespace mapfile::text
