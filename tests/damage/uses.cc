#include "tests/damage/uses.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/text.h"

namespace mapfile::testing {

Victim::Victim(const std::string& path)
    : path_(path), fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (fd_ < 0) std::abort();
}

Victim::~Victim() { close(fd_); }

void Victim::Write(std::string_view bytes) const {
  Write(0, bytes);
  Truncate(bytes.size());
}

void Victim::Write(std::uint64_t offset, std::string_view bytes) const {
  const ssize_t count =
      pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
  if (count != static_cast<ssize_t>(bytes.size())) std::abort();
}

void Victim::Truncate(std::uint64_t size) const {
  if (ftruncate(fd_, static_cast<off_t>(size)) != 0) std::abort();
}

std::map<std::string, std::string> ReadAll(const std::string& path) {
  std::map<std::string, std::string> values;
  const auto file = MapFile::Open(path);
  if (!file) return values;
  (void)file->Info();
  (void)file->title();
  (void)file->Browse("folder");
  (void)file->heap().Stats();
  (void)file->GetRaw("no such record");
  (void)file->WaitFor("note", 0, std::chrono::nanoseconds(0));
  const auto records = file->List();
  if (!records) return values;
  for (const RecordInfo& info : *records) {
    const auto value = file->GetRaw("/" + info.name);
    std::string& text = values[info.name];
    if (!value) {
      text = "error: " + value.error().message();
      continue;
    }
    (void)Print(*file, *value, {});
    (void)Summary(*file, *value, {});
    const auto json = ToJson(*file, *value);
    text = json ? *json : "error: " + json.error().message();
  }
  return values;
}

void WriteSome(const std::string& path) {
  auto file = MapFile::Open(
      path,
      {.mode = Mode::kUpdate, .lock_timeout = std::chrono::milliseconds(20)});
  if (!file) return;
  (void)file->Put("note", std::string("another note, of another length"));
  (void)file->Put("counts", std::vector<double>(100, 1.5));
  (void)file->Put("fresh", std::string("new"));
  (void)file->Remove("state");
  (void)file->Put("state", 3.5);
  (void)file->SetTitle("another title");
  (void)file->heap().Malloc(100);
  (void)file->Remove("fresh");
  (void)file->Sync();
  (void)file->Close();
}

}  // namespace mapfile::testing
