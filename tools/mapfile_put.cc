// mapfile-put: stores one value.
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"
#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "mapfile/time_series.h"
#include "tools/common/axis_spec.h"
#include "tools/common/increment.h"
#include "tools/common/input.h"
#include "tools/common/live_fill.h"
#include "tools/common/open.h"
#include "tools/common/portable.h"
#include "tools/common/put_type.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

// Numbers that come from a pipe end in a newline.
std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin =
      std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

class Put : public Tool {
 public:
  std::string name() const override { return "mapfile-put"; }
  std::string summary() const override {
    return "Stores one value as the next version of a record, which is added "
           "if it is missing.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.Positional("NAME", &record_, "the record");
    args.OptionalPositional("VALUE", &value_,
                            "the value; -: read it from standard input");
    args.Text("-t,--type", "TYPE", &type_,
              "class of the value, such as u8, bytes or vector<f64>; the "
              "record's own, or string for a new one, if not given");
    args.Text("--class", "NAME", &type_,
              "the same, for a class that the file describes");
    args.Text("-i,--input", "PATH", &input_, "read the value from this file");
    args.Flag("--json", &json_, "the value is JSON, of any class");
    args.Flag("--raw", &raw_, "the value comes from mapfile-get --raw");
    args.Text("--increment", "N", &increment_,
              "add N to the number that is there, in one step; a missing "
              "record starts from 0 (i64)");
    args.Text("--histogram", "SPEC", &histogram_,
              "fill a histogram with the numbers of standard input for as "
              "long as they come: BINS,LOW,HIGH, log:BINS,LOW,HIGH, "
              "circle:BINS,LOW,HIGH or edges:A,B,...; two of them, with a "
              "blank between, for pairs of numbers");
    args.Flag("--graph", &graph_,
              "the same for a graph: lines are points, x and y");
    args.Count("--series", &series_,
               "the same for a time series of the last so many numbers");
    args.Flag("--counter", &counter_,
              "the same for named counters: lines are NAME or NAME N");
    args.Number("--rate", "HZ", 0.001, 1000, &fill_.rate_hz,
                "versions per second of these four, at most (10)");
    args.Flag("--strict", &fill_.strict,
              "with these four: end at the first line that is wrong");
    args.Flag("--fresh", &fill_.fresh,
              "with these four: begin anew, not with what is there");
    args.Flag("--create-only", &options_.create_only,
              "fail if there is such a record");
    args.Count("--if-generation", &if_generation_,
               "fail unless this version is the current one; 0: none is");
    args.Flag("--create", &create_, "make the map file if it is missing");
    args.Remark(
        "A VALUE that begins with a dash goes behind --, unless it is "
        "a number. Strings and bytes are stored exactly as given.");
  }

  Status Run(Output& output) override {
    MAPFILE_RETURN_IF_ERROR(CheckWords());
    if (IsLive()) return Fill(output);
    options_.if_generation = if_generation_;
    // Before the file is opened: input may take its time.
    MAPFILE_ASSIGN_OR_RETURN(const std::string value, ReadValue());
    MAPFILE_ASSIGN_OR_RETURN(MapFile file, Open());
    MAPFILE_ASSIGN_OR_RETURN(const std::string done,
                             increment_ ? Add(file) : Store(file, value));
    output.Detail(file_ + ": " + text::Escape(record_) + ": " + done);
    return file.Close();
  }

 private:
  tl::unexpected<Error> Usage(const char* message) const {
    return Fail(Code::kInvalidArgument, message);
  }

  Status CheckWords() const {
    const int sources = (value_ ? 1 : 0) + (input_ ? 1 : 0);
    if (IsLive()) return CheckLiveWords();
    if (fill_.strict || fill_.fresh) {
      return Usage(
          "--strict and --fresh go with --histogram, --graph, --series or "
          "--counter");
    }
    if (increment_) {
      if (sources > 0) return Usage("--increment takes no other value");
      if (json_ || raw_ || options_.create_only || if_generation_) {
        return Usage("--increment goes with --type and --create alone");
      }
      return {};
    }
    if (sources > 1) return Usage("VALUE and -i exclude each other");
    if (sources == 0) {
      return Usage(
          "the value is missing: give VALUE, - to read standard "
          "input, or -i PATH");
    }
    if (raw_ && (json_ || type_)) {
      return Usage("--raw values bring their class along: no --type, --json");
    }
    return {};
  }

  bool IsLive() const { return histogram_ || graph_ || series_ || counter_; }

  Status CheckLiveWords() const {
    if (histogram_.has_value() + graph_ + series_.has_value() + counter_ > 1) {
      return Usage(
          "--histogram, --graph, --series and --counter exclude each other");
    }
    if (input_ || (value_ && *value_ != "-")) {
      return Usage("it reads standard input, and takes no other value");
    }
    if (json_ || raw_ || type_ || increment_ || options_.create_only ||
        if_generation_) {
      return Usage(
          "what is filled from standard input takes --rate, --strict, --fresh "
          "and --create alone");
    }
    if (series_ && (*series_ == 0 || *series_ > TimeSeries::kMaxCapacity)) {
      return Usage("a series of so many numbers can't be");
    }
    return {};
  }

