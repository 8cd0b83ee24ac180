#include "mapfile/text.h"

#include <fmt/format.h>

#include <utility>

#include "lib/base/try.h"
#include "lib/text/content.h"
#include "lib/text/human.h"
#include "lib/text/json.h"
#include "lib/text/print.h"
#include "lib/text/table.h"
#include "lib/text/utf8.h"

namespace mapfile {
namespace {

text::PrintOptions ToPrintOptions(const TextOptions& options) {
  return {.width = options.width,
          .color = options.color,
          .unicode = options.unicode,
          .max_elements = options.max_elements,
          .height = options.height,
          .errors = options.errors,
          .log = options.log,
          .vertical = options.vertical,
          .all_statistics = options.all_statistics};
}

text::TableOptions ToTableOptions(const TextOptions& options) {
  return {.width = options.width,
          .unicode = options.unicode,
          .color = options.color};
}

std::vector<text::NamedBytes> BytesOf(const std::vector<NamedValue>& values) {
  std::vector<text::NamedBytes> objects;
  for (const auto& [name, value] : values) {
    objects.push_back({name, value.type.get(), value.bytes});
  }
  return objects;
}

std::string ProducerLine(const Producer& producer) {
  const std::string command =
      producer.command.empty() ? "a process" : producer.command;
  return fmt::format("{}, pid {}, {}", command, producer.pid,
                     text::Counted(producer.updates, "update"));
}

// Label and value, one below the other.
class Fields {
 public:
  void Add(const char* label, std::string value) {
    table_.AddRow({{label}, {std::move(value)}});
  }
  std::string Format(const TextOptions& options) const {
    text::TableOptions table_options = ToTableOptions(options);
    table_options.header = false;
    return table_.Format(table_options);
  }

 private:
  text::Table table_{{{.title = "field"},
                      {.title = "value", .shrinks = true, .min_width = 8}}};
};

void AddUse(const FileInfo& info, Fields& fields) {
  const HeapStats& heap = info.heap;
  fields.Add("size",
             fmt::format("{} of at most {}", text::HumanBytes(info.size_bytes),
                         text::HumanBytes(info.max_size_bytes)));
  fields.Add("heap",
             fmt::format("{} in {}, {} free", text::HumanBytes(heap.used_bytes),
                         text::Counted(heap.used_blocks, "block"),
                         text::HumanBytes(heap.free_bytes)));
  fields.Add("records", fmt::format("{}", info.records));
  fields.Add("updates", fmt::format("{}", info.updates));
  fields.Add("structure",
             fmt::format("generation {}", info.structure_generation));
}

std::string ModeLine(const FileInfo& info) {
  std::string line = info.option;
  line += info.writable ? ", writable" : ", read only";
  if (info.durable) line += ", durable";
  return line;
}

void AddProducers(const FileInfo& info, Fields& fields) {
  if (info.producers.empty()) {
    fields.Add("producers", info.closed_in_order
                                ? "none; the last one closed the file"
                                : "none; the last one did not close the file");
  }
  for (const Producer& producer : info.producers) {
    fields.Add("producer", ProducerLine(producer));
  }
}

}  // namespace

Result<std::string> Ls(const MapFile& file, const TextOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const auto records, file.List());
  text::Table table({{.title = "NAME", .shrinks = true, .min_width = 12},
                     {.title = "CLASS", .shrinks = true, .min_width = 8},
                     {.title = "SIZE", .align = text::Align::kRight},
                     {.title = "AGE", .align = text::Align::kRight}});
  for (const RecordInfo& info : records) {
    table.AddRow({{info.name},
                  {info.class_name},
                  {text::HumanBytes(info.version.size_bytes)},
                  {text::HumanAge(info.version.age_ns)}});
  }
  return table.Format(ToTableOptions(options));
}

Result<std::string> Print(const MapFile& file, const TextOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const FileInfo info, file.Info());
  Fields fields;
  fields.Add("file", info.path);
  if (!info.title.empty()) fields.Add("title", info.title);
  fields.Add("opened", ModeLine(info));
  AddUse(info, fields);
  fields.Add("mapped at",
             fmt::format("{:#x}, break at {:#x}", info.base_address,
                         info.base_address + info.break_offset));
  AddProducers(info, fields);
  fields.Add("created", fmt::format("{} by {}, format {}",
                                    text::Iso8601(info.created_ns, 0),
                                    info.creator, info.format_version));
  return fields.Format(options);
}

Result<std::string> Print(const MapFile& file, std::string_view name,
                          const TextOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const RawValue value, file.GetRaw(name));
  return Print(file, value, options);
}

Result<std::string> Print(const MapFile& file, const RawValue& value,
                          const TextOptions& options) {
  return text::Print(*value.type, value.bytes, file.types(),
                     ToPrintOptions(options));
}

Result<std::string> PrintOver(const MapFile& file,
                              const std::vector<NamedValue>& values,
                              const TextOptions& options) {
  return text::DrawOver(BytesOf(values), file.types(), ToPrintOptions(options));
}

Result<std::string> ToSvg(const MapFile& file,
                          const std::vector<NamedValue>& values,
                          const TextOptions& options) {
  return text::SvgOf(BytesOf(values), file.types(), ToPrintOptions(options));
}

Result<std::string> Summary(const MapFile& file, const RawValue& value,
                            const TextOptions& options) {
  return text::Summary(*value.type, value.bytes, file.types(),
                       ToPrintOptions(options));
}

Result<std::string> Sparkline(const MapFile& file, const RecordInfo& record,
                              const TextOptions& options) {
  if (!record.type || !text::HasSparkline(*record.type)) return std::string();
  MAPFILE_ASSIGN_OR_RETURN(const RawValue raw, file.GetRaw("/" + record.name));
  return text::SparklineOf(*raw.type, raw.bytes, file.types(),
                           ToPrintOptions(options));
}

Result<std::string> ToJson(const MapFile& file, const RawValue& value,
                           int indent) {
  return text::ToJson(*value.type, value.bytes, file.types(),
                      {.indent = indent});
}

Result<std::vector<std::byte>> FromJson(const MapFile& file, const Type& type,
                                        std::string_view json) {
  return text::FromJson(type, json, file.types());
}

}  // namespace mapfile
