#include <doctest/doctest.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "mapfile/mapfile.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file}).status == 0);
    Put("a", "1");
    Put("det/b", "2");
  }
  void Put(const std::string& name, const std::string& value) const {
    REQUIRE(Run({"put", file, name, value}).status == 0);
  }
  const TempDir dir;
  const std::string file;
};

// A watcher that is sure to be watching: it has shown what there was.
class Watcher : public Background {
 public:
  explicit Watcher(std::vector<std::string> words, int present)
      : Background(With(std::move(words))) {
    for (int i = 0; i < present; ++i) {
      CHECK(json::parse(ReadLine())["event"] == "present");
    }
  }
  json ReadJson() { return json::parse(ReadLine(), nullptr, false); }

 private:
  static std::vector<std::string> With(std::vector<std::string> words) {
    words.insert(words.begin(), "watch");
    words.insert(words.end(), {"--json", "--initial"});
    return words;
  }
};

TEST_CASE_FIXTURE(Fixture, "changes by another process, as they happen") {
  Watcher watch({file}, 2);
  Put("a", "changed");
  json line = watch.ReadJson();
  CHECK(line["event"] == "updated");
  CHECK(line["name"] == "a");
  CHECK(line["class"] == "string");
  CHECK(line["value"] == "changed");
  CHECK(line["generation"].is_number_unsigned());
  CHECK(line.size() == 7);
  Put("new", "3");
  line = watch.ReadJson();
  CHECK(line["event"] == "added");
  CHECK(line["name"] == "new");
  REQUIRE(Run({"rm", file, "a"}).status == 0);
  line = watch.ReadJson();
  CHECK(line["event"] == "removed");
  CHECK(line["name"] == "a");
  CHECK(line["value"].is_null());
  watch.Signal(SIGINT);
  const Outcome end = watch.Wait();
  CHECK(end.status == 0);
  CHECK(end.err.empty());
}

