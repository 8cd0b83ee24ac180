#include "tools/common/merge.h"

#include <chrono>
#include <string>
#include <string_view>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"

namespace mapfile::tools {
namespace {

template <class T>
Status AddUp(MapFile& sum, const MapFile& file, const std::string& name) {
  MAPFILE_ASSIGN_OR_RETURN(T total, sum.Get<T>(name));
  MAPFILE_ASSIGN_OR_RETURN(const T value, file.Get<T>(name));
  MAPFILE_RETURN_IF_ERROR(total.Merge(value));
  MAPFILE_ASSIGN_OR_RETURN(const Generation stored, sum.Put(name, total));
  (void)stored;
  return {};
}

constexpr struct {
  std::string_view class_name;
  Status (*add)(MapFile& sum, const MapFile& file, const std::string& name);
} kSums[] = {
    {"CounterSet", AddUp<CounterSet>},
    {"Efficiency", AddUp<Efficiency>},
    {"Graph", AddUp<Graph>},
    {"Histogram1D", AddUp<Histogram1D>},
    {"Histogram2D", AddUp<Histogram2D>},
    {"Histogram3D", AddUp<Histogram3D>},
    {"Profile1D", AddUp<Profile1D>},
    {"Profile2D", AddUp<Profile2D>},
    {"TimeSeries", AddUp<TimeSeries>},
};

// Faults of one object, where others may be well; the rest ends it all.
bool IsOfObject(Code code) {
  return code == Code::kInvalidArgument || code == Code::kTypeMismatch ||
         code == Code::kCorrupt || code == Code::kConflict;
}

AddOptions PropertiesOf(const RecordInfo& info) {
  return {
      .slots = info.slots,
      .title = info.title,
      .period = std::chrono::milliseconds(info.period_ms),
      .unit = info.unit,
      .description = info.description,
  };
}

}  // namespace

Status Merge::Take(const MapFile& file) {
  MAPFILE_ASSIGN_OR_RETURN(const auto records, file.List());
  for (const RecordInfo& info : records) {
    const Status taken = TakeRecord(file, info);
    if (taken) continue;
    const Code code = taken.error().code();
    if (!IsOfObject(code)) return taken;
    // Get() has named the file, and the record.
    const bool is_named = taken.error().message().starts_with(file.path());
    faults_.push_back(
        is_named ? taken.error()
                 : taken.error().In(text::Quote(info.name)).In(file.path()));
  }
  return {};
}

Status Merge::Copy(const MapFile& file, const RecordInfo& info) {
  MAPFILE_ASSIGN_OR_RETURN(const RawValue value, file.GetRaw(info.name));
  MAPFILE_ASSIGN_OR_RETURN(const Generation stored,
                           sum_.PutRaw(info.name, *value.type, value.bytes,
                                       {.add = PropertiesOf(info)}));
  (void)stored;
  return {};
}

Status Merge::TakeRecord(const MapFile& file, const RecordInfo& info) {
  const auto former = sum_.Find(info.name);
  if (!former) return Copy(file, info);
  MAPFILE_ASSIGN_OR_RETURN(const RecordInfo there, former->Info());
  for (const auto& [class_name, add] : kSums) {
    if (info.class_name != class_name || there.class_name != class_name) {
      continue;
    }
    MAPFILE_RETURN_IF_ERROR(add(sum_, file, info.name));
    ++added_up_;
    return {};
  }
  if (info.class_name != there.class_name) {
    return Fail(Code::kConflict, "it is of class " + info.class_name +
                                     ", in a file before of " +
                                     there.class_name);
  }
  switch (others_) {
    case Others::kFirst: return {};
    case Others::kLast: return Copy(file, info);
    case Others::kRefuse: break;
  }
  return Fail(Code::kConflict,
              "a value of class " + info.class_name +
                  " has no sum; --others first or last takes one of them");
}

}  // namespace mapfile::tools
