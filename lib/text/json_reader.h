// JsonReader: the bytes of a value from a parsed JSON document.
//
// It walks description and document together and puts the value together on
// the way. Its functions are in json_reader.cc, those for maps and for
// objects in json_reader_map.cc and json_reader_object.cc.
#ifndef MAPFILE_LIB_TEXT_JSON_READER_H_
#define MAPFILE_LIB_TEXT_JSON_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lib/text/class_finder.h"
#include "lib/text/flat_class.h"
#include "lib/text/json_tree.h"
#include "lib/text/shared_objects.h"
#include "lib/text/value_builder.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

class JsonReader {
 public:
  // Borrows all but the tree, which is that of `json`.
  JsonReader(const Type& type, std::string_view json, JsonTree tree,
             TypeTable& types)
      : type_(type),
        json_(json),
        tree_(std::move(tree)),
        finder_(type, types) {}

  // To be called once.
  Result<std::vector<std::byte>> Read();

 private:
  using Node = std::size_t;  // Index into the tree
  static constexpr Node kDocument = 0;
  static constexpr Node kNoNode = 0;  // The document is inside nothing
  // An element of the way from the document to a value.
  struct Step {
    std::string_view name;
    std::size_t index = 0;
  };
  struct Object {
    std::uint64_t offset = 0;
    const ClassFinder::Found* cls = nullptr;
  };

  Status EnterDocument();
  // Each reads node `n` as a `type` into the fixed part at `at`.
  Status Read(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadDeep(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadScalar(Kind kind, std::byte* to, Node n);
  Status ReadString(std::uint64_t at, Node n);
  Status ReadBytes(std::uint64_t at, Node n);
  Status ReadArray(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadVector(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadElements(const TypeNode& container, std::uint64_t at, Node n);
  Status ReadOptional(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadVariant(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadMap(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadFields(const ClassNode& cls, std::uint64_t at, Node n,
                    bool is_target);
  // What the histogram family asks of its objects besides the types of their
  // fields, in json_reader_shape.cc.
  Status CheckShape(const ClassNode& cls, Node n);
  Status CheckAxis(Node n);
  Status CheckRange(Node n, std::string_view kind, std::uint64_t bins,
                    double low, double high);
  Status CheckLabels(Node labels);
  Status CheckEdges(Node edges, double low, double high);
  Status CheckCells(Node n, bool has_weights);
  Status CheckPoints(Node n);
  Status CheckRing(Node n);
  Status CheckCount(Node n, std::string_view name, std::uint64_t wanted,
                    std::string_view why, bool optional);
  Status ReadPointer(const TypeNode& type, std::uint64_t at, Node n);
  Status ReadReference(const TypeNode& type, std::uint64_t at, Node n);

  Status ReadAt(Step step, const TypeNode& type, std::uint64_t at, Node n);
  struct MapEntry {
    Node key;
    Node value;
    std::string order;  // Compares as the keys do
  };
  Result<std::vector<MapEntry>> Entries(Node n) const;
  Status Sort(const TypeNode& key, std::vector<MapEntry>& entries);
  Result<std::string> OrderOf(const TypeNode& key, Node n);
  Result<std::vector<Node>> MatchFields(const FlatClass& flat, Node n,
                                        bool is_target);
  Result<std::int64_t> Integer(Node n);
  Result<std::string> Base64(Node n);
  Status Expect(JsonKind kind, std::string_view what, Node n) const;
  Status CheckSize(std::uint64_t size, std::uint64_t count, Node n) const;
  Status StorePointer(const TypeNode& type, std::uint64_t at,
                      const Object& object, Node n);

  // Whether `n` is the document, and pointers in it may lead to it.
  bool IsMetDocument(Node n) const {
    return n == kDocument && LeadsToPointer(type_.root());
  }
  // The value of `key` in object `n`; kNoNode: there is none.
  Node Member(Node n, std::string_view key) const;
  Node Next(Node n) const { return tree_[n].end; }
  tl::unexpected<Error> Refuse(Node n, const std::string& why) const;
  std::string Path() const;

  const Type& type_;
  std::string_view json_;
  JsonTree tree_;
  ClassFinder finder_;
  FlatClasses classes_;
  std::optional<ValueBuilder> builder_;
  std::unordered_map<std::int64_t, Object> objects_;  // By "$id"
  std::vector<Step> path_;
  int depth_ = 0;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_JSON_READER_H_