TEST_CASE_FIXTURE(Fixture, "names, folders and globs choose") {
  Watcher folder({file, "det"}, 1);
  Watcher glob({file, "d*/*"}, 1);
  Watcher one({file, "det/b"}, 1);
  Watcher later({file, "det/c"}, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  Put("a", "ignored");
  Put("det/b", "seen");
  Put("det/c", "seen too");
  CHECK(folder.ReadJson()["value"] == "seen");
  CHECK(folder.ReadJson()["value"] == "seen too");
  CHECK(glob.ReadJson()["value"] == "seen");
  CHECK(glob.ReadJson()["value"] == "seen too");
  CHECK(one.ReadJson()["value"] == "seen");
  CHECK(later.ReadJson()["value"] == "seen too");
}

TEST_CASE_FIXTURE(Fixture, "a single record: removed and added again") {
  Watcher watch({file, "a"}, 1);
  REQUIRE(Run({"rm", file, "a"}).status == 0);
  CHECK(watch.ReadJson()["event"] == "removed");
  Put("a", "back");
  const json line = watch.ReadJson();
  CHECK(line["event"] == "added");
  CHECK(line["value"] == "back");
}

TEST_CASE_FIXTURE(Fixture, "--once and --count end it") {
  Watcher once({file, "--once"}, 2);
  Watcher count({file, "--count", "2"}, 2);
  Put("a", "2");
  CHECK(count.ReadJson()["name"] == "a");
  Put("det/b", "3");
  const Outcome first = once.Wait();
  CHECK(first.status == 0);
  CHECK(LinesOf(first.out).size() == 1);
  CHECK(count.ReadJson()["name"] == "det/b");
  CHECK(count.Wait().status == 0);
}

TEST_CASE_FIXTURE(Fixture, "--timeout is a failure only if more was wanted") {
  const Outcome plain = Run({"watch", file, "--timeout", "50ms"});
  CHECK(plain.status == 0);
  CHECK(plain.err.empty());
  CHECK(plain.out == "TIME          NAME      GEN  VALUE\n");
  const Outcome once = Run({"watch", file, "-1", "-t", "50ms", "--no-header"});
  CHECK(once.status == 1);
  CHECK(once.out.empty());
  CHECK(once.err ==
        "mapfile-watch: " + file + ": 0 of 1 changes came in 50 ms\n");
  CHECK(Run({"watch", file, "-n", "0", "-t", "5s"}).status == 0);
  CHECK(Run({"watch", file, "-n", "0", "-v"}).err ==
        "mapfile-watch: " + file + ": watching 2 records\n");
  CHECK(Run({"watch", file, "-t", "soon"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "--interval passes over versions, not the last") {
  Watcher watch({file, "a", "--interval", "300ms"}, 1);
  auto writer = MapFile::Open(file, {.mode = Mode::kUpdate});
  REQUIRE(writer.has_value());
  // By one process, so that they are sooner over than the interval.
  for (int i = 0; i < 10; ++i) {
    REQUIRE(writer->Put("a", std::to_string(i)).has_value());
  }
  json line;
  int lines = 0;
  do {
    line = watch.ReadJson();
    ++lines;
  } while (line.is_object() && line["value"] != "9");
  CHECK(line["value"] == "9");
  CHECK(lines < 10);
}

TEST_CASE_FIXTURE(Fixture, "a file that is removed or replaced ends it") {
  Watcher removed({file}, 2);
  REQUIRE(::unlink(file.c_str()) == 0);
  Outcome end = removed.Wait();
  CHECK(end.status == 1);
  CHECK(end.err == "mapfile-watch: " + file + ": was removed\n");

  REQUIRE(Run({"create", file}).status == 0);
  Watcher replaced({file}, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  REQUIRE(Run({"create", file, "--force"}).status == 0);
  end = replaced.Wait();
  CHECK(end.status == 1);
  CHECK(end.err ==
        "mapfile-watch: " + file + ": was replaced by another file\n");
}

TEST_CASE_FIXTURE(Fixture, "it ends when nobody reads any more") {
  Watcher watch({file}, 2);
  watch.CloseOutput();
  const Outcome end = watch.Wait();
  CHECK(end.status == 0);
  CHECK(end.err.empty());
}

TEST_CASE_FIXTURE(Fixture, "SIGTERM ends it in order") {
  Watcher watch({file}, 2);
  watch.Signal(SIGTERM);
  CHECK(watch.Wait().status == 0);
}

TEST_CASE_FIXTURE(Fixture, "it sleeps while nothing happens") {
  rusage before = {};
  ::getrusage(RUSAGE_CHILDREN, &before);
  CHECK(Run({"watch", file, "--timeout", "1s"}).status == 0);
  rusage after = {};
  ::getrusage(RUSAGE_CHILDREN, &after);
  // Woken twice a second and no more; polling would show as hundreds.
  CHECK(after.ru_nvcsw - before.ru_nvcsw < 60);
}

TEST_CASE_FIXTURE(Fixture, "the table keeps to the width") {
  RunOptions options;
  options.environment["COLUMNS"] = "50";
  options.environment["LC_ALL"] = "C";
  Put("long", std::string(500, 'x'));
  Background watch({"watch", file, "--initial", "--ascii"}, options);
  CHECK(watch.ReadLine() == "TIME          NAME      GEN  VALUE\n");
  for (int i = 0; i < 3; ++i) CHECK(watch.ReadLine().size() <= 51);
}

TEST_CASE_FIXTURE(Fixture, "CSV and --fields") {
  Background watch({"watch", file, "--initial", "--format", "csv", "--fields",
                    "event,name,value"});
  CHECK(watch.ReadLine() == "event,name,value\n");
  CHECK(watch.ReadLine() == "present,a,\"\"\"1\"\"\"\n");
}

TEST_CASE_FIXTURE(Fixture, "a removed record has no value") {
  Background watch({"watch", file, "--initial", "--format", "csv", "--fields",
                    "event,class,value"});
  for (int i = 0; i < 3; ++i) watch.ReadLine();
  REQUIRE(Run({"rm", file, "a"}).status == 0);
  CHECK(watch.ReadLine() == "removed,,\n");
}

TEST_CASE_FIXTURE(Fixture, "values are escaped once") {
  Put("a", "b\\c\n\"d\"\x1b");
  const std::string line = R"("b\\c\n\"d\"\x1b")";
  const Outcome watch = Run({"watch", file, "a", "--initial", "--no-header",
                             "--fields", "value", "-t", "10ms"});
  CHECK(watch.out == line + "\n");
  const Outcome print = Run({"print", file, "a"});
  CHECK(print.out.find("\n" + line + "\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "words that make no sense") {
  CHECK(Run({"watch", file, "", "-t", "1s"}).status == 2);
  CHECK(Run({"watch", file, "[x", "-t", "1s"}).status == 2);
  CHECK(Run({"watch", dir / "none.map"}).status == 1);
}

}  // namespace
}  // namespace mapfile::tools
