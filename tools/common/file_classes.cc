#include "tools/common/file_classes.h"

#include <map>
#include <set>
#include <span>

#include "lib/base/try.h"
#include "lib/text/class_pool.h"
#include "lib/text/utf8.h"
#include "lib/types/type_text.h"
#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"

namespace mapfile::tools {
namespace {

// Which live as long as the process.
std::span<const Type* const> BuiltIns() {
  static const Type* const kTypes[] = {
      &TypeOf<Histogram1D>(), &TypeOf<Histogram2D>(), &TypeOf<Histogram3D>(),
      &TypeOf<Profile1D>(),   &TypeOf<Profile2D>(),   &TypeOf<Efficiency>(),
      &TypeOf<Graph>(),       &TypeOf<TimeSeries>(),  &TypeOf<CounterSet>()};
  return kTypes;
}

// All types of a file, from the first one on.
std::vector<std::shared_ptr<const Type>> TypesOf(const MapFile& file) {
  std::vector<std::shared_ptr<const Type>> types;
  // A table gives its ids in order.
  for (std::uint32_t id = 1;; ++id) {
    auto type = file.types().TypeOf(id);
    if (!type) return types;
    types.push_back(*std::move(type));
  }
}

}  // namespace

const ClassNode* ClassIn(const Type& type, std::string_view name) {
  for (const auto& cls : type.classes()) {
    if (cls->name == name) return cls.get();
  }
  return nullptr;
}

Result<std::vector<FileClass>> ClassesOf(const MapFile& file) {
  std::vector<FileClass> classes;
  std::map<std::string, std::size_t> places;  // By line of the description
  for (const auto& type : TypesOf(file)) {
    for (const auto& cls : type->classes()) {
      const auto [at, is_new] = places.emplace(ClassText(*cls), classes.size());
      if (is_new) classes.emplace_back();
      classes[at->second].cls = cls.get();
      classes[at->second].type = type;
    }
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto records, file.List());
  for (const RecordInfo& record : records) {
    if (record.type == nullptr) continue;
    for (const auto& cls : record.type->classes()) {
      const auto at = places.find(ClassText(*cls));
      if (at == places.end()) continue;  // Entered just now
      classes[at->second].records.push_back(record.name);
    }
  }
  return classes;
}

Result<FileSchema> SchemaOf(const MapFile& file,
                            std::vector<std::string> names) {
  FileSchema schema;
  if (names.empty()) {
    MAPFILE_ASSIGN_OR_RETURN(const auto all, ClassesOf(file));
    for (const FileClass& entry : all) names.push_back(entry.cls->name);
  }
  std::set<std::string_view> taken;
  for (const std::string& name : names) {
    const auto source = FindClass(file, name);
    if (source == nullptr) {
      schema.misses.push_back(NoClass(file, name));
      continue;
    }
    text::ClassPool pool;
    pool.Add(*source);
    MAPFILE_ASSIGN_OR_RETURN(const auto type, pool.Parse(name));
    for (const auto& cls : type->classes()) {
      if (taken.insert(cls->name).second) schema.classes.push_back(cls.get());
    }
    schema.owners.push_back(type);
  }
  return schema;
}

Error NoClass(const MapFile& file, std::string_view name) {
  return Error(Code::kNotFound,
               file.path() + ": describes no class " + text::Quote(name));
}

std::shared_ptr<const Type> FindBuiltIn(std::string_view name) {
  for (const Type* type : BuiltIns()) {
    if (ClassIn(*type, name) == nullptr) continue;
    return {std::shared_ptr<const Type>(), type};
  }
  return nullptr;
}

std::shared_ptr<const Type> FindClass(const MapFile& file,
                                      std::string_view name) {
  std::shared_ptr<const Type> newest;
  for (auto& type : TypesOf(file)) {
    if (ClassIn(*type, name) != nullptr) newest = std::move(type);
  }
  return newest != nullptr ? newest : FindBuiltIn(name);
}

}  // namespace mapfile::tools
