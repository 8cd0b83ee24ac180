// System calls that fail, for tests of what the library does then.
#ifndef MAPFILE_TESTS_SUPPORT_DENY_H_
#define MAPFILE_TESTS_SUPPORT_DENY_H_

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cstddef>
#include <cstdint>

namespace mapfile::testing {

// From now on `call` fails in this process with `error`, if its argument
// number `argument` has one of the bits of `mask` (0: always). For children
// only, since there is no way back. False: this system can't do it.
inline bool Deny(std::uint32_t call, int error, int argument = 0,
                 std::uint32_t mask = 0) {
  const auto word = static_cast<std::uint32_t>(
      offsetof(seccomp_data, args) + sizeof(std::uint64_t) * argument);
  const std::uint32_t fail =
      SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(error) & 0xffff);
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, word),  // Its low half
      mask == 0 ? sock_filter BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0, 0, 1)
                : sock_filter BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, mask, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, fail),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{sizeof filter / sizeof filter[0], filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_SUPPORT_DENY_H_
