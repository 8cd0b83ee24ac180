"""A repository written from strings, for names that must merely exist."""

def _stub_repository_impl(repository_ctx):
    repository_ctx.file("WORKSPACE", "")
    for path, content in repository_ctx.attr.files.items():
        repository_ctx.file(path, content + "\n", executable = False)

stub_repository = repository_rule(
    implementation = _stub_repository_impl,
    attrs = {
        "files": attr.string_dict(doc = "Path in the repository -> content."),
    },
    doc = "Writes the given files and nothing else.",
)
