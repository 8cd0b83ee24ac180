// The classes that values in fuzzers' files and behind pointers may have.
#include "mapfile/registry.h"
#include "tests/types/test_classes.h"

MAPFILE_REGISTER(mapfile::zoo::Square)
MAPFILE_REGISTER(mapfile::zoo::Circle)
MAPFILE_REGISTER(mapfile::zoo::Drawing)
MAPFILE_REGISTER(mapfile::zoo::Everything)
MAPFILE_REGISTER(mapfile::zoo::Node)
MAPFILE_REGISTER(mapfile::zoo::Point)
