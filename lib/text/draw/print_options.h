// How values are laid out for people.
#ifndef MAPFILE_LIB_TEXT_DRAW_PRINT_OPTIONS_H_
#define MAPFILE_LIB_TEXT_DRAW_PRINT_OPTIONS_H_

namespace mapfile::text {

struct PrintOptions {
  int width = 80;        // Columns that no line exceeds
  bool color = false;    // ANSI colours
  bool unicode = true;   // Else ASCII alone
  int max_elements = 0;  // Shown of an array; 0: numbers on one line, else 10
  int precision = 6;     // Significant digits; 0: all

  // Of pictures.
  int height = 23;              // Lines that one keeps to, if it can
  bool errors = false;          // With error bars
  bool log = false;             // What is shown, on a logarithmic scale
  bool vertical = false;        // Bars rise, and don't go to the right
  bool all_statistics = false;  // Skewness, kurtosis and so on, too
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_PRINT_OPTIONS_H_
