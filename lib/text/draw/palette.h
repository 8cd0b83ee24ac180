// Palette: colours from little to much.
#ifndef MAPFILE_LIB_TEXT_DRAW_PALETTE_H_
#define MAPFILE_LIB_TEXT_DRAW_PALETTE_H_

#include <cstdint>

namespace mapfile::text {

struct Rgb {
  std::uint8_t red;
  std::uint8_t green;
  std::uint8_t blue;
};

// From dark violet at 0 over green to yellow at 1, each brighter than those
// before, so that it can be read without telling colours apart, too (the
// anchors of matplotlib's viridis, which is in the public domain).
Rgb ColorAt(double part);

// The nearest of the 216 colours that terminals of 256 have: 16 to 231.
int TerminalColor(Rgb color);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_PALETTE_H_
