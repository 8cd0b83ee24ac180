// mapfile-create: makes an empty map file.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
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

std::optional<mode_t> ModeOf(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_mode & 07777;
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
    const std::uint32_t wanted = options_.permissions;
    const std::optional<mode_t> former = ModeOf(file_);
    options_.permissions |= 0600;  // It is written to before it is done
    auto file = MapFile::Open(file_, options_);
    if (!file) return Fail(Explain(file.error()));
    // What replaces a file has the permissions of that one.
    if (former != options_.permissions &&
        ModeOf(file_) == options_.permissions &&
        ::fchmod(file->fd(), wanted) != 0) {
      return Fail(Code::kIo, file_ + ": " + std::strerror(errno));
    }
    output.Detail(file_ + ": made, " + text::HumanBytes(file->size_bytes()) +
                  " of at most " + text::HumanBytes(file->max_size_bytes()));
    return file->Close();
  }

 private:
  // What would work is advised, and nothing else.
  Error Explain(const Error& error) const {
    if (error.code() == Code::kBusy) {
      const std::string& message = error.message();
      return Error(error.code(),
                   message.substr(0, message.find(", or force the")));
    }
    if (error.code() != Code::kExists) return error;
    const auto file = MapFile::Open(file_);
    if (force_ || IsForeign(file)) {
      return Error(error.code(), file_ +
                                     ": is not a map file, and is left "
                                     "alone; remove it first");
    }
    if (file && IsInUse(*file)) {
      return Error(error.code(),
                   error.message() + ", and a living producer has it open");
    }
    return Error(error.code(), error.message() + "; --force replaces it");
  }

  // A damaged or an empty map file can be replaced.
  bool IsForeign(const Result<MapFile>& file) const {
    struct stat status = {};
    if (file || ::stat(file_.c_str(), &status) != 0) return false;
    if (!S_ISREG(status.st_mode)) return true;
    return file.error().message().find("bad magic") != std::string::npos;
  }

  static bool IsInUse(const MapFile& file) {
    const auto info = file.Info();
    return info &&
           std::any_of(info->producers.begin(), info->producers.end(),
                       [](const Producer& producer) {
                         return producer.state == ProducerState::kAlive ||
                                producer.state == ProducerState::kStalled;
                       });
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
