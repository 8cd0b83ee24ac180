// What the tests of MapFile share.
#ifndef MAPFILE_TESTS_FILE_FILE_TEST_SUPPORT_H_
#define MAPFILE_TESTS_FILE_FILE_TEST_SUPPORT_H_

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "tests/support/process.h"

namespace mapfile {

struct RunState {
  std::int64_t run = 0;
  double rate_hz = 0;

  friend bool operator==(const RunState&, const RunState&) = default;
};
MAPFILE_DESCRIBE(RunState, 1, run, rate_hz)

// A class with a name of its own, as TMapFile's users know them.
struct Sensor {
  std::string label;
  std::vector<double> samples;

  const std::string& name() const { return label; }
};
MAPFILE_DESCRIBE(Sensor, 1, label, samples)

namespace testing {

// What was returned, or a failed test with the reason.
template <class T>
T Must(Result<T> result, int line = __builtin_LINE()) {
  if (!result) {
    FAIL("line " << line << ": " << result.error().message());
  }
  return *std::move(result);
}
inline void Must(const Status& status, int line = __builtin_LINE()) {
  if (!status) FAIL("line " << line << ": " << status.error().message());
}

template <class R>
Code CodeOf(const R& result) {
  return result ? Code{0} : result.error().code();
}
template <class R>
std::string MessageOf(const R& result) {
  return result ? std::string() : result.error().message();
}

inline bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

inline MapFile Create(const std::string& path, Options options = {}) {
  options.mode = Mode::kCreate;
  return Must(MapFile::Open(path, options));
}

}  // namespace testing
}  // namespace mapfile

#endif  // MAPFILE_TESTS_FILE_FILE_TEST_SUPPORT_H_
