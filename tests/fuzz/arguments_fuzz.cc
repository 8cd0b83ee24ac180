// Reads texts as the words of a command, and as what words may be.
//
//     u8 what       a tool, whose words follow, a NUL behind each; above
//                   those: sizes and times; numbers; globs and names; escapes
//     text
//
// The tools are linked as they are, but for their main(), which has a name
// of its own here, and for tools::Main(), which is the one below: it takes
// the words and does not run the tool.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/glob.h"
#include "lib/text/human.h"
#include "lib/text/scalar.h"
#include "lib/text/utf8.h"
#include "tests/fuzz/fuzz_input.h"
#include "tools/common/selection.h"
#include "tools/common/tool.h"

int CheckMain(int argc, char** argv);
int CreateMain(int argc, char** argv);
int DemoMain(int argc, char** argv);
int GetMain(int argc, char** argv);
int LsMain(int argc, char** argv);
int MergeMain(int argc, char** argv);
int PrintMain(int argc, char** argv);
int PutMain(int argc, char** argv);
int RmMain(int argc, char** argv);
int WatchMain(int argc, char** argv);

namespace mapfile::tools {

int Main(Tool& tool, int argc, const char* const* argv) {
  Arguments args(tool.name(), tool.summary());
  tool.Define(args);
  const Status parsed = args.Parse(argc, argv);
  // What is refused is named, in one line that does no harm to a terminal.
  if (!parsed) FUZZ_CHECK(parsed.error().code() == Code::kInvalidArgument);
  if (!parsed) FUZZ_CHECK(!parsed.error().message().empty());
  static_cast<void>(args.Apply({}));
  if (args.wants_help()) FUZZ_CHECK(!args.Help().empty());
  return 0;
}

}  // namespace mapfile::tools

namespace mapfile::fuzz {
namespace {

using ToolMain = int (*)(int, char**);
constexpr ToolMain kTools[] = {&CreateMain, &DemoMain, &GetMain, &LsMain,
                               &PrintMain,  &PutMain,  &RmMain,  &WatchMain,
                               &CheckMain,  &MergeMain};

void RunTool(ToolMain tool, FuzzInput& input) {
  std::vector<std::string> words = {"tool"};
  while (!input.empty() && words.size() < 64) {
    words.emplace_back(input.TakeTextUntil('\0'));
  }
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  const int argc = static_cast<int>(argv.size());
  argv.push_back(nullptr);
  FUZZ_CHECK(tool(argc, argv.data()) == 0);
}

void ReadSizesAndTimes(std::string_view text) {
  const auto size = text::ParseSize(text);
  if (size) {
    // As people see it, it is a size again, to three digits.
    const auto again = text::ParseSize(text::HumanBytes(*size));
    FUZZ_CHECK(again || *size > std::uint64_t{1} << 60);
    FUZZ_CHECK(!again || *again >= *size - *size / 100);
  }
  const auto time = text::ParseDuration(text);
  if (time) {
    FUZZ_CHECK(*time <= std::uint64_t{1} << 63);
    FUZZ_CHECK(!text::HumanAge(*time).empty());
    FUZZ_CHECK(!text::Iso8601(*time, *time % 10).empty());
  }
}

void ReadNumbers(std::string_view text) {
  for (const char* name : {"bool", "i8", "i16", "i32", "i64", "u8", "u16",
                           "u32", "u64", "f32", "f64", "string", "bytes"}) {
    static const auto parse = [](const char* n) {
      return Type::Parse(n).value();
    };
    const auto type = parse(name);
    const auto bytes = text::ParsePlain(*type, text);
    if (!bytes) continue;
    // What it is shown as gives the same bits.
    const auto shown = text::FormatPlain(*type, *bytes);
    FUZZ_CHECK(shown);
    const auto again = text::ParsePlain(*type, *shown);
    FUZZ_CHECK(again && *again == *bytes);
  }
}

// `name` with a backslash before each byte that means something.
std::string Escaped(std::string_view name) {
  std::string pattern;
  for (const char c : name) {
    if (std::string_view("*?[]\\").find(c) != std::string_view::npos) {
      pattern += '\\';
    }
    pattern += c;
  }
  return pattern;
}

void ReadGlobs(FuzzInput& input) {
  const std::string_view pattern = input.TakeTextUntil('\0');
  const std::string_view name = input.Rest();
  const auto glob = text::Glob::Parse(pattern);
  if (glob) static_cast<void>(glob->Matches(name));
  if (!text::Glob::IsPattern(pattern)) {
    FUZZ_CHECK(glob && glob->Matches(pattern));
    FUZZ_CHECK(glob->Matches(name) == (pattern == name));
  }
  const auto exact = text::Glob::Parse(Escaped(name));
  FUZZ_CHECK(exact && exact->Matches(name));
  FUZZ_CHECK(text::Glob::Parse("**").value().Matches(name));
  static_cast<void>(tools::Selection::Parse({std::string(pattern)}));
}

// Nothing reaches a terminal that it would act on.
void Escape(std::string_view text) {
  for (const bool unicode : {false, true}) {
    for (const std::string& shown :
         {text::Escape(text, unicode), text::Quote(text, unicode)}) {
      FUZZ_CHECK(text::IsUtf8(shown));
      FUZZ_CHECK(std::none_of(shown.begin(), shown.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
      }));
    }
  }
  for (const int width : {0, 1, 5, 20}) {
    FUZZ_CHECK(text::DisplayWidth(text::Shorten(text, width)) <=
               std::max(width, 1));
  }
}

}  // namespace
}  // namespace mapfile::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace mapfile::fuzz;
  FuzzInput input(data, size);
  const std::uint8_t what = input.TakeByte();
  if (what < std::size(kTools)) {
    RunTool(kTools[what], input);
    return 0;
  }
  switch (what % 4) {
    case 0: ReadSizesAndTimes(input.Rest()); break;
    case 1: ReadNumbers(input.Rest()); break;
    case 2: ReadGlobs(input); break;
    default: Escape(input.Rest()); break;
  }
  return 0;
}
