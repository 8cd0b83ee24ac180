// mapfile-put: stores one value, or describes classes.
#include <fmt/format.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "mapfile/mapfile.h"
#include "tools/common/increment.h"
#include "tools/common/input.h"
#include "tools/common/open.h"
#include "tools/common/put_schema.h"
#include "tools/common/put_type.h"
#include "tools/common/put_value.h"
#include "tools/common/put_words.h"
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

  void Define(Arguments& args) override { words_.Define(args); }

  Status Run(Output& output) override {
    MAPFILE_RETURN_IF_ERROR(words_.Check());
    if (words_.live.are_given()) return Fill(output);
    // Before the file is opened: input may take its time.
    MAPFILE_ASSIGN_OR_RETURN(const std::string value, ReadValue());
    MAPFILE_ASSIGN_OR_RETURN(const std::string schema, ReadSchema());
    const auto work = [&](MapFile& file) { return Work(file, value, schema); };
    MAPFILE_RETURN_IF_ERROR(Try(work));
    MAPFILE_ASSIGN_OR_RETURN(MapFile file, Open());
    MAPFILE_ASSIGN_OR_RETURN(const std::string done, work(file));
    for (const auto& type : described_) {
      output.Detail(words_.file + ": class " + type->name());
    }
    if (words_.record) {
      output.Detail(words_.file + ": " + text::Escape(*words_.record) + ": " +
                    done);
    }
    return file.Close();
  }

 private:
  Result<std::string> ReadValue() const {
    if (words_.increment || !words_.record) return std::string();
    const auto path = words_.ValuePath();
    return path ? ReadFile(*path, MostInput()) : *words_.value;
  }

  // Input that is larger by far, or never ends, isn't read to the end.
  std::uint64_t MostInput() const {
    const auto file = MapFile::Open(words_.file);
    const std::uint64_t most = file ? file->max_size_bytes() : kDefaultMaxSize;
    const bool is_document =
        words_.Form() == ValueForm::kJson || words_.Form() == ValueForm::kCsv;
    return most * (is_document ? 32 : 2);
  }

  Result<std::string> ReadSchema() const {
    return words_.schema ? ReadFile(*words_.schema, kMostSchema)
                         : std::string();
  }

  Result<MapFile> Open() const {
    return words_.create ? MapFile::Open(words_.file, {.mode = Mode::kUpdate})
                         : OpenForWriting(words_.file);
  }

  // Does `work` with a file that nobody sees, where a new one would be made:
  // what can't be done leaves none behind.
  Status Try(const std::function<Result<std::string>(MapFile&)>& work) const {
    if (!words_.create || !IsMissing(words_.file)) return {};
    auto scratch = OpenScratch(words_.file);
    if (!scratch) return {};  // The file itself says better why
    const auto done = work(*scratch);
    if (done) return {};
    std::string message = done.error().message();
    const std::size_t at = message.find(scratch->path());
    if (at != message.npos) {
      message.replace(at, scratch->path().size(), words_.file);
    }
    return Fail(done.error().code(), message);
  }

  Status Fill(Output& output) const {
    MAPFILE_ASSIGN_OR_RETURN(const LiveFill fill,
                             words_.live.FillOf(*words_.record));
    MAPFILE_RETURN_IF_ERROR(Try([&](MapFile& file) -> Result<std::string> {
      MAPFILE_RETURN_IF_ERROR(CheckRoom(file, fill));
      MAPFILE_ASSIGN_OR_RETURN(const Generation stored,
                               file.Put(fill.record, std::string()));
      return std::to_string(stored);
    }));
    MAPFILE_ASSIGN_OR_RETURN(MapFile file, Open());
    MAPFILE_RETURN_IF_ERROR(FillFromInput(file, fill, output));
    return file.Close();
  }

  // What was done, for -v.
  Result<std::string> Work(MapFile& file, std::string_view value,
                           std::string_view schema) {
    if (words_.schema) MAPFILE_RETURN_IF_ERROR(Describe(file, schema));
    if (!words_.record) return std::string();
    return words_.increment ? Add(file) : Store(file, value);
  }

  Status Describe(MapFile& file, std::string_view schema) {
    auto types = EnterSchema(file, schema);
    if (!types) {
      const bool is_input = *words_.schema == "-";
      return Fail(
          types.error().In(is_input ? "standard input" : *words_.schema));
    }
    described_ = *std::move(types);
    return {};
  }

  Result<std::string> Store(MapFile& file, std::string_view text) const {
    const PutValue value{
        .record = *words_.record,
        .type = words_.class_name ? words_.class_name : words_.type,
        .described = described_,
        .form = words_.Form()};
    MAPFILE_ASSIGN_OR_RETURN(const PortableValue encoded,
                             EncodeValue(file, value, text));
    MAPFILE_ASSIGN_OR_RETURN(const Generation generation,
                             file.PutRaw(*words_.record, *encoded.type,
                                         encoded.bytes, words_.options));
    return fmt::format("generation {}", generation);
  }

  Result<std::string> Add(MapFile& file) const {
    MAPFILE_ASSIGN_OR_RETURN(const auto type,
                             ParsePutType(file, words_.type.value_or("i64")));
    MAPFILE_ASSIGN_OR_RETURN(
        const Incremented sum,
        Increment(file, *words_.record, *words_.increment, type.get()));
    return fmt::format("{}, generation {}", sum.value, sum.generation);
  }

  PutWords words_;
  std::vector<std::shared_ptr<const Type>> described_;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Put tool;
  return mapfile::tools::Main(tool, argc, argv);
}
