"""Libraries that tests can stop at every step of."""

def library_with_steps(name, deps = [], deps_with_steps = [], **kwargs):
    """A cc_library, and the same again with the steps of lib/base/step.h.

    Args:
      name: Of the library; the other one is called name + "_steps".
      deps: Those that have no steps.
      deps_with_steps: Libraries made by this macro. A program links either
        these or their "_steps", never both.
      **kwargs: As those of cc_library.
    """
    native.cc_library(
        name = name,
        deps = deps + deps_with_steps,
        **kwargs
    )
    native.cc_library(
        name = name + "_steps",
        testonly = True,
        defines = ["MAPFILE_STEPS"],
        deps = deps + [dep + "_steps" for dep in deps_with_steps],
        **kwargs
    )
