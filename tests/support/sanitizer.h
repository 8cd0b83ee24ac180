// Which sanitizer this build has, in either compiler's words. Tests do less
// where one is slow, and skip what one can't bear: they reserve terabytes of
// address space for themselves.

#ifndef MAPFILE_TESTS_SUPPORT_SANITIZER_H_
#define MAPFILE_TESTS_SUPPORT_SANITIZER_H_

namespace mapfile::testing {

#if defined(__has_feature)  // clang
inline constexpr bool kAddressSanitizer = __has_feature(address_sanitizer);
inline constexpr bool kThreadSanitizer = __has_feature(thread_sanitizer);
#else
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif
#if defined(__SANITIZE_THREAD__)
inline constexpr bool kThreadSanitizer = true;
#else
inline constexpr bool kThreadSanitizer = false;
#endif
#endif

inline constexpr bool kSanitizer = kAddressSanitizer || kThreadSanitizer;

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_SUPPORT_SANITIZER_H_
