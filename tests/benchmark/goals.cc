#include "tests/benchmark/goals.h"

namespace mapfile::benchmarks {

const std::vector<Goal>& Goals() {
  static const std::vector<Goal> goals = {
      {"put/", "handle", 1.15, 30},
      {"put/", "name", 1.15, 60},
      {"get/", "handle", 1.15, 30},
      {"get/", "name", 1.15, 60},
      {"put, another producer/", "handle", 1.15, 30},
      {"put, one reader/88", "handle", 0, 200},
      {"get, one writer/88", "handle", 0, 200},
      {"put, one reader/", "handle", 1.5, 0},
      {"get, one writer/", "handle", 1.5, 0},
      {"put object/10 fields", "mapfile", 0, 150},
      {"get object/10 fields", "mapfile", 0, 150},
      {"count/", "mapfile", 0, 20},
      {"modify/64 B", "mapfile", 0, 60},
      {"find, 10 hot names", "mapfile", 0, 40},
      {"add/1000000", "mapfile", 0, 1000},
      {"list/100000", "mapfile", 0, 20e6},
      {"heap/small", "mapfile", 2.5, 0},
      {"heap/", "mapfile", 1.5, 0},
      {"grow/", "mapfile", 0, 10e6},
      {"tool/ls of 10000", "mapfile", 0, 15e6},
      {"tool/print of 1000000", "mapfile", 0, 50e6},
      {"tool/get of 100000", "mapfile", 0, 20e6},
      {"tool/", "mapfile", 0, 2e6},
  };
  return goals;
}

const std::vector<Limit>& Limits() {
  static const std::vector<Limit> limits = {
      {"add/1000000", "mapfile", "longest_ms", 30},
      {"add/1000000", "mapfile", "B_each", 512},
      {"heap/small", "mapfile", "file/live", 1.35},
      {"heap/mixed", "mapfile", "file/live", 1.35},
      {"heap/large", "mapfile", "file/live", 1.15},
  };
  return limits;
}

}  // namespace mapfile::benchmarks
