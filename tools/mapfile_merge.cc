// mapfile-merge: adds up the objects of several map files.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "mapfile/mapfile.h"
#include "tools/common/merge.h"
#include "tools/common/tool.h"

namespace mapfile::tools {
namespace {

// A map file beside `path` that takes its name once it is complete, and is
// gone else.
class Draft {
 public:
  explicit Draft(const std::string& path) : path_(path) {
    const std::filesystem::path target(path);
    draft_ =
        (target.parent_path() / ("." + target.filename().string() + ".merging"))
            .string();
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (is_there_) ::unlink(draft_.c_str());
  }

  Result<MapFile> Create(std::uint64_t max_size_bytes) {
    // One that a kill left is replaced; who else is at work here is Busy.
    // Nobody else reads what is in the making.
    auto file = MapFile::Open(draft_, {.mode = Mode::kRecreate,
                                       .max_size_bytes = max_size_bytes,
                                       .permissions = 0600});
    is_there_ = file.has_value();
    return file;
  }

  Status Publish() const {
    if (::link(draft_.c_str(), path_.c_str()) == 0) return {};
    return Fail(errno == EEXIST ? Code::kExists : Code::kIo,
                path_ + ": " + std::strerror(errno));
  }

 private:
  const std::string path_;
  std::string draft_;
  bool is_there_ = false;
};

class MergeTool : public Tool {
 public:
  std::string name() const override { return "mapfile-merge"; }
  std::string summary() const override {
    return "Makes a map file with the sums of the histograms, counters and "
           "the like that have the same name in several map files.";
  }

  void Define(Arguments& args) override {
    args.Positional("OUT", &out_, "the map file to make");
    args.List("IN", &inputs_, "map files to add up");
    args.Choice("--others", "WHAT", {"refuse", "first", "last"}, &others_,
                "what is taken of objects in several files that have no sum "
                "(refuse)");
    args.Flag("-k,--keep-going", &keep_going_,
              "make OUT although some could not be merged; each is as it was "
              "before the file that is named");
    args.Remark("Exit status 5, and no OUT, if something can't be merged.");
  }

  Status Run(Output& output) override {
    if (inputs_.empty()) {
      return Fail(Code::kInvalidArgument, "say which files to add up");
    }
    if (out_.empty()) {
      return Fail(Code::kInvalidArgument, "OUT: the name of a file is empty");
    }
    // Sooner than after all the work.
    if (std::filesystem::exists(out_)) {
      return Fail(Code::kExists, out_ + ": there is such a file already");
    }
    MAPFILE_ASSIGN_OR_RETURN(const auto files, OpenAll());
    Draft draft(out_);
    MAPFILE_ASSIGN_OR_RETURN(MapFile sum, draft.Create(MostBytes(files)));
    Merge merge(sum, OthersOf());
    for (const MapFile& file : files) {
      MAPFILE_RETURN_IF_ERROR(merge.Take(file));
    }
    for (const Error& fault : merge.faults()) {
      // What can't be merged is a conflict, whatever was wrong with it.
      output.Complain(Error(Code::kConflict, fault.message()));
    }
    if (!merge.faults().empty() && !keep_going_) {
      return Fail(Code::kConflict,
                  out_ + ": not made; --keep-going makes it all the same");
    }
    if (::fchmod(sum.fd(), ModeOf(files)) != 0) {
      return Fail(Code::kIo, out_ + ": " + std::strerror(errno));
    }
    MAPFILE_RETURN_IF_ERROR(sum.Close());
    MAPFILE_RETURN_IF_ERROR(draft.Publish());
    output.Detail(fmt::format("{}: {}, {}", out_,
                              text::Counted(files.size(), "file"),
                              text::Counted(merge.added_up(), "addition")));
    return {};
  }

 private:
  Result<std::vector<MapFile>> OpenAll() const {
    std::vector<MapFile> files;
    for (const std::string& path : inputs_) {
      MAPFILE_ASSIGN_OR_RETURN(MapFile file, MapFile::Open(path));
      files.push_back(std::move(file));
    }
    return files;
  }

  // What each could grow to; sums are hardly larger.
  static std::uint64_t MostBytes(const std::vector<MapFile>& files) {
    std::uint64_t most = kDefaultMaxSize;
    for (const MapFile& file : files) {
      most = std::max(most, file.max_size_bytes());
    }
    return most;
  }

  // Who may not read one of the files shall not read the sum.
  static mode_t ModeOf(const std::vector<MapFile>& files) {
    mode_t mode = 0777;
    for (const MapFile& file : files) {
      struct stat status = {};
      mode &= ::fstat(file.fd(), &status) == 0 ? status.st_mode : 0600;
    }
    return mode;
  }

  Others OthersOf() const {
    if (others_ == "first") return Others::kFirst;
    return others_ == "last" ? Others::kLast : Others::kRefuse;
  }

  std::string out_;
  std::vector<std::string> inputs_;
  std::string others_ = "refuse";
  bool keep_going_ = false;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::MergeTool tool;
  return mapfile::tools::Main(tool, argc, argv);
}
