// FunctionRef: a callable passed down a call, never kept.
#ifndef MAPFILE_LIB_BASE_FUNCTION_REF_H_
#define MAPFILE_LIB_BASE_FUNCTION_REF_H_

#include <concepts>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace mapfile {

template <class Signature>
class FunctionRef;

// Refers to a callable that outlives the call it is passed to; never empty,
// never allocates (std::function may, and costs more per call).
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  template <class F>
  requires(!std::same_as<std::remove_cvref_t<F>, FunctionRef> &&
           std::is_invocable_r_v<R, F&, Args...>)
      // NOLINTNEXTLINE: implicit, so that a lambda can be passed as it is.
      FunctionRef(F&& callable)
      : object_(const_cast<void*>(
            static_cast<const void*>(std::addressof(callable)))),
        call_([](void* object, Args... args) -> R {
          return std::invoke(*static_cast<std::remove_reference_t<F>*>(object),
                             std::forward<Args>(args)...);
        }) {}

  R operator()(Args... args) const {
    return call_(object_, std::forward<Args>(args)...);
  }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_FUNCTION_REF_H_
