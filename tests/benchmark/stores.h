// What the benchmarks compare: one place for a value that two processes
// share, done in several ways.
#ifndef MAPFILE_TESTS_BENCHMARK_STORES_H_
#define MAPFILE_TESTS_BENCHMARK_STORES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "mapfile/mapfile.h"

namespace mapfile::benchmarks {

using Values = std::vector<double>;

// Where the files are made: /dev/shm, in memory, where it is, else /tmp.
const std::string& Folder();
void SetFolder(std::string folder);

// A file of its own for each benchmark; removed at the end.
class Place {
 public:
  Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Each store: opened in any number of processes by the path, created by the
// first. Put and Get copy all values; false or an exit: it failed.

// The least that any can take: two slots under sequence counts, and memcpy.
class FloorStore {
 public:
  static constexpr const char* kName = "floor";
  FloorStore(const std::string& path, std::size_t count, bool create);
  FloorStore(const FloorStore&) = delete;
  FloorStore& operator=(const FloorStore&) = delete;
  ~FloorStore();
  bool Put(const Values& values);
  bool Get(Values* values);

 private:
  struct Shared;
  std::byte* SlotOf(std::uint64_t version) const;

  Shared* shared_;
  std::size_t value_bytes_;
  std::size_t slot_bytes_;
  std::size_t size_bytes_;
};

// A map file, through a record handle.
class HandleStore {
 public:
  static constexpr const char* kName = "handle";
  HandleStore(const std::string& path, std::size_t count, bool create,
              const std::string& name = "values");
  bool Put(const Values& values) { return record_.Put(values).has_value(); }
  bool Get(Values* values) { return record_.Get(values).has_value(); }

 private:
  MapFile file_;
  Record record_;
};

// A map file, by name.
class NameStore {
 public:
  static constexpr const char* kName = "name";
  NameStore(const std::string& path, std::size_t count, bool create);
  bool Put(const Values& values) {
    return file_.Put("values", values).has_value();
  }
  bool Get(Values* values) { return file_.Get("values", values).has_value(); }

 private:
  MapFile file_;
};

// The peers below only where their headers are installed.

// Boost.Interprocess: managed_mapped_file, a vector under a mutex.
class BoostStore {
 public:
  static constexpr const char* kName = "boost";
  BoostStore(const std::string& path, std::size_t count, bool create);
  ~BoostStore();
  bool Put(const Values& values);
  bool Get(Values* values);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// LMDB: one key, committed without syncs.
class LmdbStore {
 public:
  static constexpr const char* kName = "lmdb";
  LmdbStore(const std::string& path, std::size_t count, bool create);
  ~LmdbStore();
  bool Put(const Values& values);
  bool Get(Values* values);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

bool HaveBoost();
bool HaveLmdb();
// Debian's packages of the peers that this program was built without.
std::vector<std::string> MissingPeers();

// Ends the program with a message: a benchmark that can't go on.
[[noreturn]] void GiveUp(const std::string& why);
MapFile OpenOrGiveUp(const std::string& path, bool create,
                     const Options& options = {});

// Each registers the rows of its file.
void RegisterValues();
void RegisterContended();
void RegisterApart();
void RegisterProducers();
void RegisterTails();
void RegisterSteady();  // Minutes: not part of RegisterAll()
void RegisterObjects();
void RegisterCount();
void RegisterFill();
void RegisterNames();
void RegisterHeap();
void RegisterGrowth();
void RegisterWaiting();
void RegisterTools();
void RegisterAll();

}  // namespace mapfile::benchmarks

#endif  // MAPFILE_TESTS_BENCHMARK_STORES_H_
