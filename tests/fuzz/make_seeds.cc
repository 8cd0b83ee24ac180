// Writes the inputs that fuzzers start from, the same in every run:
//
//     bazel run //tests/fuzz:make_seeds -- $PWD/testdata/fuzz
//
// Files there that it doesn't know, such as what once broke something, stay.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/json.h"
#include "mapfile/histogram.h"
#include "tests/fuzz/base_image.h"
#include "tests/fuzz/fuzz_classes.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/map_image.h"
#include "tests/types/test_classes.h"

namespace mapfile::fuzz {
namespace {

class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
  }
  void Write(const std::string& name, std::string_view bytes) const {
    std::ofstream file(path_ / name, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

 private:
  std::filesystem::path path_;
};

std::string Bytes(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) text += static_cast<char>(byte);
  return text;
}

void WriteImages(const Folder& folder) {
  for (int base = 0; base < kBaseImages; ++base) {
    for (const int options :
         {int{kSealed}, kSealed | kThisBoot | kFirstView,
          kSealed | kVerified | 2 * kFirstView, kThisBoot | 3 * kFirstView,
          kSealed | kWritten | kThisBoot, kSealed | kWritten | kRepaired}) {
      folder.Write(
          "base" + std::to_string(base) + "-options" + std::to_string(options),
          Bytes({base, options, 0}));
    }
  }
}

template <class T>
std::string Stored(const T& value) {
  MemoryTypeTable types;
  for (const char* text : kPointedTo) {
    FUZZ_CHECK(types.IdOf(*Type::Parse(text).value()));
  }
  const auto bytes = zoo::Store(value, types).value();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class T>
std::string Json(const T& value) {
  MemoryTypeTable types;
  const auto bytes = zoo::Store(value, types).value();
  return text::ToJson(TypeOf<T>(), bytes, types).value();
}

zoo::Everything MakeEverything() {
  zoo::Everything everything;
  everything.words = {"w", ""};
  everything.by_name["k"] = {1, 2};
  everything.by_number[3] = {4};
  everything.any = zoo::Point{5, 6};
  everything.maybe = "m";
  everything.bits = {true, false};
  everything.nested = {{1}, {}};
  everything.bytes.resize(3);
  everything.children.emplace_back();
  return everything;
}

zoo::Drawing MakeDrawing() {
  zoo::Drawing drawing;
  drawing.shapes.push_back(std::make_unique<zoo::Square>());
  drawing.first = drawing.second = std::make_shared<zoo::Circle>();
  drawing.chosen = drawing.shapes[0].get();
  return drawing;
}

zoo::Node MakeNode() {
  zoo::Node node;
  node.next = std::make_unique<zoo::Node>();
  node.next->shared = std::make_shared<zoo::Node>();
  node.back = node.next.get();
  return node;
}

Wide MakeWide() {
  Wide wide;
  wide.by_name["x"] = 0.5;
  wide.by_number[-1] = "minus";
  wide.by_real[1e300] = true;
  wide.nothings.resize(2);
  return wide;
}

Histogram1D MakeHistogram() {
  Histogram1D histogram("h", VariableAxis({0, 1, 3}, "x"), "title");
  histogram.Fill(0.5, 2);
  histogram.KeepSquares();
  return histogram;
}

// First of the class, for its C++ objects and for other readers.
void WriteValue(const Folder& folder, const std::string& name, int target,
                const std::string& bytes) {
  folder.Write(name, Bytes({2 * target, 0}) + bytes);
  folder.Write(name + "-shown", Bytes({2 * target + 1, 0}) + bytes);
}

void WriteValues(const Folder& folder) {
  WriteValue(folder, "everything", 0, Stored(MakeEverything()));
  WriteValue(folder, "drawing", 1, Stored(MakeDrawing()));
  WriteValue(folder, "node", 2, Stored(MakeNode()));
  WriteValue(folder, "wide", 3, Stored(MakeWide()));
  WriteValue(folder, "histogram", 4, Stored(MakeHistogram()));
  WriteValue(folder, "numbers", 5, Stored(std::vector<double>{1, 2}));
  const std::string older = kNarrow;
  folder.Write("described", Bytes({6, 255, static_cast<int>(older.size()), 0}) +
                                older + std::string(200, '\0'));
  folder.Write("older", Bytes({6, 1}) + std::string(200, '\0'));
  folder.Write("reordered", Bytes({6, 2}) + std::string(200, '\0'));
}

void WriteDocuments(const Folder& folder) {
  folder.Write("everything", Bytes({0}) + Json(MakeEverything()));
  folder.Write("wide", Bytes({1}) + Json(MakeWide()));
  folder.Write("drawing", Bytes({2}) + Json(MakeDrawing()));
  folder.Write("node", Bytes({3}) + Json(MakeNode()));
  folder.Write("histogram", Bytes({4}) + Json(MakeHistogram()));
  folder.Write("string", Bytes({5}) + "\"\\u00e9\\n\"");
  folder.Write("bytes", Bytes({5}) + "{\"$bytes\": \"/w==\"}");
  folder.Write("double", Bytes({6}) + "\"nan(0x7ff8000000000001)\"");
  folder.Write("float", Bytes({7}) + "-1.5e-3");
  folder.Write("pairs", Bytes({11}) + "[[1.5, \"AA==\"], [2, \"\"]]");
  folder.Write("variant", Bytes({13}) + "{\"index\": 1, \"value\": \"x\"}");
  folder.Write("described", Bytes({200}) +
                                "map<u8,optional<A>>\nclass A 1 { "
                                "array<i16,2> a; }" +
                                Bytes({0}) +
                                "[[1, {\"a\": [1, -2]}], [2, null]]");
  folder.Write("schema", Bytes({254}) +
                             R"([{"class": "A", "version": 2, "bases": ["B"],
  "fields": [{"name": "x", "type": "vector<double>"},
             {"name": "next", "type": "A*"}]},
 {"class": "B", "fields": [{"name": "p", "type": "Point"}]}])");
  folder.Write("description", Bytes({255}) + kEverythingBefore);
}

