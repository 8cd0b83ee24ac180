// A producer: random calls that write.
#include <algorithm>
#include <optional>
#include <utility>

#include "tests/stress/worker.h"

namespace mapfile::stress {
namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t kBound = 2;   // Own records that are Add()ed
constexpr std::uint32_t kFields = 8;  // Blocks of the heap per producer

class Producer : public Worker {
 public:
  Producer(Board& board, const Place& place)
      : Worker(board, board.producers[place.seat], place) {}

  [[noreturn]] void Run() {
    for (;;) {
      if (!file_ && !Open()) continue;
      Step();
      End();
    }
  }

 private:
  bool Open() {
    Begin("open");
    auto file = MapFile::Open(place_.path, {.mode = Mode::kUpdate,
                                            .lock_timeout = milliseconds(300)});
    if (!Ok(file)) return false;
    file_.emplace(*file);
    for (std::uint32_t i = 0; i < kBound; ++i) Bind(i);
    return true;
  }

  // The object of an own record, as its next version.
  std::uint64_t Next(std::uint32_t i) {
    const std::uint32_t record = OwnRecord(place_.seat, i);
    const std::uint64_t serial = NoteOf(record).begun.load() + 1;
    NoteOf(record).begun.store(serial);
    objects_[i].Fill(NameOf(record), place_.seat, serial, Size());
    return serial;
  }
  void Done(std::uint32_t i, std::uint64_t serial) {
    NoteOf(OwnRecord(place_.seat, i)).done.store(serial);
  }

  void Bind(std::uint32_t i) {
    Begin("add own");
    const std::uint64_t serial = Next(i);
    const auto record =
        file_->Add(objects_[i], NameOf(OwnRecord(place_.seat, i)));
    is_bound_[i] = Ok(record);
    if (is_bound_[i]) Done(i, serial);
  }

  std::size_t Size() {
    const std::uint64_t kind = Below(100);
    if (kind < 70) return Below(64);
    if (kind < 95) return Below(1024);
    return Below(16384);
  }

  void Step() {
    switch (Below(20)) {
      case 0:
      case 1:
      case 2:
      case 3: return PutShared();
      case 4:
      case 5: return PutOwn();
      case 6:
      case 7: return UpdateAll();
      case 8:
      case 9: return UpdateOne();
      case 10:
      case 11: return ModifyShared();
      case 12:
      case 13: return ModifyOwn();
      case 14: return Remove();
      case 15:
      case 16: return UseHeap();
      case 17: return SetTitle();
      case 18: return Below(10) == 0 ? Sync() : HoldLock();
      default: return Below(4) == 0 ? Reopen() : PutShared();
    }
  }

  void PutShared() {
    Begin("put shared");
    const auto record = static_cast<std::uint32_t>(Below(kShared));
    Payload value;
    value.Fill(NameOf(record), place_.seat, Below(1 << 30), Size());
    const auto put = file_->Put(value.name, value);
    if (Ok(put)) NoteOf(record).Returned(*put);
  }

  void PutOwn() {
    Begin("put own");
    const std::uint64_t serial = Next(kBound);
    const std::uint32_t record = OwnRecord(place_.seat, kBound);
    const auto put = file_->Put(NameOf(record), objects_[kBound]);
    if (!Ok(put)) return;
    Done(kBound, serial);
    NoteOf(record).Returned(*put);
  }

  void UpdateAll() {
    Begin("update all");
    std::uint64_t serials[kBound];
    for (std::uint32_t i = 0; i < kBound; ++i) serials[i] = Next(i);
    if (!Ok(file_->Update())) return;
    for (std::uint32_t i = 0; i < kBound; ++i) {
      if (is_bound_[i]) Done(i, serials[i]);
    }
  }

  void UpdateOne() {
    Begin("update one");
    const auto i = static_cast<std::uint32_t>(Below(kBound));
    const std::uint64_t serial = Next(i);
    const auto updated = file_->Update(&objects_[i]);
    if (!Ok(updated)) return Bind(i);
    Done(i, serial);
    NoteOf(OwnRecord(place_.seat, i)).Returned(*updated);
  }