  Result<MapFile> Open() const {
    return create_ ? MapFile::Open(file_, {.mode = Mode::kUpdate})
                   : OpenForWriting(file_);
  }

  Status Fill(Output& output) {
    fill_.record = record_;
    if (graph_) fill_.object = LiveObject::kGraph;
    if (counter_) fill_.object = LiveObject::kCounters;
    if (series_) fill_.object = LiveObject::kSeries;
    fill_.capacity = series_.value_or(0);
    if (histogram_) {
      auto axes = ParseAxes(*histogram_);
      if (!axes) return mapfile::Fail(axes.error().In("--histogram"));
      fill_.axes = *std::move(axes);
    }
    MAPFILE_ASSIGN_OR_RETURN(MapFile file, Open());
    MAPFILE_RETURN_IF_ERROR(FillFromInput(file, fill_, output));
    return file.Close();
  }

  Result<std::string> ReadValue() const {
    if (increment_) return std::string();
    const std::uint64_t limit = MostInput();
    if (input_) return ReadFile(*input_, limit);
    if (*value_ == "-") return ReadFile("-", limit);
    return *value_;
  }

  // Input that is larger by far, or never ends, isn't read to the end.
  std::uint64_t MostInput() const {
    const auto file = MapFile::Open(file_);
    const std::uint64_t most = file ? file->max_size_bytes() : kDefaultMaxSize;
    return most * (json_ ? 32 : 2);
  }

  // By --type, else the class of the record, else string.
  Result<std::shared_ptr<const Type>> FindType(const MapFile& file) const {
    if (type_) return ParsePutType(file, *type_);
    auto record = file.Find(record_);
    if (record) {
      MAPFILE_ASSIGN_OR_RETURN(RecordInfo info, record->Info());
      if (info.type) return info.type;
      return Usage("the record's class is damaged; give --type");
    }
    if (record.error().code() != Code::kNotFound) return Fail(record.error());
    if (json_) {
      return Fail(Code::kNotFound,
                  fmt::format("{}: there is no record {} to take a class "
                              "from; give --type",
                              file_, text::Quote(record_)));
    }
    return Type::Parse("string");
  }

  Result<PortableValue> Encode(const MapFile& file,
                               std::string_view value) const {
    if (raw_) return FromPortable(file, value);
    MAPFILE_ASSIGN_OR_RETURN(const auto type, FindType(file));
    auto bytes = EncodeAs(file, *type, value);
    if (!bytes) return Fail(bytes.error().In(text::Quote(record_)).In(file_));
    return PortableValue{type, *std::move(bytes)};
  }

  Result<std::vector<std::byte>> EncodeAs(const MapFile& file, const Type& type,
                                          std::string_view value) const {
    if (json_) return FromJson(file, type, value);
    if (!text::IsPlain(type)) {
      return Fail(Code::kTypeMismatch,
                  type.name() + " takes JSON: give --json, or --raw");
    }
    const Kind kind = type.root().kind;
    const bool exact = kind == Kind::kString || kind == Kind::kBytes;
    return text::ParsePlain(type, exact ? value : WithoutBlanks(value));
  }

  Result<std::string> Store(MapFile& file, std::string_view value) const {
    MAPFILE_ASSIGN_OR_RETURN(const PortableValue encoded, Encode(file, value));
    MAPFILE_ASSIGN_OR_RETURN(
        const Generation generation,
        file.PutRaw(record_, *encoded.type, encoded.bytes, options_));
    return fmt::format("generation {}", generation);
  }

  Result<std::string> Add(MapFile& file) const {
    MAPFILE_ASSIGN_OR_RETURN(const auto type,
                             ParsePutType(file, type_.value_or("i64")));
    MAPFILE_ASSIGN_OR_RETURN(const Incremented sum,
                             Increment(file, record_, *increment_, type.get()));
    return fmt::format("{}, generation {}", sum.value, sum.generation);
  }

  std::string file_;
  std::string record_;
  std::optional<std::string> value_;
  std::optional<std::string> type_;
  std::optional<std::string> input_;
  std::optional<std::string> increment_;
  std::optional<std::string> histogram_;
  std::optional<std::uint64_t> series_;
  bool graph_ = false;
  bool counter_ = false;
  LiveFill fill_;
  std::optional<std::uint64_t> if_generation_;
  bool json_ = false;
  bool raw_ = false;
  bool create_ = false;
  PutOptions options_;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Put tool;
  return mapfile::tools::Main(tool, argc, argv);
}
