#include "lib/text/draw/svg.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/text/draw/svg_writer.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

// Why `xml` isn't well-formed, as far as an SVG file of ours can be wrong:
// tags, attributes and references. Empty: it is.
std::string XmlFault(std::string_view xml) {
  std::vector<std::string> open;
  if (!IsUtf8(xml)) return "not UTF-8";
  if (!xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")) {
    return "no declaration";
  }
  xml.remove_prefix(xml.find('\n'));
  const auto text_fault = [](std::string_view text) -> std::string {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      if (c < 32 && c != '\n') return "a control character";
      if (c == '<' || c == '>') return "a bracket in text";
      if (c != '&') continue;
      const std::string_view name = text.substr(i, text.find(';', i) - i + 1);
      if (name != "&amp;" && name != "&lt;" && name != "&gt;" &&
          name != "&quot;") {
        return "an unknown reference " + std::string(name);
      }
    }
    return {};
  };
  bool had_root = false;
  while (!xml.empty()) {
    const std::size_t begin = std::min(xml.find('<'), xml.size());
    const std::string fault = text_fault(xml.substr(0, begin));
    if (!fault.empty()) return fault;
    if (begin == xml.size()) break;
    const std::size_t end = xml.find('>', begin);
    if (end == xml.npos) return "an unfinished tag";
    std::string_view tag = xml.substr(begin + 1, end - begin - 1);
    xml.remove_prefix(end + 1);
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return "closes wrongly";
      open.pop_back();
      continue;
    }
    const bool empty = tag.ends_with('/');
    if (empty) tag.remove_suffix(1);
    const std::size_t space = std::min(tag.find_first_of(" \n"), tag.size());
    const std::string name(tag.substr(0, space));
    if (open.empty() && std::exchange(had_root, true)) return "two roots";
    std::vector<std::string> seen;
    for (std::string_view rest = tag.substr(space);;) {
      rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
      if (rest.empty()) break;
      const std::size_t equal = rest.find("=\"");
      if (equal == rest.npos) return "an attribute without a value";
      const std::size_t quote = rest.find('"', equal + 2);
      if (quote == rest.npos) return "an unfinished value";
      for (const std::string& other : seen) {
        if (other == rest.substr(0, equal)) return "an attribute twice";
      }
      seen.emplace_back(rest.substr(0, equal));
      const std::string wrong =
          text_fault(rest.substr(equal + 2, quote - equal - 2));
      if (!wrong.empty()) return wrong;
      rest.remove_prefix(quote + 1);
    }
    if (!empty) open.push_back(name);
  }
  return open.empty() && had_root ? "" : "something isn't closed";
}

constexpr std::string_view kHostile =
    "<script>&\"'\x1b[2J\xff\x01 \xef\xbf\xbf 日本語 ]]>";

HistogramData Steps(std::vector<double> contents) {
  HistogramData data;
  for (std::size_t i = 0; i <= contents.size(); ++i) {
    data.edges.push_back(static_cast<double>(i));
  }
  data.contents = std::move(contents);
  data.title = data.axis_title = data.value_title = kHostile;
  data.statistics = {{"Entries", "7"}};
  return data;
}

