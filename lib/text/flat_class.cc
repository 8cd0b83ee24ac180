#include "lib/text/flat_class.h"

#include <fmt/format.h>

#include <set>

#include "lib/base/try.h"

namespace mapfile::text {
namespace {

constexpr std::size_t kMaxFields = 1 << 16;

struct Entry {
  std::string path;  // "Base::", "Base::Root::"; empty for the class itself
  const FieldNode* field;
  std::uint64_t offset;
};

// Collects fields depth first, bases before fields. `visits` bounds the work
// even where bases have no fields.
Status Collect(const ClassNode& cls, const std::string& path,
               std::uint64_t offset, std::size_t& visits,
               std::vector<Entry>& out) {
  visits += 1 + cls.fields.size();
  if (visits > kMaxFields) {
    return Fail(Code::kCorrupt, fmt::format("class {} has more than {} fields",
                                            cls.name, kMaxFields));
  }
  for (const FieldNode& base : cls.bases) {
    MAPFILE_RETURN_IF_ERROR(Collect(*base.type.cls, path + base.name + "::",
                                    offset + base.offset, visits, out));
  }
  for (const FieldNode& field : cls.fields) {
    out.push_back({path, &field, offset + field.offset});
  }
  return {};
}

std::unique_ptr<FlatClass> Name(const ClassNode& cls,
                                const std::vector<Entry>& entries) {
  std::unordered_map<std::string_view, int> uses;
  for (const Entry& entry : entries) ++uses[entry.field->name];
  auto flat = std::make_unique<FlatClass>();
  flat->cls = &cls;
  flat->fields.reserve(entries.size());
  for (const Entry& entry : entries) {
    const std::string& name = entry.field->name;
    flat->fields.push_back({uses[name] > 1 ? entry.path + name : name,
                            &entry.field->type, entry.offset});
  }
  for (std::size_t i = 0; i < flat->fields.size(); ++i) {
    flat->index.emplace(flat->fields[i].name, i);
  }
  return flat;
}

bool Search(const ClassNode& cls, std::string_view name,
            std::set<const ClassNode*>& seen) {
  if (cls.name == name) return true;
  if (!seen.insert(&cls).second) return false;
  for (const FieldNode& base : cls.bases) {
    if (Search(*base.type.cls, name, seen)) return true;
  }
  return false;
}

}  // namespace

Result<const FlatClass*> FlatClasses::Of(const ClassNode& cls) {
  auto& cached = cache_[&cls];
  if (cached) return cached.get();
  std::vector<Entry> entries;
  std::size_t visits = 0;
  MAPFILE_RETURN_IF_ERROR(Collect(cls, "", 0, visits, entries));
  cached = Name(cls, entries);
  return cached.get();
}

bool IsA(const ClassNode& cls, std::string_view name) {
  std::set<const ClassNode*> seen;
  return Search(cls, name, seen);
}

}  // namespace mapfile::text
