#include "tools/common/live_fill.h"

#include <sys/mman.h>
#include <unistd.h>

#include "mapfile/counter_set.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/time_series.h"
#include "tests/tools/common/captured.h"
#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

// Standard input that holds a text, until it goes out of scope.
class Input {
 public:
  explicit Input(const std::string& text)
      : saved_(::dup(STDIN_FILENO)), fd_(::memfd_create("input", 0)) {
    REQUIRE(::write(fd_, text.data(), text.size()) ==
            static_cast<ssize_t>(text.size()));
    REQUIRE(::lseek(fd_, 0, SEEK_SET) == 0);
    REQUIRE(::dup2(fd_, STDIN_FILENO) == STDIN_FILENO);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input() {
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
    ::close(fd_);
  }

 private:
  const int saved_;
  const int fd_;
};

class Fixture : public TestFile {
 public:
  Fixture() { fill.record = "h"; }

  Status FillWith(const std::string& text) {
    const Input input(text);
    Captured captured;
    const Status status = FillFromInput(file, fill, captured.output);
    notes = captured.err();
    return status;
  }
  Code CodeOf(const std::string& text) {
    const Status status = FillWith(text);
    REQUIRE_FALSE(status);
    message = status.error().message();
    return status.error().code();
  }
  std::uint64_t Updates() const { return file.Find("h")->Info()->updates; }

  LiveFill fill;
  std::string notes;
  std::string message;
};

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE_FIXTURE(Fixture, "a histogram is filled, and goes on") {
  fill.axes = {RegularAxis(10, 0, 10)};
  REQUIRE(FillWith("1 2,3\n4;5\r\n\n6"));
  CHECK(file.Get<Histogram1D>("h")->entries() == 6);
  CHECK(file.Get<Histogram1D>("h")->name() == "h");
  CHECK(notes.empty());
  REQUIRE(FillWith("7\n"));
  CHECK(file.Get<Histogram1D>("h")->entries() == 7);
  fill.fresh = true;
  REQUIRE(FillWith("8\n"));
  CHECK(file.Get<Histogram1D>("h")->entries() == 1);
}

TEST_CASE_FIXTURE(Fixture, "pairs, points, samples and names") {
  fill.axes = {RegularAxis(10, 0, 10), RegularAxis(10, 0, 10)};
  REQUIRE(FillWith("1 2 3 4\n5 6\n"));
  CHECK(file.Get<Histogram2D>("h")->BinContent(4, 5) == 1);
  fill = {.object = LiveObject::kGraph, .record = "g", .axes = {}};
  REQUIRE(FillWith("1 -2\n"));
  CHECK(file.Get<Graph>("g")->At(0).y == -2);
  fill = {
      .object = LiveObject::kSeries, .record = "s", .axes = {}, .capacity = 2};
  REQUIRE(FillWith("1\n2\n3\n"));
  CHECK(file.Get<TimeSeries>("s")->samples() == 3);
  CHECK(file.Get<TimeSeries>("s")->At(0).value == 2);
  fill = {.object = LiveObject::kCounters, .record = "c", .axes = {}};
  REQUIRE(FillWith("a\nb 5\na\n"));
  CHECK(file.Get<CounterSet>("c")->count("a") == 2);
  CHECK(file.Get<CounterSet>("c")->count("b") == 5);
}

TEST_CASE_FIXTURE(Fixture, "versions come at the rate, not with the lines") {
  fill.axes = {RegularAxis(10, 0, 10)};
  fill.rate_hz = 0.001;
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "1\n";
  REQUIRE(FillWith(text));
  CHECK(file.Get<Histogram1D>("h")->entries() == 10'000);
  // The one to begin with, and the last.
  CHECK(Updates() == 2);
}

TEST_CASE_FIXTURE(Fixture, "without a line there is one version, empty") {
  fill.axes = {RegularAxis(10, 0, 10)};
  REQUIRE(FillWith(""));
  REQUIRE(FillWith("\n\n"));
  CHECK(file.Get<Histogram1D>("h")->entries() == 0);
  CHECK(Updates() == 1);
}

TEST_CASE_FIXTURE(Fixture, "wrong lines are counted, the first is told") {
  fill.axes = {RegularAxis(10, 0, 10)};
  REQUIRE(FillWith("1\nx\n2 3 y\n4\n"));
  CHECK(file.Get<Histogram1D>("h")->entries() == 2);
  CHECK(Has(notes,
            "2 of 4 lines were passed over; the first: line 2: \"x\" "
            "is no number"));
  fill.strict = true;
  CHECK(CodeOf("1\nx\n2\n") == Code::kInvalidArgument);
  CHECK(Has(message, "line 2: \"x\" is no number"));
  // What came before it is stored.
  CHECK(file.Get<Histogram1D>("h")->entries() == 3);
}

TEST_CASE_FIXTURE(Fixture, "what is there and differs is left alone") {
  Put("h", "string", "\"text\"");
  fill.axes = {RegularAxis(10, 0, 10)};
  CHECK(CodeOf("1\n") == Code::kTypeMismatch);
  CHECK(Has(message, path + ": \"h\": holds a value of another class"));
  CHECK(Json("h") == "\"text\"");
  fill.fresh = true;
  REQUIRE(FillWith("1\n"));
  fill.fresh = false;
  fill.axes = {RegularAxis(10, 0, 11)};
  CHECK(CodeOf("1\n") == Code::kConflict);
  CHECK(Has(message, "differs: up to 10 and up to 11"));
  CHECK(file.Get<Histogram1D>("h")->entries() == 1);
  fill = {
      .object = LiveObject::kSeries, .record = "s", .axes = {}, .capacity = 2};
  REQUIRE(FillWith("1\n"));
  fill.capacity = 3;
  CHECK(CodeOf("1\n") == Code::kConflict);
  CHECK(Has(message, "room for 2 and 3 samples"));
}

TEST_CASE_FIXTURE(Fixture, "what can't fit into the file is refused at once") {
  fill.axes = {RegularAxis(1 << 20, 0, 1), RegularAxis(1 << 20, 0, 1)};
  CHECK(CodeOf("1 1\n") == Code::kNoSpace);
  CHECK(Has(message, "the file may have"));
  CHECK_FALSE(file.Find("h"));
}

TEST_CASE_FIXTURE(Fixture, "who can only read says so") {
  auto reader = MapFile::Open(path);
  REQUIRE(reader);
  file = *reader;
  fill.object = LiveObject::kGraph;
  CHECK(CodeOf("1 1\n") == Code::kReadOnly);
}

}  // namespace
}  // namespace mapfile::tools
