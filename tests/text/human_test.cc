#include "lib/text/human.h"

#include <doctest/doctest.h>

#include <limits>

namespace mapfile::text {
namespace {

TEST_CASE("sizes for people") {
  CHECK(HumanBytes(0) == "0 B");
  CHECK(HumanBytes(1023) == "1023 B");
  CHECK(HumanBytes(1024) == "1 KiB");
  CHECK(HumanBytes(1536) == "1.5 KiB");
  CHECK(HumanBytes(64 << 20) == "64 MiB");
  CHECK(HumanBytes((1 << 20) - 1) == "1 MiB");
  CHECK(HumanBytes(1000 * 1024) == "1000 KiB");
  CHECK(HumanBytes(std::numeric_limits<std::uint64_t>::max()) == "16 EiB");
}

TEST_CASE("sizes from people") {
  CHECK(ParseSize("4096").value() == 4096);
  CHECK(ParseSize("64M").value() == 64 << 20);
  CHECK(ParseSize("64MiB").value() == 64 << 20);
  CHECK(ParseSize("64 mb").value() == 64 << 20);
  CHECK(ParseSize("1k").value() == 1024);
  CHECK(ParseSize("1.5K").value() == 1536);
  CHECK(ParseSize("10B").value() == 10);
  CHECK(ParseSize("0").value() == 0);
  for (const char* bad : {"", "K", "-1", "1X", "1KiBs", "1..5K", "1 2", "0x10",
                          "18446744073709551616", "16777216T", "99999P"}) {
    INFO(bad);
    const auto size = ParseSize(bad);
    REQUIRE(!size);
    CHECK(size.error().code() == Code::kInvalidArgument);
  }
}

TEST_CASE("ages and durations") {
  CHECK(HumanAge(0) == "<1 ms");
  CHECK(HumanAge(250'000'000) == "250 ms");
  CHECK(HumanAge(3'999'999'999) == "3 s");
  CHECK(HumanAge(120'000'000'000) == "2 min");
  CHECK(HumanAge(47 * 3'600'000'000'000) == "47 h");
  CHECK(HumanAge(5 * 86'400'000'000'000) == "5 d");
  CHECK(HumanAge(std::numeric_limits<std::uint64_t>::max()) == "584 y");
  CHECK(ParseDuration("1.5s").value() == 1'500'000'000);
  CHECK(ParseDuration("250ms").value() == 250'000'000);
  CHECK(ParseDuration("10").value() == 10'000'000'000);
  CHECK(ParseDuration("2min").value() == 120'000'000'000);
  CHECK(!ParseDuration("-1s"));
  CHECK(!ParseDuration("s"));
  CHECK(!ParseDuration("1 fortnight"));
  CHECK(!ParseDuration("400000d"));
}

TEST_CASE("times") {
  CHECK(Iso8601(0) == "1970-01-01T00:00:00.000Z");
  CHECK(Iso8601(1'795'452'410'123'456'789) == "2026-11-23T16:46:50.123Z");
  CHECK(Iso8601(1'795'452'410'123'456'789, 0) == "2026-11-23T16:46:50Z");
  CHECK(Iso8601(1'709'210'096'000'000'001, 9) ==
        "2024-02-29T12:34:56.000000001Z");
  CHECK(Iso8601(std::numeric_limits<std::uint64_t>::max(), 0) ==
        "2554-07-21T23:34:33Z");
}

TEST_CASE("numbers and counts") {
  CHECK(HumanNumber(3.14159265, 3) == "3.14");
  CHECK(HumanNumber(100, 3) == "100");
  CHECK(HumanNumber(0.1, 0) == "0.1");
  CHECK(HumanNumber(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(HumanNumber(-std::numeric_limits<double>::infinity()) == "-inf");
  CHECK(HumanCount(0) == "0");
  CHECK(HumanCount(950) == "950");
  CHECK(HumanCount(1234) == "1.23 k");
  CHECK(HumanCount(35e6) == "35 M");
  CHECK(HumanCount(999'999) == "1 M");
  CHECK(HumanCount(-1500) == "-1.5 k");
  CHECK(HumanCount(1.5e20) == "1.5e+20");
}

TEST_CASE("counted things") {
  CHECK(Counted(0, "record") == "0 records");
  CHECK(Counted(1, "record") == "1 record");
  CHECK(Counted(2, "class") == "2 classes");
  CHECK(Counted(1, "class") == "1 class");
}

}  // namespace
}  // namespace mapfile::text
