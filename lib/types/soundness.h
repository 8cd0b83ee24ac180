// What is looked at before an object of the histogram family is stored.
#ifndef MAPFILE_LIB_TYPES_SOUNDNESS_H_
#define MAPFILE_LIB_TYPES_SOUNDNESS_H_

#include <string>
#include <typeinfo>

namespace mapfile::internal {

// Why an object is not to be stored, as a sentence; empty: it is.
using FaultToStore = std::string (*)(const void* object);

// That of a class; null: all of its objects are stored. An object with an
// axis that isn't valid has counted nothing but overflow, and others could
// make no sense of it. The call takes no time to speak of: of bins it looks
// at no more than the edges of a variable axis.
FaultToStore FaultToStoreOf(const std::type_info& type_info);

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_SOUNDNESS_H_
