#include "mapfile/counters.h"

#include <cstring>

#include "lib/base/try.h"
#include "lib/types/memory_type_table.h"

namespace mapfile {
namespace {

// How often others may publish between two looks at the record.
constexpr int kAttempts = 16;

// Where the counts of a CounterSet lie: {offset, count} in its fixed part.
std::uint64_t CountsField() {
  for (const FieldNode& field : TypeOf<CounterSet>().root().cls->fields) {
    if (field.name == "counts") return field.offset;
  }
  return 0;
}

}  // namespace

Result<Counters> Counters::Open(MapFile& file, std::string_view name,
                                const std::vector<std::string>& names,
                                const AddOptions& options) {
  const std::size_t slash = name.rfind('/');
  const CounterSet initial(
      std::string(name.substr(slash == name.npos ? 0 : slash + 1)), names);
  internal::ValueEncoder<CounterSet> encoder(initial);
  MAPFILE_ASSIGN_OR_RETURN(Record record,
                           file.EmplaceRaw(name, encoder, options));
  Counters counters(std::move(record));
  counters.names_ = initial.names();
  MAPFILE_RETURN_IF_ERROR(counters.Attach());
  return counters;
}

// Looks for the counters in the current version.
Status Counters::Attach() {
  MAPFILE_ASSIGN_OR_RETURN(const RawValue raw, GetRaw());
  if (raw.type->text() != TypeOf<CounterSet>().text()) {
    return Fail(Code::kTypeMismatch,
                "it is now stored as\n" + raw.type->text());
  }
  CounterSet set;
  MemoryTypeTable types;  // A CounterSet has no pointers
  MAPFILE_RETURN_IF_ERROR(internal::ValueDecoder<CounterSet>(&set).Decode(
      *raw.type, raw.bytes, types));
  if (set.names() != names_ || !set.Fault().empty()) {
    return Fail(Code::kTypeMismatch, "it has other counters");
  }
  // The decoder has found it inside the bytes.
  std::memcpy(&place_, raw.bytes.data() + CountsField(), sizeof(place_));
  generation_ = raw.version.generation;
  return {};
}

Result<std::uint64_t> Counters::Add(std::size_t counter, std::uint64_t n) {
  if (counter >= names_.size()) {
    return Fail(Code::kInvalidArgument,
                "there are " + std::to_string(names_.size()) + " counters");
  }
  for (int attempt = 1;; ++attempt) {
    auto count =
        CountRaw(generation_, place_ + counter * sizeof(std::uint64_t), n);
    if (count || count.error().code() != Code::kConflict ||
        attempt == kAttempts) {
      return count;
    }
    MAPFILE_RETURN_IF_ERROR(Attach());
  }
}

}  // namespace mapfile
