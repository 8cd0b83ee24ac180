// A small map file with all sorts of things in it, the same bytes each time,
// and ways to spoil it.
#ifndef MAPFILE_TESTS_DAMAGE_SPECIMEN_H_
#define MAPFILE_TESTS_DAMAGE_SPECIMEN_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "lib/format/heap_layout.h"
#include "lib/format/layout.h"

namespace mapfile::testing {

inline constexpr std::uint64_t kSpecimenSize = 48 << 10;

// Its records, in order. "note" is a string, "counts" a vector of numbers,
// "state" a struct, "chain" an object that leads to others, "empty" has no
// bytes to speak of.
inline const std::vector<std::string> kSpecimenRecords = {
    "note", "counts", "state", "folder/chain", "empty"};

// The bytes of a file that was closed in order: every version has its
// checksum. One record was removed, the others have several versions, and
// "note" has a title, a unit and a description. Of this boot, or of a boot
// that nobody had.
std::string MakeSpecimen(bool of_this_boot);

// The bytes of a file as structs.
class Editor {
 public:
  explicit Editor(std::string& bytes) : bytes_(bytes) {}

  template <class T>
  T& At(std::uint64_t offset) {
    return *reinterpret_cast<T*>(bytes_.data() + offset);
  }
  format::FileHeader& header() { return At<format::FileHeader>(0); }
  format::RecordControl& control() {
    return At<format::RecordControl>(header().records_offset);
  }
  format::HeapControl& heap() {
    return At<format::HeapControl>(header().heap_offset);
  }
  // Of the record called `name`; 0: there is none.
  std::uint64_t RecordOffset(const std::string& name);
  format::RecordHeader& Record(const std::string& name) {
    return At<format::RecordHeader>(RecordOffset(name));
  }
  format::SlotHeader& Slot(const std::string& name, std::uint32_t index) {
    return At<format::SlotHeader>(RecordOffset(name) +
                                  sizeof(format::RecordHeader) +
                                  index * sizeof(format::SlotHeader));
  }
  // The slot that is current.
  format::SlotHeader& Current(const std::string& name) {
    return Slot(name, format::PublishedWord::Slot(Record(name).published));
  }
  // Index entries.
  std::uint64_t* entries() {
    return &At<std::uint64_t>(control().index_offset +
                              sizeof(format::IndexHeader));
  }
  std::uint64_t entry_count() {
    return std::uint64_t{1}
           << At<format::IndexHeader>(control().index_offset).log2_capacity;
  }
  // Gives the version the checksum of the bytes that it has now.
  void Checksum(format::SlotHeader& slot);

 private:
  std::string& bytes_;
};

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_DAMAGE_SPECIMEN_H_
