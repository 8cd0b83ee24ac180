// The parts of Table::Examine() that look at more than one record.
#ifndef MAPFILE_LIB_RECORD_CHECK_PARTS_H_
#define MAPFILE_LIB_RECORD_CHECK_PARTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/record/claims.h"
#include "lib/record/space.h"

namespace mapfile::record {

// The name as it stands in the block; any bytes.
std::string NameOf(const Block& block);

// The list of types: each in its place, parsable; returns how many.
std::uint64_t CheckTypes(const Space& space, Claims& claims);

// The entries of the index that aren't empty, right or wrong; none if there
// is no index in the file.
std::vector<std::uint64_t> EntriesOf(const Space& space);

// The index and its counts. Returns the records that it leads to.
std::vector<std::uint64_t> CheckIndex(const Space& space, Claims& claims);

// The lists of unused records and of those being made or unmade; the title.
void CheckLists(const Space& space, Claims& claims);

// Adds the living records that nothing leads to, each a finding.
void FindUnlisted(const Space& space, std::vector<std::uint64_t>& records,
                  Claims& claims);

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_CHECK_PARTS_H_
