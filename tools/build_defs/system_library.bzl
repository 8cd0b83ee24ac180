"""A library that a Debian package installed under /usr, as a repository."""

_INCLUDE_DIR = "/usr/include/"

_BUILD = """\
cc_library(
    name = "{target}",
    srcs = {srcs},
    hdrs = glob(["include/**"], allow_empty = True),
    defines = {defines},
    includes = ["include"],
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)
"""

def _system_library_impl(repository_ctx):
    attr = repository_ctx.attr
    linkopts = attr.linkopts
    defines = attr.defines
    if attr.optional:
        defines = defines + ["MAPFILE_HAVE_" + attr.target.upper()]
    for header in attr.headers:
        path = repository_ctx.path(_INCLUDE_DIR + header)
        if not path.exists and attr.optional:
            linkopts = []
            defines = attr.defines
            continue
        if not path.exists:
            fail("{path} is missing. Install it with: apt-get install {package}".format(
                path = path,
                package = attr.apt_package,
            ))
        repository_ctx.symlink(path, "include/" + header)
    for src in attr.srcs:
        repository_ctx.symlink(src, src.name)
    repository_ctx.file("BUILD", _BUILD.format(
        defines = repr(defines),
        linkopts = repr(linkopts),
        srcs = repr([src.name for src in attr.srcs]),
        target = attr.target,
    ), executable = False)

system_library = repository_rule(
    implementation = _system_library_impl,
    attrs = {
        "apt_package": attr.string(
            doc = "What to install when a header is missing.",
            mandatory = True,
        ),
        "defines": attr.string_list(
            doc = "Preprocessor definitions of all that use it.",
        ),
        "headers": attr.string_list(
            doc = "Files or folders under /usr/include.",
            mandatory = True,
        ),
        "linkopts": attr.string_list(),
        "optional": attr.bool(
            doc = "Empty rather than an error when a header is missing; " +
                  "MAPFILE_HAVE_<TARGET> is defined where it is there.",
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "Files of ours that are compiled into it.",
        ),
        "target": attr.string(
            doc = "The library's name in the repository.",
            mandatory = True,
        ),
    },
    doc = """Makes @name//:target of a library installed by apt.

Only targets that name it in deps have its headers among their inputs.""",
    # Looked at again whenever Bazel's server starts: packages come and go.
    local = True,
)
