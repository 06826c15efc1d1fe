// Nodes on a map: equirectangular, longitudes shortened by the cosine of the mean latitude, so that distances look right over one
// country.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/node_text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::NodeKpi;
using model::RunRecord;

constexpr double kWidth = 640, kMargin = 44, kLargest = 24, kSmallest = 4;
constexpr std::size_t kWorst = 14;     // as high as the map
constexpr double kShortestSide = 0.5;  // degrees shown at least, so that one town does not fill the world

bool placed(const NodeKpi& n) { return n.lat() != 0 || n.lon() != 0; }

struct Projection {
    double west = 0, north = 0, scale = 1, squeeze = 1, height = 0;
    double south = 0, east = 0;
    double x(double lon) const { return kMargin + (lon - west) * squeeze * scale; }
    double y(double lat) const { return kMargin + (north - lat) * scale; }
};

Projection projection_of(const std::vector<const NodeKpi*>& nodes) {
    double south = 90, north = -90, west = 180, east = -180;
    for (const auto* n : nodes) {
        south = std::min(south, n->lat()), north = std::max(north, n->lat());
        west = std::min(west, n->lon()), east = std::max(east, n->lon());
    }
    Projection p;
    p.squeeze = std::max(0.05, std::cos((south + north) / 2 * std::numbers::pi / 180));
    const double tall = std::max(north - south, kShortestSide), wide = std::max((east - west) * p.squeeze, kShortestSide);
    // Neither a ribbon nor a tower: the shorter side is widened.
    const double wide_shown = std::max(wide, tall * 0.8), tall_shown = std::max(tall, wide * 0.4);
    p.scale = (kWidth - 2 * kMargin) / wide_shown;
    p.west = (west + east) / 2 - wide_shown / 2 / p.squeeze;
    p.north = (south + north) / 2 + tall_shown / 2;
    p.height = tall_shown * p.scale + 2 * kMargin;
    p.east = p.west + wide_shown / p.squeeze, p.south = p.north - tall_shown;
    return p;
}

std::string graticule(const Projection& p) {
    double step = 10;
    for (const double candidate : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0})
        if ((p.east - p.west) / candidate <= 10) {
            step = candidate;
            break;
        }
    const int decimals = step < 1 ? 1 : 0;
    std::string path, labels;
    const double border = kMargin / p.scale;
    for (double lat = std::ceil((p.south - border) / step) * step; lat <= p.north + border; lat += step) {
        const std::string y = coordinate(p.y(lat));
        path += "M0 " + y + "H" + coordinate(kWidth);
        labels += "<text x=\"4\" y=\"" + coordinate(p.y(lat) - 4) + "\">" + coordinate(std::abs(lat), decimals) + "&#176; " +
                  (lat < 0 ? "S" : "N") + "</text>";
    }
    for (double lon = std::ceil((p.west - border / p.squeeze) / step) * step; lon <= p.east + border / p.squeeze; lon += step) {
        path += "M" + coordinate(p.x(lon)) + " 0V" + coordinate(p.height);
        labels += "<text x=\"" + coordinate(p.x(lon) + 4) + "\" y=\"" + coordinate(p.height - 4) + "\">" +
                  coordinate(std::abs(lon), decimals) + "&#176; " + (lon < 0 ? "W" : "E") + "</text>";
    }
    return "<path class=\"grid\" d=\"" + path + "\"/><g class=\"degrees\" aria-hidden=\"true\">" + labels + "</g>\n";
}

// What the colour says: oversold units per 1,000 units out, or failed picks when no node has oversold units.
struct Measure {
    bool failed_picks = false;
    std::string_view name() const { return failed_picks ? "failed picks" : "oversold units"; }
    double per_thousand(const NodeKpi& n) const {
        const auto bad = static_cast<double>(failed_picks ? n.failed_picks() : n.oversold_units());
        return bad == 0 ? 0 : 1000 * bad / static_cast<double>(std::max<std::uint64_t>(units_out(n), 1));
    }
};
constexpr std::array<double, 3> kClasses = {1, 5,
                                            10};  // upper bounds of classes 1..3, per 1,000; class 0 is none, class 4 the rest

