// Sequence: a value whose fixed part is one text or one array of numbers.
//
// What is large, and most of what is put often, is one. It is written and
// read here in a few steps, to the same bytes as by a walk over its plan.
#ifndef MAPFILE_LIB_TYPES_SEQUENCE_H_
#define MAPFILE_LIB_TYPES_SEQUENCE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "lib/types/plan.h"

namespace mapfile::internal {

// Of all functions: `plan.is_sequence`.

// The size of the value.
std::uint64_t SequenceSize(const Plan& plan, const void* object);

// Fills `bytes`; false: the object has another size by now.
bool WriteSequence(const Plan& plan, const void* object,
                   std::span<std::byte> bytes);

// Reads a value of untrusted bytes, as ValueLoader does; false: it is
// damaged, as that can say, and the object is as it was.
bool LoadSequence(const Plan& plan, std::span<const std::byte> bytes,
                  void* object);

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_SEQUENCE_H_
