#include "lib/file/value_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/copy.h"
#include "lib/base/try.h"
#include "lib/text/validate.h"

namespace mapfile::file {
namespace {

// Beyond this a second copy would be a burden; the checksum has to do.
constexpr std::uint64_t kLargestDecoded = std::uint64_t{1} << 32;
// Records between two calls of the progress.
constexpr std::size_t kStep = 64;

struct Copy {
  record::Version version;
  std::shared_ptr<const Type> type;
  std::vector<std::byte> bytes;
};

class ValueCheck {
 public:
  ValueCheck(const Subject& subject, record::Table& table, CheckReport& report)
      : table_(table),
        types_(table),
        report_(report),
        verify_(subject.IsSignedHere() ? record::Verify::kIfChecked
                                       : record::Verify::kRequired) {}

  void Run(record::RecordId id);

 private:
  void CheckOne(record::RecordId id, const record::Summary& summary,
                Generation generation);
  void Add(Part part, std::uint64_t offset, const std::string& name,
           std::string message) {
    report_.findings.push_back({part, offset, name, std::move(message)});
  }

  record::Table& table_;
  record::FileTypeTable types_;
  CheckReport& report_;
  const record::Verify verify_;
};

void ValueCheck::Run(record::RecordId id) {
  auto summary = table_.Info(id);
  if (!summary) {
    const Code code = summary.error().code();
    if (code == Code::kNotFound) return;
    if (code == Code::kBusy) {
      report_.remarks.push_back("the record at offset " +
                                std::to_string(id.offset) +
                                " changed each time it was looked at");
      return;
    }
    // The structure's findings may have said it already.
    const bool is_known = std::any_of(
        report_.findings.begin(), report_.findings.end(),
        [&](const Finding& found) {
          return found.offset >= id.offset &&
                 found.offset < id.offset + sizeof(format::RecordHeader);
        });
    if (!is_known) {
      Add(Part::kRecord, id.offset, {}, summary.error().message());
    }
    return;
  }
  for (const Generation generation : table_.Generations(id)) {
    CheckOne(id, *summary, generation);
  }
}

void ValueCheck::CheckOne(record::RecordId id, const record::Summary& summary,
                          Generation generation) {
  const std::string& name = summary.name;
  record::Version version;
  // Until it is known better.
  version.offset = generation == summary.version.generation
                       ? summary.version.offset
                       : id.offset;
  const Status good =
      CheckVersion(table_, types_, id, {generation, verify_}, &version);
  if (good) {
    ++report_.versions;
    if ((version.flags & format::kChecked) == 0) ++report_.unchecked;
    return;
  }
  const Code code = good.error().code();
  if (code == Code::kNotFound) return;  // Overwritten meanwhile
  if (code == Code::kBusy || code == Code::kInvalidArgument) {
    report_.remarks.push_back("\"" + name + "\": generation " +
                              std::to_string(generation) + ": " +
                              good.error().message());
    return;
  }
  Add(Part::kValue, version.offset, name,
      "generation " + std::to_string(generation) + ": " +
          good.error().message());
}

}  // namespace

Status CheckVersion(const record::Table& table, record::FileTypeTable& types,
                    record::RecordId id, const record::ReadOptions& options,
                    record::Version* version) {
  Copy copy;
  MAPFILE_RETURN_IF_ERROR(
      table.Read(id, options, [&](const record::VersionView& view) -> Status {
        *version = copy.version = view;
        MAPFILE_ASSIGN_OR_RETURN(copy.type, types.TypeOf(view.type_id));
        if (view.size > kLargestDecoded) return {};
        copy.bytes.resize(view.size);
        CopyShared(copy.bytes.data(), view.bytes.data(), view.bytes.size());
        return {};
      }));
  if (copy.version.size > kLargestDecoded) return {};
  return text::Validate(*copy.type, copy.bytes, types);
}

Status CheckValues(const Subject& subject, const CheckOptions& options,
                   CheckReport& report) {
  MAPFILE_ASSIGN_OR_RETURN(const auto table,
                           record::Table::Attach(*subject.image, nullptr));
  const auto ids = table->List();
  if (!ids) return {};  // The structure's findings say why
  ValueCheck check(subject, *table, report);
  for (std::size_t i = 0; i < ids->size(); ++i) {
    check.Run((*ids)[i]);
    if (options.progress && i % kStep == 0) {
      options.progress({"values", i, ids->size()});
    }
  }
  return {};
}

}  // namespace mapfile::file
