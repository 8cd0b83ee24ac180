// man/mapfile.5 describes the histogram family as it is stored.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/schema.h"
#include "mapfile/time_series.h"

namespace mapfile {
namespace {

// The page in words, one blank between two.
std::string Words() {
  std::ifstream page("man/mapfile.5");
  REQUIRE(page);
  std::string text;
  for (std::string word; page >> word;) text += word + ' ';
  return text;
}

// A type's text is its name, then a line for each class.
template <class T>
void CheckDescribed(const std::string& page) {
  std::istringstream lines(TypeOf<T>().text());
  std::string line;
  std::getline(lines, line);
  int classes = 0;
  for (; std::getline(lines, line); ++classes) {
    CAPTURE(line);
    CHECK(page.find(line) != page.npos);
  }
  CHECK(classes > 0);
}

TEST_CASE("every class of the family is in the page, field by field") {
  const std::string page = Words();
  CheckDescribed<Histogram1D>(page);
  CheckDescribed<Histogram2D>(page);
  CheckDescribed<Histogram3D>(page);
  CheckDescribed<Profile1D>(page);
  CheckDescribed<Profile2D>(page);
  CheckDescribed<Efficiency>(page);
  CheckDescribed<Graph>(page);
  CheckDescribed<TimeSeries>(page);
  CheckDescribed<CounterSet>(page);
}

}  // namespace
}  // namespace mapfile
