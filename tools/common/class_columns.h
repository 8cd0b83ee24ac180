// What is known about the classes that a map file describes, as columns.
#ifndef MAPFILE_TOOLS_COMMON_CLASS_COLUMNS_H_
#define MAPFILE_TOOLS_COMMON_CLASS_COLUMNS_H_

#include <string>
#include <vector>

#include "tools/common/file_classes.h"
#include "tools/common/rows.h"

namespace mapfile::tools {

// "Header, Trigger", and "u64 id; vector<Hit> hits".
std::string BasesText(const ClassNode& cls);
std::string FieldsText(const ClassNode& cls);

Value BasesValue(const ClassNode& cls);
Value FieldsValue(const ClassNode& cls);
// Names, as an array in JSON.
Value NamesValue(const std::vector<std::string>& names);

inline constexpr Column<FileClass> kClassColumns[] = {
    {{"name", "CLASS", Show::kAlways, text::Align::kLeft, true, 16},
     [](const FileClass& c) {
       return Value::Text(c.cls->name).In(text::Style::kCyan);
     }},
    {{"version", "VERSION", Show::kAlways, text::Align::kRight},
     [](const FileClass& c) { return Value::Count(c.cls->version); }},
    {{"bases", "BASES", Show::kOnRequest, text::Align::kLeft, true},
     [](const FileClass& c) { return BasesValue(*c.cls); }},
    {{"fields", "FIELDS", Show::kAlways, text::Align::kLeft, true, 16},
     [](const FileClass& c) { return FieldsValue(*c.cls); }},
    {{"records", "RECORDS", Show::kAlways, text::Align::kLeft, true, 8},
     [](const FileClass& c) { return NamesValue(c.records); }},
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_CLASS_COLUMNS_H_