std::size_t class_of(double per_thousand) {
    if (per_thousand <= 0) return 0;
    return 1 + static_cast<std::size_t>(std::lower_bound(kClasses.begin(), kClasses.end(), per_thousand) - kClasses.begin());
}

struct Box {
    double left, top, right, bottom;
    bool meets(const Box& o) const { return left < o.right && o.left < right && top < o.bottom && o.top < bottom; }
};

struct Mark {
    const NodeKpi* node;
    double x, y, r;
};

// City labels without overlaps, the largest nodes first. A phone shows the map at half its size with letters twice as large
// relative to it: the labels that fit even then are placed first; the others (class "fine") are hidden there.
class Labels {
   public:
    Labels(const std::vector<Mark>& marks, double height) : height_(height) {
        for (const Mark& m : marks) taken_.push_back({m.x - m.r * 0.7, m.y - m.r * 0.7, m.x + m.r * 0.7, m.y + m.r * 0.7});
        std::vector<const Mark*> left;
        for (const Mark& m : marks)
            if (!place(m, 21, "coarse")) left.push_back(&m);
        for (const Mark* m : left) place(*m, 12, "fine");
    }
    const std::string& html() const { return html_; }

   private:
    bool place(const Mark& m, double letter, std::string_view tier) {
        const double wide = 0.56 * letter * static_cast<double>(display_width(m.node->name()));
        const double half = letter * 0.55, gap = m.r + 3;
        struct Spot {
            double x, y;
            std::string_view anchor;
            Box box;
        };
        const std::array<Spot, 4> spots = {{
            {m.x + gap, m.y, "start", {m.x + gap, m.y - half, m.x + gap + wide, m.y + half}},
            {m.x - gap, m.y, "end", {m.x - gap - wide, m.y - half, m.x - gap, m.y + half}},
            {m.x, m.y - gap - half, "middle", {m.x - wide / 2, m.y - gap - 2 * half, m.x + wide / 2, m.y - gap}},
            {m.x, m.y + gap + half, "middle", {m.x - wide / 2, m.y + gap, m.x + wide / 2, m.y + gap + 2 * half}},
        }};
        for (const Spot& spot : spots) {
            const bool inside = spot.box.left > 0 && spot.box.right < kWidth && spot.box.top > 0 && spot.box.bottom < height_;
            if (!inside || std::any_of(taken_.begin(), taken_.end(), [&](const Box& b) { return b.meets(spot.box); })) continue;
            taken_.push_back(spot.box);
            html_ += "<text class=\"" + std::string(tier) + "\" x=\"" + coordinate(spot.x) + "\" y=\"" + coordinate(spot.y) +
                     "\" text-anchor=\"" + std::string(spot.anchor) + "\">" + escape(m.node->name()) + "</text>\n";
            return true;
        }
        return false;
    }

    double height_;
    std::vector<Box> taken_;
    std::string html_;
};

std::string mark(const Mark& m, const Measure& measure) {
    const NodeKpi& n = *m.node;
    const std::string tone = "c" + std::to_string(class_of(measure.per_thousand(n)));
    const std::string title = n.name() + " (" + n.kind() + "): " + counted(units_out(n), "unit") + " out, " +
                              grouped(n.oversold_units()) + " oversold, " + grouped(n.failed_picks()) + " failed picks, busy " +
                              percent(utilisation(n));
    std::string shape = "<circle cx=\"" + coordinate(m.x) + "\" cy=\"" + coordinate(m.y) + "\" r=\"" + coordinate(m.r) + "\"/>";
    if (n.kind() == "warehouse")
        shape = "<rect x=\"" + coordinate(m.x - m.r * 0.9) + "\" y=\"" + coordinate(m.y - m.r * 0.9) + "\" width=\"" +
                coordinate(m.r * 1.8) + "\" height=\"" + coordinate(m.r * 1.8) + "\" rx=\"2\"/>";
    return "<g class=\"" + tone + "\"><title>" + escape(title) + "</title>" + shape + "</g>\n";
}

