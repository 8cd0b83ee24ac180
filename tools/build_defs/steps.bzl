"""Libraries that tests can stop at every step of."""

def library_with_steps(name, srcs, deps = [], deps_with_steps = [], **kwargs):
    """A cc_library, and the same again with the steps of lib/base/step.h.

    With sanitizers, whose programs nobody ships, all libraries have steps
    (see .bazelrc) and both are the same: one is compiled.

    Args:
      name: Of the library; the other one is called name + "_steps".
      srcs: As those of cc_library.
      deps: Those that have no steps.
      deps_with_steps: Libraries made by this macro. A program links either
        these or their "_steps", never both.
      **kwargs: As those of cc_library.
    """
    native.cc_library(
        name = name,
        srcs = srcs,
        deps = deps + deps_with_steps,
        **kwargs
    )
    native.cc_library(
        name = name + "_steps",
        testonly = True,
        srcs = select({
            "//tools/build_defs:steps_everywhere": [],
            "//conditions:default": srcs,
        }),
        defines = ["MAPFILE_STEPS"],
        deps = deps + [dep + "_steps" for dep in deps_with_steps] + select({
            "//tools/build_defs:steps_everywhere": [":" + name],
            "//conditions:default": [],
        }),
        **kwargs
    )
