#include "tests/benchmark/stores.h"

#if __has_include(<boost/interprocess/managed_mapped_file.hpp>)
#define MAPFILE_HAVE_BOOST 1
#include <algorithm>
#include <boost/interprocess/containers/vector.hpp>
#include <boost/interprocess/managed_mapped_file.hpp>
#include <boost/interprocess/sync/interprocess_mutex.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>
#else
#define MAPFILE_HAVE_BOOST 0
#endif

namespace mapfile::benchmarks {

bool HaveBoost() { return MAPFILE_HAVE_BOOST != 0; }

#if MAPFILE_HAVE_BOOST

namespace {

namespace bi = boost::interprocess;

using Segment = bi::managed_mapped_file;
using SharedAllocator = bi::allocator<double, Segment::segment_manager>;

struct Guarded {
  explicit Guarded(const SharedAllocator& allocator) : values(allocator) {}
  bi::interprocess_mutex mutex;
  bi::vector<double, SharedAllocator> values;
};

Segment OpenSegment(const std::string& path, std::size_t count, bool create) {
  if (!create) return Segment(bi::open_only, path.c_str());
  return Segment(bi::create_only, path.c_str(),
                 (std::size_t{1} << 16) + 2 * count * sizeof(double));
}

}  // namespace

struct BoostStore::Impl {
  Segment segment;
  Guarded* guarded;
};

BoostStore::BoostStore(const std::string& path, std::size_t count, bool create)
    : impl_(new Impl{OpenSegment(path, count, create), nullptr}) {
  impl_->guarded = impl_->segment.find_or_construct<Guarded>("values")(
      SharedAllocator(impl_->segment.get_segment_manager()));
  if (create) impl_->guarded->values.resize(count);
}

bool BoostStore::Put(const Values& values) {
  const bi::scoped_lock<bi::interprocess_mutex> lock(impl_->guarded->mutex);
  std::copy(values.begin(), values.end(), impl_->guarded->values.begin());
  return true;
}

bool BoostStore::Get(Values* values) {
  const bi::scoped_lock<bi::interprocess_mutex> lock(impl_->guarded->mutex);
  std::copy(impl_->guarded->values.begin(), impl_->guarded->values.end(),
            values->begin());
  return true;
}

#else

struct BoostStore::Impl {};
BoostStore::BoostStore(const std::string&, std::size_t, bool) {}
bool BoostStore::Put(const Values&) { return false; }
bool BoostStore::Get(Values*) { return false; }

#endif

BoostStore::~BoostStore() = default;

}  // namespace mapfile::benchmarks