std::string legend(const Measure& measure) {
    constexpr std::array<std::string_view, 5> kNames = {"none", "up to 1", "up to 5", "up to 10", "more"};
    std::string html = "<p class=\"legend\">Colour: " + std::string(measure.name()) + " per 1,000 units out";
    for (std::size_t i = 0; i < kNames.size(); ++i)
        html += " <span class=\"swatch c" + std::to_string(i) + "\"><i></i>" + std::string(kNames[i]) + "</span>";
    return html + " Area: units out. Squares are warehouses.</p>\n";
}

std::string map(const RunRecord& record) {
    std::vector<const NodeKpi*> nodes;
    for (const auto& node : record.nodes())
        if (placed(node)) nodes.push_back(&node);
    if (nodes.empty()) return "";
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) { return units_out(*a) > units_out(*b); });
    const auto most = static_cast<double>(std::max<std::uint64_t>(units_out(*nodes.front()), 1));
    const Projection p = projection_of(nodes);
    const Measure measure{std::none_of(nodes.begin(), nodes.end(), [](const auto* n) { return n->oversold_units() > 0; })};
    std::vector<Mark> marks;
    for (const auto* n : nodes)
        marks.push_back({n, p.x(n->lon()), p.y(n->lat()),
                         kSmallest + (kLargest - kSmallest) * std::sqrt(static_cast<double>(units_out(*n)) / most)});
    std::string html = "<svg class=\"map\" viewBox=\"0 0 " + coordinate(kWidth) + " " + coordinate(p.height) +
                       "\" role=\"img\" aria-label=\"Map of nodes; the table has the same numbers\">\n" + graticule(p);
    for (const Mark& m : marks) html += mark(m, measure);
    return html + "<g class=\"labels\" aria-hidden=\"true\">\n" + Labels(marks, p.height).html() + "</g></svg>\n" +
           legend(measure);
}

// Half a page: what went wrong where.
std::string worst(const RunRecord& record) {
    std::vector<const NodeKpi*> nodes;
    for (const auto& node : record.nodes()) nodes.push_back(&node);
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) {
        const std::uint64_t wrong_a = a->oversold_units() + a->failed_picks(), wrong_b = b->oversold_units() + b->failed_picks();
        return wrong_a != wrong_b ? wrong_a > wrong_b : units_out(*a) > units_out(*b);
    });
    nodes.resize(std::min(nodes.size(), kWorst));
    std::vector<std::vector<std::string>> rows;
    for (const auto* n : nodes)
        rows.push_back({escape(n->name()) + (n->kind() == "store" ? "" : " <small>" + escape(n->kind()) + "</small>"),
                        grouped(units_out(*n)), grouped(n->oversold_units()), grouped(n->failed_picks()),
                        percent(utilisation(*n)), span_of(n->sojourn_s(), n->sojourn_s().p99())});
    return html_table("Nodes, worst first",
                      {{"node", HtmlColumn::Kind::text}, {"units out"}, {"oversold"}, {"failed picks"}, {"busy"}, {"p99"}}, rows);
}

}  // namespace

std::string map_section(const RunRecord& record) {
    if (record.nodes().empty()) return "";
    const std::string drawn = map(record);
    const std::string lead =
        "Units out: shipped, collected and sold at the till. Busy: of the paid time. p99: of an order's time through pick, pack "
        "and "
        "dispatch." +
        std::string(static_cast<std::size_t>(record.nodes_size()) > kWorst
                        ? " The first " + std::to_string(kWorst) + " by oversold units and failed picks, then by units out."
                        : "");
    const std::string list = worst(record);
    return section(
        "nodes", "Nodes", lead,
        (drawn.empty() ? list : "<div class=\"geo\"><div>" + drawn + "</div><div class=\"list\">" + list + "</div></div>\n") +
            node_tables(record));
}

}  // namespace lastunit::reports
