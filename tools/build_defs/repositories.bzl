"""The external repositories of this workspace; none of them needs a network.

bazel_stubs() stands in for what Bazel would otherwise fetch for itself, and
system_libraries() wraps the libraries that Debian has installed.
"""

load(":stubs.bzl", "stub_repository")
load(":system_library.bzl", "system_library")

def bazel_stubs():
    """Defines the repositories that Bazel's own rules load."""
    stub_repository(
        name = "rules_cc",
        files = {
            "cc/BUILD": "",
            "cc/defs.bzl": "\n".join([
                "cc_binary = native.cc_binary",
                "cc_import = native.cc_import",
                "cc_library = native.cc_library",
                "cc_test = native.cc_test",
                "cc_toolchain = native.cc_toolchain",
                "cc_toolchain_suite = native.cc_toolchain_suite",
                # Loaded by @bazel_tools, used by nothing here.
                "cc_flags_supplier = None",
                "cc_proto_library = None",
                "cc_toolchain_alias = None",
                "objc_library = None",
            ]),
        },
    )
    stub_repository(
        name = "rules_java",
        files = {
            "java/BUILD": "",
            "java/defs.bzl": "\n".join([
                "java_binary = native.java_binary",
                "java_import = native.java_import",
                "java_library = native.java_library",
                "java_runtime = native.java_runtime",
                "java_toolchain = native.java_toolchain",
            ]),
        },
    )
    stub_repository(
        name = "remote_coverage_tools",
        files = {
            "BUILD": """\
filegroup(
    name = "coverage_report_generator",
    visibility = ["//visibility:public"],
)
""",
        },
    )

def system_libraries():
    """Defines one repository for each library from a Debian package."""
    # What mapfile/boost_histogram.h includes: all of Boost would slow down
    # every action that needs it.
    system_library(
        name = "boost",
        apt_package = "libboost-dev",
        headers = ["boost/" + part for part in [
            "assert",
            "assert.hpp",
            "config",
            "config.hpp",
            "core",
            "cstdint.hpp",
            "current_function.hpp",
            "detail",
            "exception",
            "histogram",
            "histogram.hpp",
            "mp11",
            "mp11.hpp",
            "throw_exception.hpp",
            "type.hpp",
            "variant2",
            "version.hpp",
        ]],
        target = "boost",
    )
    system_library(
        name = "benchmark",
        apt_package = "libbenchmark-dev",
        headers = ["benchmark"],
        linkopts = [
            "-lbenchmark",
            "-lpthread",
        ],
        target = "benchmark",
    )
    system_library(
        name = "cli11",
        apt_package = "libcli11-dev",
        headers = ["CLI"],
        target = "cli11",
    )
    system_library(
        name = "doctest",
        apt_package = "doctest-dev",
        # Asserts as calls: they compile in half the time.
        defines = ["DOCTEST_CONFIG_SUPER_FAST_ASSERTS"],
        headers = ["doctest"],
        target = "doctest",
    )
    system_library(
        name = "expected",
        apt_package = "libexpected-dev",
        headers = ["tl"],
        target = "expected",
    )
    system_library(
        name = "fmt",
        apt_package = "libfmt-dev",
        headers = ["fmt"],
        srcs = ["@mapfile//tools/build_defs:fmt.cc"],
        target = "fmt",
    )
    system_library(
        name = "lmdb",
        apt_package = "liblmdb-dev",
        headers = ["lmdb.h"],
        linkopts = ["-llmdb"],
        optional = True,
        target = "lmdb",
    )
    system_library(
        name = "nlohmann_json",
        apt_package = "nlohmann-json3-dev",
        headers = ["nlohmann"],
        target = "json",
    )
    system_library(
        name = "xxhash",
        apt_package = "libxxhash-dev",
        headers = ["xxhash.h", "xxh3.h"],
        linkopts = ["-lxxhash"],
        target = "xxhash",
    )
