// How values are laid out for people.
#ifndef MAPFILE_LIB_TEXT_PRINT_OPTIONS_H_
#define MAPFILE_LIB_TEXT_PRINT_OPTIONS_H_

namespace mapfile::text {

struct PrintOptions {
  int width = 80;        // Columns that no line exceeds
  bool color = false;    // ANSI colours
  bool unicode = true;   // Else ASCII alone
  int max_elements = 0;  // Shown of an array; 0: numbers on one line, else 10
  int precision = 6;     // Significant digits; 0: all
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_PRINT_OPTIONS_H_
