#include "lib/text/draw/palette.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace mapfile::text {
namespace {

constexpr Rgb kAnchors[] = {
    {0x44, 0x01, 0x54}, {0x48, 0x24, 0x75}, {0x41, 0x44, 0x87},
    {0x35, 0x5f, 0x8d}, {0x2a, 0x78, 0x8e}, {0x21, 0x91, 0x8c},
    {0x22, 0xa8, 0x84}, {0x44, 0xbf, 0x70}, {0x7a, 0xd1, 0x51},
    {0xbd, 0xdf, 0x26}, {0xfd, 0xe7, 0x25}};

// What terminals have of red, green and blue.
constexpr int kLevels[] = {0, 95, 135, 175, 215, 255};

int LevelOf(int value) {
  int nearest = 0;
  for (int i = 1; i < static_cast<int>(std::size(kLevels)); ++i) {
    if (std::abs(kLevels[i] - value) < std::abs(kLevels[nearest] - value)) {
      nearest = i;
    }
  }
  return nearest;
}

}  // namespace

Rgb ColorAt(double part) {
  const double at = std::clamp(part, 0.0, 1.0) * (std::size(kAnchors) - 1);
  const auto below =
      std::min(static_cast<std::size_t>(at), std::size(kAnchors) - 2);
  const double rest = at - static_cast<double>(below);
  const auto mix = [rest](int a, int b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * rest));
  };
  const Rgb& a = kAnchors[below];
  const Rgb& b = kAnchors[below + 1];
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

int TerminalColor(Rgb color) {
  return 16 + 36 * LevelOf(color.red) + 6 * LevelOf(color.green) +
         LevelOf(color.blue);
}

}  // namespace mapfile::text
