// Numbers that nobody can guess.
#ifndef MAPFILE_LIB_OS_RANDOM_H_
#define MAPFILE_LIB_OS_RANDOM_H_

#include <cstdint>

namespace mapfile::os {

// 64 bits from the kernel's generator.
std::uint64_t RandomBits();

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_RANDOM_H_
