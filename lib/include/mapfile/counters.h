// Counters: a CounterSet that is counted inside the file, by any number of
// processes and threads.
//
//     auto counters = mapfile::Counters::Open(
//         file, "daq/counters", {"events", "lost"});
//     counters->Add(0);
//
// Others see it at once when they look: each counter is one atomic word. But
// there is no new version: WaitFor doesn't return, generation and time stay
// those of the last publication, and there is no history. Who watches has to
// look now and then. Put gives all counters new values, which is a version;
// counting goes on from there. A version that Sync, or the last close, gave a
// checksum stays as it is: the first count after it goes into a new one.
#ifndef MAPFILE_COUNTERS_H_
#define MAPFILE_COUNTERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mapfile/counter_set.h"
#include "mapfile/mapfile.h"
#include "mapfile/record.h"

namespace mapfile {

// Each thread uses a copy of its own. Errors are those of Record's writing
// calls.
class Counters : public Record {
 public:
  // The counters called `names` of record `name`, which is added, with all
  // at 0, if it isn't there. TypeMismatch: it is no CounterSet, or has other
  // counters.
  [[nodiscard]] static Result<Counters> Open(
      MapFile& file, std::string_view name,
      const std::vector<std::string>& names, const AddOptions& options = {});

  const std::vector<std::string>& names() const { return names_; }

  // Counts by number, in the order of names(), and returns the count after
  // it. Beyond 2^64 it begins at 0 again. InvalidArgument: no such counter.
  Result<std::uint64_t> Add(std::size_t counter, std::uint64_t n = 1);

  // All counts, each as it was at some moment of this call.
  [[nodiscard]] Result<CounterSet> Get() const {
    return Record::Get<CounterSet>();
  }

 private:
  explicit Counters(Record record) : Record(std::move(record)) {}
  Status Attach();

  std::vector<std::string> names_;
  Generation generation_ = 0;  // Of the version that is counted in
  std::uint64_t place_ = 0;    // Of the first count, in bytes
};

}  // namespace mapfile

#endif  // MAPFILE_COUNTERS_H_
