// SvgWriter: shapes and text of a stand-alone SVG file.
#ifndef MAPFILE_LIB_TEXT_DRAW_SVG_WRITER_H_
#define MAPFILE_LIB_TEXT_DRAW_SVG_WRITER_H_

#include <string>
#include <string_view>

namespace mapfile::text {

// Places are in pixels from the upper left corner. Attributes are of XML,
// such as R"(fill="none")": the caller's own words, never of a file. Text may
// be any bytes.
class SvgWriter {
 public:
  // `title` is what a browser shows and a reader reads out.
  SvgWriter(int width, int height, std::string_view title);

  void Rect(double x, double y, double width, double height,
            std::string_view attributes);
  void Line(double x0, double y0, double x1, double y1,
            std::string_view attributes);
  // `path` in the words of SVG: "M0 0L1 2".
  void Path(std::string_view path, std::string_view attributes);
  void Text(double x, double y, std::string_view text,
            std::string_view attributes);

  // The whole file.
  std::string Take();

 private:
  std::string out_;
};

// A number of pixels with two digits of a fraction at most.
std::string Pixels(double value);

// `text` fit for XML.
std::string XmlEscape(std::string_view text);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SVG_WRITER_H_