std::string Words(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += std::string(word) + '\0';
  return text;
}

void WriteWords(const Folder& folder) {
  folder.Write("create", Bytes({0}) + Words({"f.map", "--size", "64K",
                                             "--max-size=1.5GiB"}));
  folder.Write("demo", Bytes({1}) + Words({"f.map", "--rate", "10"}));
  folder.Write("get", Bytes({2}) + Words({"f.map", "a/n", "--json"}));
  folder.Write("ls", Bytes({3}) + Words({"-l", "f.map", "a/*", "--fields",
                                         "name,class"}));
  folder.Write("print", Bytes({4}) + Words({"f.map", "--color", "never"}));
  folder.Write("put", Bytes({5}) + Words({"f.map", "n", "-5", "--type", "i64",
                                          "--if-generation=3"}));
  folder.Write("rm", Bytes({6}) + Words({"f.map", "--", "-x"}));
  folder.Write("watch", Bytes({7}) + Words({"f.map", "**", "--timeout", "250ms",
                                            "-n3"}));
  folder.Write("check", Bytes({8}) + Words({"f.map", "--repair", "--dry-run",
                                            "--drop=a"}));
  folder.Write("merge", Bytes({9}) + Words({"sum.map", "a.map", "b.map",
                                            "--others", "last", "-k"}));
  folder.Write("picture", Bytes({4}) + Words({"f.map", "h", "g", "--overlay",
                                              "--format=svg", "--stats", "all",
                                              "--errors", "--log"}));
  folder.Write("live", Bytes({5}) + Words({"f.map", "h", "--histogram",
                                           "log:20,1,1e3", "--rate=5"}));
  folder.Write("size", Bytes({12}) + "1.5 MiB");
  folder.Write("time", Bytes({12}) + "250ms");
  folder.Write("number", Bytes({13}) + "-0x2a");
  folder.Write("real", Bytes({13}) + "1.25e-3");
  folder.Write("glob", Bytes({10}) + Words({"a/**/[a-z_]?*"}) + "a/b/c/x1");
  folder.Write("escape",
               Bytes({11}) + "\x1b[31m\xe2\x80\xae\xff wide: \xe6\xbc\xa2");
}

}  // namespace
}  // namespace mapfile::fuzz

int main(int argc, char** argv) {
  using namespace mapfile::fuzz;
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_seeds FOLDER\n");
    return 2;
  }
  const std::filesystem::path top = argv[1];
  WriteImages(Folder(top / "open"));
  WriteImages(Folder(top / "file"));
  WriteValues(Folder(top / "decode"));
  WriteDocuments(Folder(top / "json"));
  WriteWords(Folder(top / "arguments"));
  return 0;
}
