#include "tools/common/changes.h"

#include <algorithm>
#include <utility>

#include "lib/base/try.h"

namespace mapfile::tools {

const char* ChangeName(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::kPresent: return "present";
    case Change::Kind::kAdded: return "added";
    case Change::Kind::kUpdated: return "updated";
    case Change::Kind::kRemoved: return "removed";
  }
  return "unknown";
}

Result<std::vector<Change>> Changes::Look() {
  MAPFILE_ASSIGN_OR_RETURN(const auto found, selection_.Find(file_));
  std::vector<Change> changes;
  std::unordered_map<std::string, Generation> now;
  for (const RecordInfo& record : found.records) {
    const Generation generation = record.version.generation;
    now.emplace(record.name, generation);
    const auto before = seen_.find(record.name);
    if (before == seen_.end()) {
      changes.push_back(
          {looked_ ? Change::Kind::kAdded : Change::Kind::kPresent, record.name,
           generation});
    } else if (before->second != generation) {
      changes.push_back({Change::Kind::kUpdated, record.name, generation});
    }
  }
  for (const auto& [name, generation] : seen_) {
    if (!now.contains(name)) {
      changes.push_back({Change::Kind::kRemoved, name, generation});
    }
  }
  seen_ = std::move(now);
  looked_ = true;
  return changes;
}

void Changes::Saw(const std::string& name, Generation generation) {
  const auto seen = seen_.find(name);
  if (seen != seen_.end()) seen->second = generation;
}

Status Changes::Sleep(std::chrono::nanoseconds timeout) {
  // A single record has a wait word of its own: others don't wake its
  // watchers.
  if (selection_.is_exact() && seen_.size() == 1 &&
      selection_.IsOnly(seen_.begin()->first)) {
    const auto& [name, generation] = *seen_.begin();
    const auto woken = file_.WaitFor(name, generation, timeout);
    if (woken || woken.error().code() == Code::kTimeout) return {};
    return Fail(woken.error());
  }
  const auto woken = file_.WaitForActivity(activity_, timeout);
  if (woken) {
    activity_ = *woken;
    return {};
  }
  if (woken.error().code() == Code::kTimeout) return {};
  return Fail(woken.error());
}

}  // namespace mapfile::tools
