#include "lib/text/draw/svg_writer.h"

#include <fmt/format.h>

#include <cmath>

#include "lib/text/utf8.h"

namespace mapfile::text {

std::string Pixels(double value) {
  std::string text = fmt::format("{:.2f}", std::isfinite(value) ? value : 0);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string XmlEscape(std::string_view text) {
  // What controls a terminal isn't allowed in XML either.
  const std::string safe = Escape(text);
  std::string out;
  for (std::string_view rest = safe; !rest.empty();) {
    const CodePoint c = NextCodePoint(rest);
    const std::string_view bytes = rest.substr(0, c.size);
    rest.remove_prefix(c.size);
    switch (c.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case 0xfffe:
      case 0xffff: out += '?'; break;  // No characters of XML
      default: out += bytes;
    }
  }
  return out;
}

SvgWriter::SvgWriter(int width, int height, std::string_view title) {
  const std::string name = XmlEscape(title);
  out_ = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" )"
      R"(viewBox="0 0 {0} {1}" role="img" font-family="sans-serif" )"
      R"(font-size="13">
<title>{2}</title>
<rect width="{0}" height="{1}" fill="white"/>
)",
      width, height, name);
}

void SvgWriter::Rect(double x, double y, double width, double height,
                     std::string_view attributes) {
  out_ += fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" {}/>)"
                      "\n",
                      Pixels(x), Pixels(y), Pixels(width), Pixels(height),
                      attributes);
}

void SvgWriter::Line(double x0, double y0, double x1, double y1,
                     std::string_view attributes) {
  out_ +=
      fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" {}/>)"
                  "\n",
                  Pixels(x0), Pixels(y0), Pixels(x1), Pixels(y1), attributes);
}

void SvgWriter::Path(std::string_view path, std::string_view attributes) {
  out_ += fmt::format("<path d=\"{}\" {}/>\n", path, attributes);
}

void SvgWriter::Text(double x, double y, std::string_view text,
                     std::string_view attributes) {
  out_ += fmt::format("<text x=\"{}\" y=\"{}\" {}>{}</text>\n", Pixels(x),
                      Pixels(y), attributes, XmlEscape(text));
}

std::string SvgWriter::Take() { return std::move(out_) + "</svg>\n"; }

}  // namespace mapfile::text
