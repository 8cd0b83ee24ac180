#include "tools/common/object_csv.h"

#include "lib/base/try.h"
#include "tools/common/csv_objects.h"

namespace mapfile::tools {
namespace {

template <class T>
Result<std::string> Write(const RawValue& value, TypeTable& types) {
  T object;
  internal::ValueDecoder<T> decoder(&object);
  MAPFILE_RETURN_IF_ERROR(decoder.Decode(*value.type, value.bytes, types));
  const std::string fault = object.Fault();
  if (fault.empty()) return WriteCsv(object);
  return Fail(Code::kInvalidArgument, "it contradicts itself: " + fault);
}

template <class T>
T Former(const CsvTarget& target, TypeTable& types) {
  T object;
  if constexpr (std::is_same_v<T, TimeSeries>) {
    object = T(target.record, 0);
  } else {
    object = T(target.record);
  }
  if (!target.former || target.former->type->name() != target.class_name) {
    return object;
  }
  T former;
  internal::ValueDecoder<T> decoder(&former);
  const RawValue& value = *target.former;
  const bool is_sound =
      decoder.Decode(*value.type, value.bytes, types).has_value() &&
      former.Fault().empty();
  return is_sound ? former : object;
}

template <class T>
Result<PortableValue> Read(const CsvTable& table, const CsvTarget& target,
                           TypeTable& types) {
  T object = Former<T>(target, types);
  MAPFILE_RETURN_IF_ERROR(ReadCsv(table, &object));
  internal::ValueEncoder<T> encoder(object);
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size, encoder.Size(types));
  PortableValue value{{std::shared_ptr<const Type>(), &encoder.type()},
                      std::vector<std::byte>(size)};
  MAPFILE_RETURN_IF_ERROR(encoder.Encode(value.bytes, types));
  return value;
}

constexpr struct {
  std::string_view class_name;
  Result<std::string> (*write)(const RawValue& value, TypeTable& types);
  Result<PortableValue> (*read)(const CsvTable& table, const CsvTarget& target,
                                TypeTable& types);
} kClasses[] = {
    {"CounterSet", Write<CounterSet>, Read<CounterSet>},
    {"Efficiency", Write<Efficiency>, Read<Efficiency>},
    {"Graph", Write<Graph>, Read<Graph>},
    {"Histogram1D", Write<Histogram1D>, Read<Histogram1D>},
    {"Histogram2D", Write<Histogram2D>, Read<Histogram2D>},
    {"Histogram3D", Write<Histogram3D>, Read<Histogram3D>},
    {"Profile1D", Write<Profile1D>, Read<Profile1D>},
    {"Profile2D", Write<Profile2D>, Read<Profile2D>},
    {"TimeSeries", Write<TimeSeries>, Read<TimeSeries>},
};

tl::unexpected<Error> HasNoCsv(const std::string& class_name) {
  return Fail(Code::kTypeMismatch,
              class_name + " has no CSV; use --json, or --raw");
}

}  // namespace

Result<std::string> ToCsv(const MapFile& file, const RawValue& value) {
  for (const auto& known : kClasses) {
    if (known.class_name == value.type->name()) {
      return known.write(value, file.types());
    }
  }
  return HasNoCsv(value.type->name());
}

Result<PortableValue> FromCsv(const MapFile& file, const CsvTarget& target,
                              std::string_view csv) {
  for (const auto& known : kClasses) {
    if (known.class_name != target.class_name) continue;
    MAPFILE_ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse(csv));
    return known.read(table, target, file.types());
  }
  return HasNoCsv(target.class_name);
}

}  // namespace mapfile::tools
