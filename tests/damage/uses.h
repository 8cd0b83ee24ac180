// Every use of a file, damaged as it may be, in one process.
#ifndef MAPFILE_TESTS_DAMAGE_USES_H_
#define MAPFILE_TESTS_DAMAGE_USES_H_

#include <map>
#include <string>
#include <string_view>

#include "mapfile/status.h"

namespace mapfile::testing {

// A file in memory whose bytes can be changed in a hurry.
class Victim {
 public:
  explicit Victim(const std::string& path);
  Victim(const Victim&) = delete;
  ~Victim();
  const std::string& path() const { return path_; }
  // From now on it has these bytes, and no others.
  void Write(std::string_view bytes) const;
  // Only some of them.
  void Write(std::uint64_t offset, std::string_view bytes) const;
  void Truncate(std::uint64_t size) const;

 private:
  std::string path_;
  int fd_;
};

// The values of all records, as JSON by their names; "error: ..." where a
// record's can't be had. Empty: the file can't be opened or listed. Uses all
// ways to read on the way.
std::map<std::string, std::string> ReadAll(const std::string& path);

// Puts, adds, removes and closes; whatever goes wrong is fine, as long as it
// comes back.
void WriteSome(const std::string& path);

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_DAMAGE_USES_H_
