// The histogram family as registered classes.
#include "lib/types/classes.h"
#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"

namespace mapfile::internal {

std::vector<RegisteredClass> FamilyClasses() {
  return {ClassOf<Axis>(),        ClassOf<Histogram1D>(),
          ClassOf<Histogram2D>(), ClassOf<Histogram3D>(),
          ClassOf<Profile1D>(),   ClassOf<Profile2D>(),
          ClassOf<Efficiency>(),  ClassOf<Graph>(),
          ClassOf<TimeSeries>(),  ClassOf<CounterSet>()};
}

}  // namespace mapfile::internal
