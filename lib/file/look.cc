#include "lib/file/look.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/file/structure.h"
#include "lib/file/value_check.h"

namespace mapfile::file {
namespace {

// What is found twice is told once.
void Unite(std::vector<Finding>& findings) {
  std::vector<Finding> united;
  std::set<std::pair<std::uint64_t, std::string>> told;
  for (Finding& found : findings) {
    if (told.emplace(found.offset, found.message).second) {
      united.push_back(std::move(found));
    }
  }
  findings = std::move(united);
}

}  // namespace

Status LookAtSubject(const Subject& subject, const CheckOptions& options,
                     CheckReport& report) {
  report.size_bytes = subject.file_size;
  for (const format::HeaderFault& fault : subject.faults) {
    report.findings.push_back(
        {Part::kHeader, fault.offset, {}, "damaged header: " + fault.message});
  }
  report.is_live = subject.LivingWriter() != format::kWriterSlots;
  if (options.progress) options.progress({"structure", 0, 1});
  MAPFILE_ASSIGN_OR_RETURN(Structure structure, LookAtStructure(subject));
  std::move(structure.findings.begin(), structure.findings.end(),
            std::back_inserter(report.findings));
  report.remarks = std::move(structure.remarks);
  report.blocks = structure.census.blocks;
  report.records = structure.census.records;
  report.types = structure.census.types;
  MAPFILE_RETURN_IF_ERROR(CheckValues(subject, options, report));
  Unite(report.findings);
  if (report.findings.size() > CheckReport::kMostFindings) {
    report.findings.resize(CheckReport::kMostFindings);
  }
  return {};
}

}  // namespace mapfile::file
