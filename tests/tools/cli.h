// Running the tools as a shell would, for tests.
#ifndef MAPFILE_TESTS_TOOLS_CLI_H_
#define MAPFILE_TESTS_TOOLS_CLI_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mapfile::tools {

struct Outcome {
  int status = -1;  // Exit status; 128 + signal if it was killed
  std::string out;
  std::string err;
};

struct RunOptions {
  std::string in;          // Standard input
  std::string out_path;    // Standard output goes there instead
  bool close_out = false;  // Standard output is closed
  bool close_err = false;  // Standard error is closed
  bool as_nobody = false;  // Without root's rights
  // Over the usual environment: PATH, LC_ALL=C.UTF-8, nothing else.
  std::map<std::string, std::string> environment = {};
};

// Runs "mapfile-" + words[0] with the rest as its arguments, to its end.
Outcome Run(const std::vector<std::string>& words,
            const RunOptions& options = {});

// The same on a terminal of so many columns: its input is what is typed, its
// output is what standard output and error show there.
std::string RunOnTerminal(const std::vector<std::string>& words, int columns,
                          const std::string& typed = "",
                          const RunOptions& options = {});

// A tool that runs beside the test; killed when it goes out of scope.
class Background {
 public:
  explicit Background(const std::vector<std::string>& words,
                      const RunOptions& options = {});
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();

  pid_t pid() const { return pid_; }
  // Standard output (or error) up to and with the next newline; what there
  // is after 10 s without one.
  std::string ReadLine();
  std::string ReadErrorLine();
  void Signal(int signal);
  // Stops reading standard output, as `head` does when it has enough.
  void CloseOutput();
  // Waits for its end, 10 s at most (status -1 then).
  Outcome Wait();

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
};

// A directory of its own, removed with all in it.
class TempDir {
 public:
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();
  std::string operator/(std::string_view name) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The path of a tool's program.
std::string ToolPath(const std::string& tool);

std::string ReadAll(const std::string& path);
void WriteAll(const std::string& path, std::string_view data);

// The lines of `text`, without their newlines.
std::vector<std::string> LinesOf(std::string_view text);

}  // namespace mapfile::tools

#endif  // MAPFILE_TESTS_TOOLS_CLI_H_
