#include "tests/benchmark/stores.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace mapfile::benchmarks {
namespace {

constexpr std::size_t kLine = 64;

std::size_t RoundUp(std::size_t size) {
  return (size + kLine - 1) / kLine * kLine;
}

std::string& CurrentFolder() {
  static std::string folder =
      access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  return folder;
}

}  // namespace

const std::string& Folder() { return CurrentFolder(); }

void SetFolder(std::string folder) { CurrentFolder() = std::move(folder); }

void GiveUp(const std::string& why) {
  std::fprintf(stderr, "benchmark: %s\n", why.c_str());
  std::exit(1);
}

MapFile OpenOrGiveUp(const std::string& path, bool create,
                     const Options& options) {
  Options with_mode = options;
  with_mode.mode = create ? Mode::kRecreate : Mode::kUpdate;
  auto file = MapFile::Open(path, with_mode);
  if (!file) GiveUp(file.error().message());
  return *std::move(file);
}

Place::Place() {
  static int count = 0;
  path_ = Folder() + "/mapfile-benchmark-" + std::to_string(getpid()) + "-" +
          std::to_string(++count);
}

Place::~Place() {
  for (const char* suffix : {"", "-lock"}) unlink((path_ + suffix).c_str());
}

// The word that says which version is current, alone in its line, before two
// slots: a sequence count in a line of its own, and the values.
struct FloorStore::Shared {
  alignas(kLine) std::atomic<std::uint64_t> current;
};

FloorStore::FloorStore(const std::string& path, std::size_t count, bool create)
    : value_bytes_(count * sizeof(double)),
      slot_bytes_(kLine + RoundUp(value_bytes_)),
      size_bytes_(sizeof(Shared) + 2 * slot_bytes_) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT, 0600);
  if (fd < 0 ||
      (create && ftruncate(fd, static_cast<off_t>(size_bytes_)) != 0)) {
    GiveUp("can't make " + path);
  }
  void* const mapped = mmap(nullptr, size_bytes_, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_POPULATE, fd, 0);
  if (mapped == MAP_FAILED) GiveUp("can't map " + path);
  close(fd);
  shared_ = static_cast<Shared*>(mapped);
}

FloorStore::~FloorStore() { munmap(shared_, size_bytes_); }

std::byte* FloorStore::SlotOf(std::uint64_t version) const {
  return reinterpret_cast<std::byte*>(shared_ + 1) +
         (version % 2) * slot_bytes_;
}

bool FloorStore::Put(const Values& values) {
  const std::uint64_t version =
      shared_->current.load(std::memory_order_relaxed) + 1;
  std::byte* const slot = SlotOf(version);
  auto& sequence = *reinterpret_cast<std::atomic<std::uint64_t>*>(slot);
  sequence.store(2 * version - 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  std::memcpy(slot + kLine, values.data(), value_bytes_);
  sequence.store(2 * version, std::memory_order_release);
  shared_->current.store(version, std::memory_order_release);
  return true;
}

bool FloorStore::Get(Values* values) {
  for (;;) {
    const std::uint64_t version =
        shared_->current.load(std::memory_order_acquire);
    const std::byte* const slot = SlotOf(version);
    const auto& sequence =
        *reinterpret_cast<const std::atomic<std::uint64_t>*>(slot);
    if (sequence.load(std::memory_order_acquire) != 2 * version) continue;
    std::memcpy(values->data(), slot + kLine, value_bytes_);
    std::atomic_thread_fence(std::memory_order_acquire);
    if (sequence.load(std::memory_order_relaxed) == 2 * version) return true;
  }
}

namespace {

// The record as every process gets it: the first one stores it.
Record ValuesOf(MapFile& file, std::size_t count, const std::string& name) {
  auto record = file.Find(name);
  if (!record) {
    auto put = file.Put(name, Values(count));
    if (!put) GiveUp(put.error().message());
    record = file.Find(name);
  }
  if (!record) GiveUp(record.error().message());
  return *std::move(record);
}

}  // namespace

HandleStore::HandleStore(const std::string& path, std::size_t count,
                         bool create, const std::string& name)
    : file_(OpenOrGiveUp(path, create)),
      record_(ValuesOf(file_, count, name)) {}

NameStore::NameStore(const std::string& path, std::size_t count, bool create)
    : file_(OpenOrGiveUp(path, create)) {
  ValuesOf(file_, count, "values");
}

std::vector<std::string> MissingPeers() {
  std::vector<std::string> missing;
  if (!HaveBoost()) missing.push_back("libboost-dev");
  if (!HaveLmdb()) missing.push_back("liblmdb-dev");
  return missing;
}

void RegisterAll() {
  RegisterValues();
  RegisterContended();
  RegisterApart();
  RegisterProducers();
  RegisterTails();
  RegisterObjects();
  RegisterCount();
  RegisterFill();
  RegisterNames();
  RegisterHeap();
  RegisterGrowth();
  RegisterWaiting();
  RegisterTools();
}

}  // namespace mapfile::benchmarks
