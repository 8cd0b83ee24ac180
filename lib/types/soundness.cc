#include "lib/types/soundness.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "lib/types/cells.h"
#include "mapfile/efficiency.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"

namespace mapfile::internal {
namespace {

bool Rises(const std::vector<double>& edges) {
  // Without an early end, so that the compiler can take several at once.
  bool rises = true;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    rises = rises && edges[i - 1] < edges[i];
  }
  return rises;
}

// Axis::Fault() without the search for labels that are there twice, which
// no axis gets but from a damaged file.
bool IsSound(const Axis& axis) {
  const std::uint32_t bins = axis.bins();
  const AxisKind kind = axis.kind();
  if (kind == AxisKind::kNone) return false;
  if (kind == AxisKind::kCategory) return axis.labels().size() == bins;
  const double range = axis.high() - axis.low();
  if (bins == 0 || bins > Axis::kMaxBins || !(range > 0) ||
      !std::isfinite(range * bins)) {
    return false;
  }
  if (kind == AxisKind::kLogarithmic) return axis.low() > 0;
  if (kind == AxisKind::kInteger) return range == bins;
  if (kind != AxisKind::kVariable) return true;
  const std::vector<double>& edges = axis.edges();
  return edges.size() == std::size_t{bins} + 1 && edges.front() == axis.low() &&
         edges.back() == axis.high() && Rises(edges);
}

std::string FaultOver(std::initializer_list<const Axis*> axes,
                      std::size_t cells) {
  const Axes all(axes.begin(), axes.size());
  const bool is_sound = std::all_of(axes.begin(), axes.end(),
                                    [](const Axis* a) { return IsSound(*a); });
  if (is_sound && CountCells(all) == cells) return {};
  return FaultOf(all, cells);
}

std::string Fault(const Histogram1D& h) {
  return FaultOver({&h.axis()}, h.contents().size());
}
std::string Fault(const Histogram2D& h) {
  return FaultOver({&h.x_axis(), &h.y_axis()}, h.contents().size());
}
std::string Fault(const Histogram3D& h) {
  return FaultOver({&h.x_axis(), &h.y_axis(), &h.z_axis()},
                   h.contents().size());
}
std::string Fault(const Profile1D& p) {
  return FaultOver({&p.axis()}, p.weights().size());
}
std::string Fault(const Profile2D& p) {
  return FaultOver({&p.x_axis(), &p.y_axis()}, p.weights().size());
}
std::string Fault(const Efficiency& e) {
  return FaultOver({&e.axis()}, e.total().size());
}

template <class T>
std::string FaultOfObject(const void* object) {
  return Fault(*static_cast<const T*>(object));
}

struct Entry {
  const std::type_info& type_info;
  FaultToStore fault;
};
template <class T>
Entry EntryOf() {
  return {typeid(T), &FaultOfObject<T>};
}

}  // namespace

FaultToStore FaultToStoreOf(const std::type_info& type_info) {
  for (const Entry& entry :
       {EntryOf<Histogram1D>(), EntryOf<Histogram2D>(), EntryOf<Histogram3D>(),
        EntryOf<Profile1D>(), EntryOf<Profile2D>(), EntryOf<Efficiency>()}) {
    if (entry.type_info == type_info) return entry.fault;
  }
  return nullptr;
}

}  // namespace mapfile::internal
