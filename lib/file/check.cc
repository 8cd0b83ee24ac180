// Check(): header, structure, then every value.
#include "mapfile/check.h"

#include <utility>

#include "lib/file/look.h"

namespace mapfile {
namespace {

// How often a file may be truncated while it is looked at.
constexpr int kAttempts = 3;

// A file of which nothing can be said but this.
CheckReport Hopeless(const Error& error) {
  CheckReport report;
  report.findings.push_back({Part::kFile, 0, {}, error.message()});
  return report;
}

}  // namespace

const char* PartName(Part part) {
  switch (part) {
    case Part::kFile: return "file";
    case Part::kHeader: return "header";
    case Part::kHeap: return "heap";
    case Part::kIndex: return "index";
    case Part::kRecord: return "record";
    case Part::kType: return "type";
    case Part::kValue: return "value";
    case Part::kCount: return "count";
  }
  return "unknown";
}

Result<CheckReport> Check(const std::string& path,
                          const CheckOptions& options) {
  if (path.empty()) {
    return Fail(Code::kInvalidArgument, "the name of a file is empty");
  }
  for (int attempt = 1;; ++attempt) {
    auto subject = file::OpenSubject(path, os::Access::kRead);
    if (!subject) {
      const Code code = subject.error().code();
      if (code == Code::kCorrupt || code == Code::kVersion) {
        return Hopeless(subject.error());
      }
      return Fail(subject.error().In(path));
    }
    CheckReport report;
    Status looked = file::LookAtSubject(*subject, options, report);
    if (subject->image->poisoned()) {
      if (attempt < kAttempts) continue;
      return Fail(Error(Code::kIo,
                        "it was truncated again and again while it was "
                        "looked at, or its medium fails")
                      .In(path));
    }
    if (!looked) return Fail(looked.error().In(path));
    return report;
  }
}

}  // namespace mapfile
