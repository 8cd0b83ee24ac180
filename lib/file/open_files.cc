#include "lib/file/open_files.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace mapfile::file {
namespace {

struct OpenFiles {
  std::mutex mutex;
  std::vector<std::weak_ptr<Core>> cores;
  std::atomic<std::uintptr_t> preferred_address = 0;
};

// Never destroyed: files may be closed by destructors of static objects.
OpenFiles& TheOpenFiles() {
  static auto* const open_files = new OpenFiles;
  return *open_files;
}

}  // namespace

void RememberOpenFile(const std::shared_ptr<Core>& core) {
  OpenFiles& files = TheOpenFiles();
  const std::lock_guard lock(files.mutex);
  std::erase_if(files.cores, [](const auto& weak) { return weak.expired(); });
  files.cores.push_back(core);
}

std::shared_ptr<Core> OpenFileAt(const void* address) {
  OpenFiles& files = TheOpenFiles();
  // Let go of after the mutex: the last owner of a Core closes its file.
  std::vector<std::shared_ptr<Core>> looked_at;
  const std::lock_guard lock(files.mutex);
  for (const auto& weak : files.cores) {
    auto core = weak.lock();
    if (core == nullptr) continue;
    looked_at.push_back(core);
    if (core->Usable() && core->region().OffsetOf(address)) return core;
  }
  return nullptr;
}

void SetPreferredAddress(std::uintptr_t address) {
  TheOpenFiles().preferred_address.store(address, std::memory_order_relaxed);
}

std::uintptr_t PreferredAddress() {
  return TheOpenFiles().preferred_address.load(std::memory_order_relaxed);
}

}  // namespace mapfile::file
