// A consumer: random calls that read, and what must be true of their answers.
#include <algorithm>
#include <optional>

#include "tests/stress/worker.h"

namespace mapfile::stress {
namespace {

using std::chrono::milliseconds;

class Consumer : public Worker {
 public:
  Consumer(Board& board, const Place& place)
      : Worker(board, board.consumers[place.seat], place) {}

  [[noreturn]] void Run() {
    for (;;) {
      if (!file_ && !Open()) continue;
      Step();
      End();
    }
  }

 private:
  bool Open() {
    Begin("open for reading");
    auto file = MapFile::Open(place_.path);
    if (!Ok(file)) return false;
    file_.emplace(*file);
    return true;
  }

  void Step() {
    const std::uint64_t kind = Below(100);
    if (kind < 80) return Get(AnyRecord());
    if (kind < 88) return WaitFor(AnyRecord());
    if (kind < 92) return GetOld(AnyRecord());
    if (kind < 95) return List();
    if (kind < 98) return ReadTitle();
    Begin("close after reading");
    if (Below(10) == 0) file_.reset();
  }

  // What was known before and after a read, and the read itself.
  struct Seen {
    VersionInfo version;
    std::uint64_t serial = 0;
  };

  template <class T>
  std::optional<Seen> GetAs(std::uint32_t record) {
    const std::string name = NameOf(record);
    Seen seen;
    const auto value = file_->Get<T>(name, &seen.version);
    if (!value) {
      Missed(record, value.error());
      return std::nullopt;
    }
    if (!value->IsWhole(name)) board_.Fault(board_.torn, name);
    seen.serial = value->serial;
    return seen;
  }

  void Missed(std::uint32_t record, const Error& error) {
    if (error.code() == Code::kNotFound && !MayVanish(record) &&
        known_before_ != 0) {
      board_.Fault(board_.lost, error.message());
    }
    (void)Ok(Status(Fail(error)));
  }

  void Get(std::uint32_t record) {
    Begin("get");
    Note& note = NoteOf(record);
    known_before_ = note.generation.load();
    const std::uint64_t done = note.done.load();
    const auto seen =
        IsBlock(record) ? GetAs<Block>(record) : GetAs<Payload>(record);
    if (!seen) return;
    Generation& last = last_[record];
    const std::string at = NameOf(record) + ": generation " +
                           std::to_string(seen->version.generation) +
                           ", serial " + std::to_string(seen->serial) +
                           " after generation " + std::to_string(last) + ", " +
                           std::to_string(known_before_) + " known, serial " +
                           std::to_string(done) + " stored";
    if (seen->version.generation < last) board_.Fault(board_.backward, at);
    last = std::max(last, seen->version.generation);
    if (seen->version.generation < known_before_) {
      board_.Fault(board_.lost, at);
    }
    if (IsOwn(record) &&
        (seen->serial < done || seen->serial > note.begun.load())) {
      board_.Fault(board_.lost, at);
    }
  }

  void WaitFor(std::uint32_t record) {
    Begin("wait");
    const auto next = file_->WaitFor(NameOf(record), last_[record],
                                     milliseconds(1 + Below(20)));
    if (Ok(next) && *next <= last_[record]) {
      board_.Fault(board_.backward, NameOf(record) + " after a wait");
    }
  }

  // A version of the history: if it is still there, it is whole.
  void GetOld(std::uint32_t record) {
    Begin("get an old version");
    const Generation wanted = last_[record];
    if (wanted < 2) return;
    const auto value = file_->GetRaw(NameOf(record), wanted - 1);
    if (!Ok(value) || IsBlock(record)) return;
    Payload payload;
    internal::ValueDecoder<Payload> decoder(&payload);
    const Status decoded =
        decoder.Decode(*value->type, value->bytes, file_->types());
    if (!Ok(decoded)) return;
    if (value->version.generation != wanted - 1 ||
        !payload.IsWhole(NameOf(record))) {
      board_.Fault(board_.torn, NameOf(record) + ", an old version");
    }
  }

  void List() {
    Begin("list");
    const auto infos = file_->List();
    if (!Ok(infos)) return;
    for (const RecordInfo& info : *infos) {
      if (info.version.generation == 0 || info.type == nullptr) {
        board_.Fault(board_.torn, info.name + " in a list");
      }
    }
  }

  void ReadTitle() {
    Begin("read the title");
    const auto info = file_->Info();
    if (Ok(info) && !IsTitle(info->title)) {
      board_.Fault(board_.torn, "title '" + info->title + "'");
    }
  }

  std::optional<MapFile> file_;
  std::uint64_t known_before_ = 0;
  Generation last_[kRecords] = {};
};

}  // namespace

void Consume(Board& board, const Place& place) { Consumer(board, place).Run(); }

}  // namespace mapfile::stress
