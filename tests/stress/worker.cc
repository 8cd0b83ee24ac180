#include "tests/stress/worker.h"

namespace mapfile::stress {

std::uint32_t Worker::AnyRecord() {
  return static_cast<std::uint32_t>(
      Below(kShared + kBlocks + place_.producers * kOwn));
}

void Worker::Judge(const Error& error) {
  switch (error.code()) {
    case Code::kBusy: seat_.busy.fetch_add(1); return;
    case Code::kNotFound:
    case Code::kExists:
    case Code::kTimeout:
    case Code::kNotDurable: return;
    default:
      board_.Fault(board_.errors, std::string(seat_.operation.load()) + ": " +
                                      error.message());
  }
}

}  // namespace mapfile::stress
