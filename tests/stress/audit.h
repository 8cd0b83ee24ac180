// What is looked at from outside: locks of the dead, the file at the end.
#ifndef MAPFILE_TESTS_STRESS_AUDIT_H_
#define MAPFILE_TESTS_STRESS_AUDIT_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/file/core.h"
#include "mapfile/status.h"

namespace mapfile::stress {

// A new file with a title and a root block for each producer.
[[nodiscard]] Status MakeFile(const std::string& path, std::uint32_t producers);

// Looks at a file without taking part.
class Observer {
 public:
  [[nodiscard]] static Result<Observer> Of(const std::string& path);

  // Whether the process, which is stopped or dead, has a lock of the file.
  bool HoldsLock(pid_t pid) const;

 private:
  explicit Observer(std::shared_ptr<file::Core> core)
      : core_(std::move(core)) {}
  std::shared_ptr<file::Core> core_;
};

struct Findings {
  std::uint64_t next_writer_ms = 0;  // From open to every record written
  std::vector<std::string> faults;   // A sentence for each
  std::uint64_t leaked_blocks = 0;   // Of the heap
};

// All processes are dead: what the next writer finds, and what is left once
// it has removed everything.
[[nodiscard]] Result<Findings> Audit(const std::string& path,
                                     std::uint32_t producers);

}  // namespace mapfile::stress

#endif  // MAPFILE_TESTS_STRESS_AUDIT_H_
