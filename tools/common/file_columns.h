// What is known about a map file as a whole, as columns.
#ifndef MAPFILE_TOOLS_COMMON_FILE_COLUMNS_H_
#define MAPFILE_TOOLS_COMMON_FILE_COLUMNS_H_

#include <string>
#include <vector>

#include "mapfile/info.h"
#include "tools/common/record_columns.h"
#include "tools/common/rows.h"

namespace mapfile::tools {

// An array of objects with slot, pid, command, state, opened, updates.
std::string ProducersJson(const std::vector<Producer>& producers);

inline constexpr Column<FileInfo> kFileColumns[] = {
    {{"path", "PATH"}, [](const FileInfo& f) { return Value::Text(f.path); }},
    {{"title", "TITLE"},
     [](const FileInfo& f) { return OptionalText(f.title); }},
    {{"creator", "CREATOR"},
     [](const FileInfo& f) { return Value::Text(f.creator); }},
    {{"format_version", "FORMAT"},
     [](const FileInfo& f) { return Value::Count(f.format_version); }},
    {{"created", "CREATED"},
     [](const FileInfo& f) { return Value::Time(f.created_ns); }},
    {{"size_bytes", "SIZE"},
     [](const FileInfo& f) { return Value::Size(f.size_bytes); }},
    {{"max_size_bytes", "LIMIT"},
     [](const FileInfo& f) { return Value::Size(f.max_size_bytes); }},
    {{"break_offset", "BREAK"},
     [](const FileInfo& f) { return Value::Count(f.break_offset); }},
    {{"heap_used_bytes", "USED"},
     [](const FileInfo& f) { return Value::Size(f.heap.used_bytes); }},
    {{"heap_free_bytes", "FREE"},
     [](const FileInfo& f) { return Value::Size(f.heap.free_bytes); }},
    {{"heap_overhead_bytes", "OVERHEAD"},
     [](const FileInfo& f) { return Value::Size(f.heap.overhead_bytes); }},
    {{"heap_used_blocks", "BLOCKS"},
     [](const FileInfo& f) { return Value::Count(f.heap.used_blocks); }},
    {{"heap_free_blocks", "FREE BLOCKS"},
     [](const FileInfo& f) { return Value::Count(f.heap.free_blocks); }},
    {{"records", "RECORDS"},
     [](const FileInfo& f) { return Value::Count(f.records); }},
    {{"structure_generation", "STRUCTURE"},
     [](const FileInfo& f) { return Value::Count(f.structure_generation); }},
    {{"updates", "UPDATES"},
     [](const FileInfo& f) { return Value::Count(f.updates); }},
    {{"durable", "DURABLE"},
     [](const FileInfo& f) { return Value::Bool(f.durable); }},
    {{"closed_in_order", "CLOSED"},
     [](const FileInfo& f) { return Value::Bool(f.closed_in_order); }},
    {{"producers", "PRODUCERS"},
     [](const FileInfo& f) {
       return Value::Json(ProducersJson(f.producers), "");
     }},
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_FILE_COLUMNS_H_
