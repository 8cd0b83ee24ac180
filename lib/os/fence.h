// AsymmetricFence: a fence that only one of two sides pays for.
//
// Where one side is in a hurry and the other is rare, the first does without
// a fence and the other has the kernel run one on every thread: membarrier(2).
#ifndef MAPFILE_LIB_OS_FENCE_H_
#define MAPFILE_LIB_OS_FENCE_H_

namespace mapfile::os {

// Whether this process has it; always the same answer. Never under the
// thread sanitizer, which can't see it.
bool HasAsymmetricFence();

// All threads of this process pass a full fence before it returns. What one
// of them stored before its fence is seen by the caller; what it loads after
// it, comes after what the caller stored. Only if HasAsymmetricFence().
void AsymmetricFence();

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_FENCE_H_
