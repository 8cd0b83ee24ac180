// mapfile-put: stores one value, or describes classes.
#include <fmt/format.h>

#include <optional>
#include <string>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "mapfile/mapfile.h"
#include "tools/common/increment.h"
#include "tools/common/input.h"
#include "tools/common/live_words.h"
#include "tools/common/open.h"
#include "tools/common/put_schema.h"
#include "tools/common/put_type.h"
#include "tools/common/put_value.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

// Of a description; a type has far less.
constexpr std::uint64_t kMostSchema = 64 << 20;

class Put : public Tool {
 public:
  std::string name() const override { return "mapfile-put"; }
  std::string summary() const override {
    return "Stores one value as the next version of a record, which is added "
           "if it is missing.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file");
    args.OptionalPositional("NAME", &record_,
                            "the record; only --schema does without");
    args.OptionalPositional("VALUE", &value_,
                            "the value; -: read it from standard input");
    args.Text("-t,--type", "TYPE", &type_,
              "class of the value, such as u8, bytes or vector<f64>; the "
              "record's own, or string for a new one, if not given");
    args.Text("--class", "NAME", &class_,
              "class of the value, which is JSON: one that the file "
              "describes, or a built-in one, such as Histogram1D");
    args.Text("--schema", "PATH", &schema_,
              "enter the classes that this JSON document describes; a value "
              "is JSON, and of the first of them");
    args.Text("-i,--input", "PATH", &input_, "read the value from this file");
    args.Flag("--json", &json_, "the value is JSON, of any class");
    args.Flag("--raw", &raw_, "the value comes from mapfile-get --raw");
    args.Text("--increment", "N", &increment_,
              "add N to the number that is there, in one step; a missing "
              "record starts from 0 (i64)");
    live_.Define(args);
    args.Flag("--create-only", &options_.create_only,
              "fail if there is such a record");
    args.Count("--if-generation", &options_.if_generation,
               "fail unless this version is the current one; 0: none is");
    args.Flag("--create", &create_, "make the map file if it is missing");
    args.Remark(
        "A VALUE that begins with a dash goes behind --, unless it is "
        "a number. Strings and bytes are stored exactly as given.");
  }

  Status Run(Output& output) override {
    MAPFILE_RETURN_IF_ERROR(CheckWords());
    if (live_.are_given()) return Fill(output);
    // Before the file is opened: input may take its time.
    MAPFILE_ASSIGN_OR_RETURN(const std::string value, ReadValue());
    MAPFILE_ASSIGN_OR_RETURN(const std::string schema, ReadSchema());
    MAPFILE_ASSIGN_OR_RETURN(MapFile file, Open());
    if (schema_) MAPFILE_RETURN_IF_ERROR(Describe(file, schema, output));
    if (record_) {
      MAPFILE_ASSIGN_OR_RETURN(const std::string done,
                               increment_ ? Add(file) : Store(file, value));
      output.Detail(file_ + ": " + text::Escape(*record_) + ": " + done);
    }
    return file.Close();
  }

 private:
  tl::unexpected<Error> Usage(const char* message) const {
    return Fail(Code::kInvalidArgument, message);
  }

  Status CheckWords() const {
    MAPFILE_RETURN_IF_ERROR(live_.Check());
    if (!record_) return CheckWordsWithoutRecord();
    const bool has_value = value_ || input_;
    const bool has_class = type_ || class_ || schema_;
    const bool has_condition = options_.create_only || options_.if_generation;
    if (live_.are_given()) {
      if (input_ || (value_ && *value_ != "-")) {
        return Usage("it reads standard input, and takes no other value");
      }
      if (!json_ && !raw_ && !has_class && !increment_ && !has_condition) {
        return {};
      }
      return Usage(
          "what is filled from standard input takes --rate, --strict, --fresh "
          "and --create alone");
    }
    if (increment_) {
      if (has_value) return Usage("--increment takes no other value");
      if (json_ || raw_ || class_ || schema_ || has_condition) {
        return Usage("--increment goes with --type and --create alone");
      }
      return {};
    }
    if (type_ && class_) return Usage("--type and --class exclude each other");
    if (raw_ && (json_ || has_class)) {
      return Usage("--raw values bring their class along: no --type, --json");
    }
    return CheckSources();
  }

  Status CheckWordsWithoutRecord() const {
    if (!schema_) return Usage("say which record: NAME is missing");
    if (!live_.are_given() && !input_ && !type_ && !class_ && !json_ && !raw_ &&
        !increment_ && !options_.create_only && !options_.if_generation) {
      return {};
    }
    return Usage("--schema without NAME takes --create alone");
  }

  Status CheckSources() const {
    if (value_ && input_) return Usage("VALUE and -i exclude each other");
    if (!value_ && !input_ && !IsJson()) {
      return Usage(
          "the value is missing: give VALUE, - to read standard "
          "input, or -i PATH");
    }
    if (schema_ == "-" && ValuePath() == "-") {
      return Usage("--schema and the value can't both be standard input");
    }
    return {};
  }

  bool IsJson() const { return json_ || class_ || schema_; }

  // Where the value is read from; none: it is a word.
  std::optional<std::string> ValuePath() const {
    if (input_) return input_;
    if (value_ && *value_ != "-") return std::nullopt;
    return "-";
  }

  Result<std::string> ReadValue() const {
    if (increment_ || !record_) return std::string();
    const auto path = ValuePath();
    return path ? ReadFile(*path, MostInput()) : *value_;
  }

  // Input that is larger by far, or never ends, isn't read to the end.
  std::uint64_t MostInput() const {
    const auto file = MapFile::Open(file_);
    const std::uint64_t most = file ? file->max_size_bytes() : kDefaultMaxSize;
    return most * (IsJson() ? 32 : 2);
  }

  Result<std::string> ReadSchema() const {
    return schema_ ? ReadFile(*schema_, kMostSchema) : std::string();
  }

  Result<MapFile> Open() const {
    return create_ ? MapFile::Open(file_, {.mode = Mode::kUpdate})
                   : OpenForWriting(file_);
  }

  Status Fill(Output& output) const {
    MAPFILE_ASSIGN_OR_RETURN(const LiveFill fill, live_.FillOf(*record_));
    MAPFILE_ASSIGN_OR_RETURN(MapFile file, Open());
    MAPFILE_RETURN_IF_ERROR(FillFromInput(file, fill, output));
    return file.Close();
  }

  Status Describe(MapFile& file, std::string_view schema, Output& output) {
    auto types = EnterSchema(file, schema);
    if (!types) {
      const bool is_input = *schema_ == "-";
      return mapfile::Fail(
          types.error().In(is_input ? "standard input" : *schema_));
    }
    described_ = *std::move(types);
    for (const auto& type : described_) {
      output.Detail(file_ + ": class " + type->name());
    }
    return {};
  }

  Result<std::string> Store(MapFile& file, std::string_view text) const {
    PutValue value{.record = *record_,
                   .type = class_ ? class_ : type_,
                   .described = described_};
    if (IsJson()) value.form = ValueForm::kJson;
    if (raw_) value.form = ValueForm::kRaw;
    MAPFILE_ASSIGN_OR_RETURN(const PortableValue encoded,
                             EncodeValue(file, value, text));
    MAPFILE_ASSIGN_OR_RETURN(
        const Generation generation,
        file.PutRaw(*record_, *encoded.type, encoded.bytes, options_));
    return fmt::format("generation {}", generation);
  }

  Result<std::string> Add(MapFile& file) const {
    MAPFILE_ASSIGN_OR_RETURN(const auto type,
                             ParsePutType(file, type_.value_or("i64")));
    MAPFILE_ASSIGN_OR_RETURN(
        const Incremented sum,
        Increment(file, *record_, *increment_, type.get()));
    return fmt::format("{}, generation {}", sum.value, sum.generation);
  }

  std::string file_;
  std::optional<std::string> record_;
  std::optional<std::string> value_;
  std::optional<std::string> type_;
  std::optional<std::string> class_;
  std::optional<std::string> schema_;
  std::optional<std::string> input_;
  std::optional<std::string> increment_;
  LiveWords live_;
  bool json_ = false;
  bool raw_ = false;
  bool create_ = false;
  PutOptions options_;
  std::vector<std::shared_ptr<const Type>> described_;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Put tool;
  return mapfile::tools::Main(tool, argc, argv);
}
