#include "lib/record/table.h"

#include <string>

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/record/names.h"
#include "lib/record/wait.h"

namespace mapfile::record {

Status NoName(std::size_t size) {
  return Fail(Code::kInvalidArgument, "a record's name has 1 to " +
                                          std::to_string(format::kMaxNameSize) +
                                          " bytes, not " +
                                          std::to_string(size));
}

Status Table::Format(Region& region) {
  MAPFILE_ASSIGN_OR_RETURN(const Space space, Space::Of(region, nullptr));
  *space.control = format::RecordControl{};
  return Index(space).Format();
}

Result<std::unique_ptr<Table>> Table::Attach(Region& region, Host* host) {
  MAPFILE_ASSIGN_OR_RETURN(const Space space, Space::Of(region, host));
  return std::unique_ptr<Table>(new Table(space));
}

Result<RecordId> Table::Find(std::string_view name) const {
  MAPFILE_RETURN_IF_ERROR(CheckName(name));
  return index_.Find(name);
}

Result<std::vector<RecordId>> Table::List() const {
  MAPFILE_ASSIGN_OR_RETURN(std::vector<Born> born, index_.List());
  SortByBirth(born);
  std::vector<RecordId> sorted;
  sorted.reserve(born.size());
  for (const Born& b : born) {
    // A hostile index may name a record more than once.
    if (sorted.empty() || !(sorted.back() == b.id)) sorted.push_back(b.id);
  }
  return sorted;
}

std::uint64_t Table::live() const { return LoadRelaxed(space_.control->live); }

std::uint64_t Table::Probes(std::string_view name) const {
  return index_.Probes(name);
}

Result<const std::uint32_t*> Table::WaitWord(RecordId id) const {
  MAPFILE_ASSIGN_OR_RETURN(const Block block, Resolve(space_, id));
  // The low half comes first: the format is little-endian.
  return reinterpret_cast<const std::uint32_t*>(&block.header->published);
}

const std::uint32_t* Table::FileWaitWord() const {
  return reinterpret_cast<const std::uint32_t*>(&space_.header->activity);
}

std::uint32_t* Table::NotifyWord(RecordId id) const {
  return &space_.notify[NotifyIndex(RecordIndex(id.offset))];
}

std::uint32_t* Table::FileNotifyWord() const { return &space_.notify[0]; }

}  // namespace mapfile::record
