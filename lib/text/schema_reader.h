// SchemaReader: the classes that a parsed JSON document describes. It is
// behind ParseSchema, schema_json.h; bases and fields are in
// schema_reader_parts.cc.
#ifndef MAPFILE_LIB_TEXT_SCHEMA_READER_H_
#define MAPFILE_LIB_TEXT_SCHEMA_READER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/text/class_pool.h"
#include "lib/text/json_tree.h"
#include "lib/text/schema_json.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

class SchemaReader {
 public:
  // Borrows all but the tree, which is that of `json`.
  SchemaReader(std::string_view json, JsonTree tree,
               const SchemaSources& sources)
      : json_(json), tree_(std::move(tree)), sources_(sources) {}

  // To be called once.
  [[nodiscard]] Result<std::vector<std::shared_ptr<const Type>>> Read();

 private:
  using Node = std::size_t;  // Index into the tree
  static constexpr Node kNoNode = 0;

  // A part of a class that lies inside of it: a base or a field.
  struct Part {
    std::string cls;
    Node node;
    std::string path;
  };
  struct Class {
    std::string name;
    std::string path;
    Node node = kNoNode;
    Node name_node = kNoNode;
    Node version = kNoNode;
    Node bases = kNoNode;
    Node fields = kNoNode;
    std::vector<Part> parts = {};
  };

  // Each reads what it is named after.
  Status Classes();
  Status ClassAt(Node n, std::string path);
  Status Members(Node n, Class& cls) const;
  Status NameOf(const Class& cls, std::string& name) const;
  Status Describe(Class& cls);
  Status Version(const Class& cls, std::string& line) const;
  Status Bases(Class& cls, std::string& line);
  Status Fields(Class& cls, std::string& line);
  Status FieldAt(Node n, const std::string& path, Class& cls,
                 std::set<std::string_view>& names, std::string& line);
  Result<std::shared_ptr<const Type>> Expression(Node n,
                                                 const std::string& path);
  Status Know(std::string_view name, Node n, const std::string& path);

  // Whether class `index` of the document lies in itself by value.
  Status CheckCircle(std::size_t index);
  Status CheckBuiltIn(const Class& cls, const Type& type) const;

  Status Expect(JsonKind kind, std::string_view what, Node n,
                const std::string& path) const;
  tl::unexpected<Error> Refuse(Node n, const std::string& path,
                               const std::string& why) const;
  Node Next(Node n) const { return tree_[n].end; }

  std::string_view json_;
  JsonTree tree_;
  const SchemaSources& sources_;
  std::vector<Class> classes_;  // In the order of the document
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::set<std::size_t> around_;  // Classes that CheckCircle is inside of
  std::set<std::size_t> sound_;   // Those that lie in no circle
  ClassPool pool_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_SCHEMA_READER_H_
