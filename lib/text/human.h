// Numbers as people write and read them: sizes, ages, times.
#ifndef MAPFILE_LIB_TEXT_HUMAN_H_
#define MAPFILE_LIB_TEXT_HUMAN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "mapfile/status.h"

namespace mapfile::text {

// "0 B", "1.5 KiB", "64 MiB": three significant digits, units of 1024.
std::string HumanBytes(std::uint64_t size_bytes);

// Bytes of "4096", "64M", "64MiB", "64MB", "1.5 k": B, K, M, G, T, P in
// either case, with or without "B" or "iB", always units of 1024, because
// memory is counted so. InvalidArgument: not a size, negative, over 2^64.
[[nodiscard]] Result<std::uint64_t> ParseSize(std::string_view text);

// "<1 ms", "250 ms", "3 s", "2 min", "7 h", "5 d", "3 y": the largest unit
// that fits at least once (hours up to 48, days up to 730), rounded down.
std::string HumanAge(std::uint64_t age_ns);

// "1.5 s", "250 ms", "10 min" of "1.5s", "250ms", "10", ...: units ns, us,
// ms, s, min, h, d; none means seconds. The result is in nanoseconds.
// InvalidArgument: not a duration, negative, over 2^63 ns.
[[nodiscard]] Result<std::uint64_t> ParseDuration(std::string_view text);

// "2026-11-23T16:46:50.123Z": CLOCK_REALTIME in ns as ISO 8601, in UTC,
// with `digits` (0 to 9) of the fraction, cut off.
std::string Iso8601(std::uint64_t wall_ns, int digits = 3);

// `value` with at most `digits` significant digits, without trailing zeros:
// "3.2", "1e+30", "nan", "inf". 0 digits: as many as it takes to read the
// same number back.
std::string HumanNumber(double value, int digits = 6);

// "0", "950", "1.2 k", "35 M", "1.5e+20": a count or rate in few columns,
// units of 1000.
std::string HumanCount(double value);

// "1 record", "2 records", "2 classes".
std::string Counted(std::uint64_t count, std::string_view noun);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_HUMAN_H_