  // Edits in place; what is there must be whole before.
  std::optional<Generation> Modify(std::uint32_t record, std::uint64_t serial) {
    const std::string name = NameOf(record);
    Block initial;
    initial.Fill(name, place_.seat, serial);
    auto block = file_->Emplace<Block>(name, initial);
    if (!Ok(block)) return std::nullopt;
    const auto modified = block->Modify([&](Block& b) {
      if (!b.IsWhole(name)) board_.Fault(board_.torn, name + " for a writer");
      b.Fill(name, place_.seat, serial);
    });
    if (!Ok(modified)) return std::nullopt;
    NoteOf(record).Returned(*modified);
    return *modified;
  }

  void ModifyShared() {
    Begin("modify shared");
    Modify(kShared + static_cast<std::uint32_t>(Below(kBlocks)),
           Below(1 << 30));
  }

  void ModifyOwn() {
    Begin("modify own");
    const std::uint32_t record = OwnRecord(place_.seat, kOwn - 1);
    const std::uint64_t serial = NoteOf(record).begun.load() + 1;
    NoteOf(record).begun.store(serial);
    if (Modify(record, serial)) NoteOf(record).done.store(serial);
  }

  void Remove() {
    Begin("remove");
    (void)Ok(file_->Remove(
        NameOf(1 + 2 * static_cast<std::uint32_t>(Below(kShared / 2)))));
  }

  void SetTitle() {
    Begin("title");
    (void)Ok(file_->SetTitle(MakeTitle(Below(1 << 30))));
  }

  void Sync() {
    Begin("sync");
    if (Ok(file_->Sync())) board_.syncs.fetch_add(1);
  }

  void HoldLock() {
    Begin("hold the lock");
    if (!Ok(file_->AcquireLock())) return;
    PutShared();
    SetTitle();
    (void)Ok(file_->ReleaseLock());
  }

  void Reopen() {
    Begin("close");
    (void)Ok(file_->Close());
    file_.reset();
  }

  // A block for one field of this producer's root, or the way back. The
  // second half of the root says which blocks are filled.
  void UseHeap() {
    Begin("heap");
    Heap heap = file_->heap();
    const auto root = heap.GetKey(static_cast<int>(place_.seat));
    if (!Ok(root)) return;
    const auto words = Words(heap, *root);
    if (words.size() < 2 * kFields) {
      return board_.Fault(board_.errors, "a root of the heap is gone");
    }
    const std::uint64_t i = Below(kFields);
    const Offset<std::uint64_t> field{*root + 8 * i};
    std::atomic_ref filled(words[kFields + i]);
    if (words[i] == 0) {
      const auto block = heap.MallocInto(field, 8 + Below(5000));
      if (!Ok(block)) return;
    } else if (filled == 0) {
      Fill(heap, words[i], filled);
    } else if (!IsIntact(heap, words[i], filled)) {
      board_.Fault(board_.torn, "a block of the heap");
    } else {
      filled = 0;
      (void)Ok(heap.FreeFrom(field));
    }
  }

  std::span<std::uint64_t> Words(const Heap& heap, std::uint64_t offset) {
    const auto bytes = heap.Resolve(Offset<void>{offset});
    return {reinterpret_cast<std::uint64_t*>(bytes.data()), bytes.size() / 8};
  }
  void Fill(const Heap& heap, std::uint64_t offset,
            std::atomic_ref<std::uint64_t> filled) {
    const auto words = Words(heap, offset);
    FillWords(offset, words);
    filled = words.size();
  }
  bool IsIntact(const Heap& heap, std::uint64_t offset,
                std::atomic_ref<std::uint64_t> filled) {
    const auto words = Words(heap, offset);
    return words.size() == filled && AreWords(offset, words);
  }

  std::optional<MapFile> file_;
  Payload objects_[kBound + 1];
  bool is_bound_[kBound] = {};
};

}  // namespace

void Produce(Board& board, const Place& place) { Producer(board, place).Run(); }

}  // namespace mapfile::stress
