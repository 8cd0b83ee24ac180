// Interrupt: SIGINT and SIGTERM as a question that a loop can ask.
#ifndef MAPFILE_TOOLS_COMMON_INTERRUPT_H_
#define MAPFILE_TOOLS_COMMON_INTERRUPT_H_

#include <cstdint>

namespace mapfile::tools {

// From here on these signals end nothing by themselves. They interrupt
// system calls, so that sleepers look up.
void CatchInterrupts();

// Whether one has come.
bool Interrupted();

// Sleeps until `ns` have passed or a signal has come.
void SleepInterruptibly(std::uint64_t ns);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_INTERRUPT_H_
