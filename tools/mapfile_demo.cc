// mapfile-demo: a producer of real data, to try things out with, and an
// example of how one is written. It measures the machine that it runs on.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "tools/common/interrupt.h"
#include "tools/common/tool.h"
#include "tools/machine.h"

namespace mapfile::tools {

// Describes our structs to the file, so that any tool can print them.
MAPFILE_DESCRIBE(Memory, 1, total_bytes, free_bytes, available_bytes,
                 cached_bytes, swap_used_bytes)
MAPFILE_DESCRIBE(Load, 1, one_minute, five_minutes, fifteen_minutes)

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr nanoseconds kLongestSleep = std::chrono::milliseconds(200);
constexpr nanoseconds kProcPeriod = std::chrono::milliseconds(100);

// Everything that is published. What is Add()ed is remembered by the file;
// file.Update() then publishes it as it is at that moment.
class Monitor {
 public:
  explicit Monitor(MapFile file) : file_(std::move(file)) {}

  Status Start(double rate_hz) {
    AddOptions often;
    often.period = std::chrono::milliseconds(
        std::max<std::int64_t>(1, static_cast<std::int64_t>(1000 / rate_hz)));
    AddOptions options = often;
    options.period = std::max(options.period, std::chrono::milliseconds(100));

    often.description = "how late a timer woke this process";
    auto latency = file_.Add(latency_us_, often);
    if (!latency) return Fail(latency.error());
    latency_ = *latency;
    options.unit = "%";
    options.description = "share of its time that each core was busy";
    if (auto r = file_.Add(cpu_use_, "cpu/use", options); !r)
      return Fail(r.error());
    options.unit = "1/s";
    options.description = "context switches of all cores";
    if (auto r = file_.Add(switches_, "cpu/context_switches", options); !r)
      return Fail(r.error());
    options.unit.clear();
    options.description = "what this producer is doing";
    if (auto r = file_.Add(status_, "status", options); !r)
      return Fail(r.error());

    // Two structs that are edited inside the file.
    options.description = "processes running or waiting to run";
    auto load = file_.Emplace<Load>("load", {}, options);
    if (!load) return Fail(load.error());
    load_ = *load;
    options.unit = "B";
    options.description = "memory of this machine";
    auto memory = file_.Emplace<Memory>("memory", {}, options);
    if (!memory) return Fail(memory.error());
    memory_ = *memory;
    return {};
  }

  // Another wake-up, due at `due` and `late` after it. The machine
  // is looked at too, if the last look isn't too fresh.
  Status Wake(Clock::time_point due, nanoseconds late) {
    latency_us_.Fill(std::chrono::duration<double, std::micro>(late).count());
    ++wakeups_;
    if (due - sampled_ >= kProcPeriod) {
      if (auto status = Sample(due); !status) return status;
      return file_.Update();
    }
    if (auto updated = latency_->Update(); !updated) {
      return Fail(updated.error());
    }
    return {};
  }

  Status Stop() {
    status_ = "stopped after " + std::to_string(wakeups_) + " wake-ups";
    if (auto status = file_.Update(); !status) return status;
    return file_.Close();
  }

 private:
  Status Sample(Clock::time_point now) {
    const CpuTimes times = ParseCpuTimes(ReadSmallFile("/proc/stat"));
    const double seconds =
        std::chrono::duration<double>(now - sampled_).count();
    if (sampled_ != Clock::time_point()) {
      cpu_use_ = CpuUse(times_, times);
      switches_ = static_cast<double>(times.context_switches -
                                      times_.context_switches) /
                  seconds;
    }
    times_ = times;
    sampled_ = now;
    status_ = "running, " + std::to_string(wakeups_) + " wake-ups";

    const Load load = ParseLoad(ReadSmallFile("/proc/loadavg"));
    auto stored = load_->Modify([&](Load& l) { l = load; });
    if (!stored) return Fail(stored.error());
    const Memory memory = ParseMemory(ReadSmallFile("/proc/meminfo"));
    stored = memory_->Modify([&](Memory& m) { m = memory; });
    if (!stored) return Fail(stored.error());
    return {};
  }

  MapFile file_;
  Histogram1D latency_us_{"wakeup_latency",
                          RegularAxis(100, 0, 500, "latency [us]")};
  std::vector<double> cpu_use_;
  double switches_ = 0;
  std::string status_ = "starting";
  std::optional<Record> latency_;
  std::optional<InPlaceRecord<Load>> load_;
  std::optional<InPlaceRecord<Memory>> memory_;
  CpuTimes times_;
  Clock::time_point sampled_;
  std::uint64_t wakeups_ = 0;
};

class Demo : public Tool {
 public:
  std::string name() const override { return "mapfile-demo"; }
  std::string summary() const override {
    return "Keeps measurements of this machine in a map file, until "
           "interrupted: an example to list, print and watch.";
  }

  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "the map file; made if it is missing");
    args.Number("--rate", "HZ", 0.01, 10000, &rate_hz_,
                "wake-ups and updates per second (10)");
    args.Duration("--duration", &duration_, "end after this time");
  }

  Status Run(Output& output) override {
    auto file =
        MapFile::Open(file_, {.mode = Mode::kUpdate, .title = "mapfile-demo"});
    if (!file) return Fail(file.error());
    CatchInterrupts();
    Monitor monitor(*file);
    if (auto status = monitor.Start(rate_hz_); !status) return status;
    output.Note(file_ + ": being updated; Ctrl-C ends it");
    auto status = Loop(monitor);
    auto stopped = monitor.Stop();
    output.Detail(file_ + ": closed in order");
    return status ? stopped : status;
  }

 private:
  Status Loop(Monitor& monitor) {
    const auto period = nanoseconds(static_cast<std::int64_t>(1e9 / rate_hz_));
    const auto end = Clock::now() + duration_.value_or(nanoseconds(0));
    for (auto due = Clock::now();; due += period) {
      SleepUntil(due);
      const auto now = Clock::now();
      if (Interrupted() || (duration_ && now >= end)) return {};
      if (auto status = monitor.Wake(due, now - due); !status) return status;
      if (now - due > std::chrono::seconds(1)) due = now;  // Was suspended
    }
  }

  // Or until a signal comes.
  static void SleepUntil(Clock::time_point due) {
    for (;;) {
      const nanoseconds left = due - Clock::now();
      if (left <= nanoseconds(0) || Interrupted()) return;
      SleepInterruptibly(
          static_cast<std::uint64_t>(std::min(left, kLongestSleep).count()));
    }
  }

  std::string file_;
  double rate_hz_ = 10;
  std::optional<nanoseconds> duration_;
};

}  // namespace
}  // namespace mapfile::tools

int main(int argc, char** argv) {
  mapfile::tools::Demo tool;
  return mapfile::tools::Main(tool, argc, argv);
}
