// mapfile-create: makes an empty map file.
#include <charconv>
#include <optional>
#include <string>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"
#include "mapfile/mapfile.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

Result<std::uint32_t> ParseMode(std::string_view text) {
  std::uint32_t mode = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, mode, 8);
  if (error == std::errc() && stop == end && mode <= 0777) return mode;
  return Fail(Code::kInvalidArgument,
              text::Quote(text) + " is not a mode such as 0640");
}

class Create : public Tool {
 public:
  std::string name() const override { return "mapfile-create"; }
  std::string summary() const override {
    return "Makes an empty map file. What exists is left alone.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file to make");
    args.Size("--size", &size_, "allocate this much at once (48K)");
    args.Size("--max-size", &max_size_, "limit that it may grow to (1G)");
    args.Text("--title", "TEXT", &title_, "what the file is about");
    args.Option(
        "--mode", "MODE",
        [this](std::string_view text) -> Status {
          MAPFILE_ASSIGN_OR_RETURN(options_.permissions, ParseMode(text));
          return {};
        },
        "permissions, in octal, whatever the umask (0644)");
    args.Flag("--durable", &options_.durable,
              "keep the last synced version of each record on disk");
    args.Flag("-f,--force", &force_,
              "replace a file that exists, unless a producer is alive in it");
  }

  Status Run(Output& output) override {
    options_.mode = force_ ? Mode::kRecreate : Mode::kCreate;
    options_.size_bytes = size_.value_or(options_.size_bytes);
    options_.max_size_bytes = max_size_.value_or(options_.max_size_bytes);
    options_.title = title_.value_or("");
    auto file = MapFile::Open(file_, options_);
    if (!file) return Fail(Explain(file.error()));
    output.Detail(file_ + ": made, " + text::HumanBytes(file->size_bytes()) +
                  " of at most " + text::HumanBytes(file->max_size_bytes()));
    return file->Close();
  }

 private:
  Error Explain(const Error& error) const {
    if (error.code() != Code::kExists) return error;
    if (!force_) {
      return Error(error.code(), error.message() + "; --force replaces it");
    }
    return Error(error.code(), file_ +
                                   ": is not a map file, and is left "
                                   "alone; remove it first");
  }

  std::string file_;
  std::optional<std::uint64_t> size_;
  std::optional<std::uint64_t> max_size_;
  std::optional<std::string> title_;
  bool force_ = false;
  Options options_;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Create tool;
  return mapfile::tools::Main(tool, argc, argv);
}
