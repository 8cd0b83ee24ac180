// Moments: the figures of a histogram that stand beside its picture.
#ifndef MAPFILE_LIB_TEXT_DRAW_MOMENTS_H_
#define MAPFILE_LIB_TEXT_DRAW_MOMENTS_H_

#include <vector>

#include "lib/text/draw/picture.h"

namespace mapfile::text {

// ROOT's statistics box: name (if there is one), entries, mean, standard
// deviation, underflow and overflow; with `all` also integral, effective
// entries, skewness and kurtosis. Or those that `data` states itself.
std::vector<Statistic> StatisticsOf(const HistogramData& data, bool all);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_MOMENTS_H_
