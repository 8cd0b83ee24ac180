#include "lib/file/load.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "lib/base/copy.h"
#include "lib/base/try.h"
#include "lib/file/names.h"
#include "lib/file/producers.h"

namespace mapfile::file {
namespace {

Result<Record> ToRecord(Core& core, record::RecordId id) {
  MAPFILE_ASSIGN_OR_RETURN(record::Summary summary, core.table().Info(id));
  return core.MakeRecord(std::move(summary.name), id);
}

// The first record of `ids` that is still there.
template <class Iterator>
Result<Record> FirstOf(Core& core, Iterator begin, Iterator end) {
  for (; begin != end; ++begin) {
    auto record = ToRecord(core, *begin);
    if (record || record.error().code() != Code::kNotFound) return record;
  }
  return Fail(Code::kNotFound, "there is no record");
}

}  // namespace

// Flattened: all that each call goes through, in one piece.
[[gnu::flatten]] Status Load(Core& core, record::RecordId id, Decoder& decoder,
                             VersionInfo* seen, Generation generation) {
  record::Version version;
  MAPFILE_RETURN_IF_ERROR(core.table().Read(
      id, {generation, core.verify()},
      [&](const record::VersionView& view) -> Status {
        if (seen != nullptr) version = view;
        MAPFILE_ASSIGN_OR_RETURN(const Type* const type,
                                 core.types().Borrow(view.type_id));
        return decoder.Decode(*type, view.bytes, core.types());
      }));
  if (seen != nullptr) *seen = DescribeVersion(version);
  return {};
}

Result<RawValue> LoadRaw(Core& core, record::RecordId id,
                         Generation generation) {
  RawValue value;
  record::Version version;
  MAPFILE_RETURN_IF_ERROR(core.table().Read(
      id, {generation, core.verify()},
      [&](const record::VersionView& view) -> Status {
        version = view;
        MAPFILE_ASSIGN_OR_RETURN(value.type, core.types().TypeOf(view.type_id));
        value.bytes.resize(view.bytes.size());
        CopyShared(value.bytes.data(), view.bytes.data(), view.bytes.size());
        return {};
      }));
  value.version = DescribeVersion(version);
  return value;
}

Result<record::RecordId> FindNamed(Core& core, std::string_view& name,
                                   std::string& storage) {
  if (!core.has_directory()) [[likely]] {
    // The names that this library stores are whole, and another is found by
    // exactly its bytes: what is found needs no look at how it is spelt.
    auto id = core.table().Find(name);
    if (id || IsWhole(name)) return id;
  }
  MAPFILE_ASSIGN_OR_RETURN(name, ResolveName(core.directory(), name, storage));
  return core.table().Find(name);
}

Result<record::RecordId> FindId(Core& core, std::string_view name) {
  std::string storage;
  return FindNamed(core, name, storage);
}

Result<Record> Find(Core& core, std::string_view name) {
  std::string storage;
  MAPFILE_ASSIGN_OR_RETURN(const record::RecordId id,
                           FindNamed(core, name, storage));
  return core.MakeRecord(std::string(name), id);
}

Result<std::vector<Record>> Records(Core& core) {
  MAPFILE_ASSIGN_OR_RETURN(const auto ids, core.table().List());
  std::vector<Record> records;
  records.reserve(ids.size());
  for (const record::RecordId id : ids) {
    auto record = ToRecord(core, id);
    if (record) {
      records.push_back(*std::move(record));
    } else if (record.error().code() != Code::kNotFound) {
      return Fail(std::move(record).error());
    }
  }
  return records;
}

Result<Record> First(Core& core) {
  MAPFILE_ASSIGN_OR_RETURN(const auto ids, core.table().List());
  return FirstOf(core, ids.begin(), ids.end());
}

Result<Record> Last(Core& core) {
  MAPFILE_ASSIGN_OR_RETURN(const auto ids, core.table().List());
  return FirstOf(core, ids.rbegin(), ids.rend());
}

Result<Record> Next(Core& core, record::RecordId id) {
  MAPFILE_ASSIGN_OR_RETURN(const auto ids, core.table().List());
  const auto self = std::find(ids.begin(), ids.end(), id);
  if (self == ids.end()) {
    return Fail(Code::kNotFound, "the record was removed");
  }
  return FirstOf(core, self + 1, ids.end());
}

Status CheckType(Core& core, record::RecordId id, const Type& wanted) {
  std::shared_ptr<const Type> stored;
  MAPFILE_RETURN_IF_ERROR(core.table().Read(
      id, {0, core.verify()}, [&](const record::VersionView& view) -> Status {
        MAPFILE_ASSIGN_OR_RETURN(stored, core.types().TypeOf(view.type_id));
        return {};
      }));
  if (stored->text() == wanted.text()) return {};
  return Fail(Code::kTypeMismatch, "it is stored as\n" + stored->text() +
                                       "\nand asked for in place as\n" +
                                       wanted.text());
}

VersionInfo DescribeVersion(const record::Version& version) {
  return {.generation = version.generation,
          .size_bytes = version.size,
          .wall_ns = version.wall_ns,
          .age_ns = AgeOf(version)};
}

}  // namespace mapfile::file