std::string Draw(std::vector<NamedPicture> pictures,
                 const PrintOptions& options = {}) {
  const std::string svg = DrawSvg(pictures, options);
  CAPTURE(svg);
  CHECK(XmlFault(svg).empty());
  CHECK(svg.find("nan") == svg.npos);
  CHECK(svg.find("inf") == svg.npos);
  CHECK(svg.find("<script") == svg.npos);
  return svg;
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST_CASE("the check of XML finds what is wrong") {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  CHECK(XmlFault(head + "<a b=\"1\"><c/>&lt;</a>\n").empty());
  for (const char* wrong :
       {"<a>", "<a></b>", "<a b=1/>", "<a b=\"1\" b=\"2\"/>", "<a>&x;</a>",
        "<a/><b/>", "<a b=\"<\"/>", "", "<a>\x01</a>"}) {
    CAPTURE(wrong);
    CHECK(!XmlFault(head + wrong).empty());
  }
}

TEST_CASE("a histogram: steps, ticks, figures, text that is escaped") {
  const std::string svg = Draw({{"h", Steps({1, 4, 2})}});
  CHECK(svg.ends_with("</svg>\n"));
  // From the lower left corner up to a quarter of the height, and along.
  CHECK(Has(svg, "<path d=\"M80 420L80 325L253.33 325L253.33 40L"));
  CHECK(
      Has(svg, "&lt;script&gt;&amp;&quot;'\\x1b[2J\\xff\\x01 ? 日本語 ]]&gt;"));
  CHECK(Has(svg, ">Entries</text>"));
  CHECK(Has(svg, ">1.5</text>"));
  CHECK(Has(Draw({{"h", Steps({1, 4, 2})}}, {.errors = true}), "M166.67 "));
}

TEST_CASE("many bins take no more room than there are pixels") {
  const std::string svg = Draw({{"h", Steps(std::vector<double>(100'000, 1))}});
  CHECK(svg.size() < 40'000);
  CHECK(Has(svg, "bins/column)"));
  GraphData graph;
  for (int i = 0; i < 100'000; ++i) {
    graph.x.push_back(i);
    graph.y.push_back(i % 7);
  }
  CHECK(Draw({{"g", graph}}).size() < 100'000);
}

TEST_CASE("graphs, gaps, and several with a legend") {
  GraphData graph;
  graph.x = {0, 1, 2, 3, 4};
  graph.y = {0, 1, std::numeric_limits<double>::quiet_NaN(), 1, 0};
  graph.x_errors_low = graph.y_errors_low = {0.1, 0.1, 0.1, 0.1, 0.1};
  const std::string svg = Draw({{"g", graph}}, {.errors = true});
  const std::string both = Draw({{"h", Steps({1, 4})}, {"g<", graph}});
  CHECK(Has(both, ">g&lt;</text>"));
  CHECK(Has(both, "stroke-dasharray=\"7 3\""));
  CHECK(Has(both, "fill=\"none\" fill-opacity"));
  graph.start_ns = 0;
  CHECK(Has(Draw({{"g", graph}}), "1970-01-01, UTC"));
}

TEST_CASE("cells are squares in colours, true to scale") {
  Cells cells;
  cells.x.edges = {0, 1, 4};
  cells.x.regular = false;
  cells.y.edges = {0, 1, 2};
  cells.y.labels = {"a", "b<"};
  cells.sums = {1, 2, 0, 4};
  const std::string svg = Draw({{"p", cells}});
  // A quarter of the width, half of the height; the highest in yellow.
  CHECK(Has(svg, "<rect x=\"80\" y=\"230\" width=\"130\" height=\"190\""));
  CHECK(Has(svg,
            "<rect x=\"210\" y=\"40\" width=\"390\" height=\"190\" "
            "fill=\"#fde725\""));
  CHECK(!Has(svg, "<rect x=\"80\" y=\"40\" width=\"130\""));
  CHECK(Has(svg, ">b&lt;</text>"));
}

TEST_CASE("whatever the numbers, it is well-formed") {
  constexpr double kOdd[] = {0,
                             -1,
                             1e300,
                             5e-324,
                             -1.7976931348623157e308,
                             1.7976931348623157e308,
                             std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()};
  const std::vector<double> odd(std::begin(kOdd), std::end(kOdd));
  GraphData graph;
  graph.x = graph.y = graph.x_errors_low = graph.y_errors_high = odd;
  Cells cells;
  cells.x.edges = {0, 1, 2, 3};
  cells.y.edges = {0, 1, 2, 3};
  cells.sums = odd;
  for (const bool flag : {true, false}) {
    const PrintOptions options{.errors = flag, .log = flag};
    Draw({{"h", Steps(odd)}}, options);
    Draw({{"g", graph}}, options);
    Draw({{"p", cells}}, options);
    Draw({{"g", GraphData{}}}, options);
    cells.x.edges = {0};
    cells.sums.clear();
    Draw({{"p", cells}}, options);
    cells.x.edges = {0, 1, 2, 3};
    cells.sums = odd;
  }
}

}  // namespace
}  // namespace mapfile::text
