#include "tests/stress/board.h"

namespace mapfile::stress {

std::string NameOf(std::uint32_t record) {
  if (record < kShared) return "shared/" + std::to_string(record);
  if (record < kShared + kBlocks) {
    return "block/" + std::to_string(record - kShared);
  }
  record -= kShared + kBlocks;
  return "own/" + std::to_string(record / kOwn) + "/" +
         std::to_string(record % kOwn);
}

}  // namespace mapfile::stress
