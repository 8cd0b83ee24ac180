// MAPFILE_STEP: marks the instants at which tests kill a process.
//
//     StoreRelease(head, offset);
//     MAPFILE_STEP("list: head stored");
//
// Between two steps there is one store that others can see, so that a test
// that stops at each of them in turn has seen every state that SIGKILL can
// leave. The ordered stores of lib/base/atomic.h are steps by themselves;
// exchanges, system calls and the first of several relaxed stores have theirs
// beside them. Compiled to nothing but where MAPFILE_STEPS is defined: in the
// libraries called "_steps", and in the tests that stand on them.
#ifndef MAPFILE_LIB_BASE_STEP_H_
#define MAPFILE_LIB_BASE_STEP_H_

#ifdef MAPFILE_STEPS

#include <functional>

namespace mapfile {

// What a step calls; empty: nothing. Set while no other thread runs steps.
inline std::function<void(const char* name)> step_hook;

[[gnu::noinline]] inline void Step(const char* name) {
  if (step_hook) step_hook(name);
}

}  // namespace mapfile

#define MAPFILE_STEP(name) ::mapfile::Step(name)
// Around functions in headers that have steps: other names for the linker, as
// libraries without steps may be part of the same program.
#define MAPFILE_BEGIN_STEPS inline namespace with_steps {
#define MAPFILE_END_STEPS }

#else

#define MAPFILE_STEP(name) static_cast<void>(0)
#define MAPFILE_BEGIN_STEPS
#define MAPFILE_END_STEPS

#endif  // MAPFILE_STEPS

#endif  // MAPFILE_LIB_BASE_STEP_H_
