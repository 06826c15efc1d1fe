#include "reports/country_outlines.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace lastunit::reports::assets {
extern const std::string_view outlines_json;  // one country a line
}

namespace lastunit::reports {
namespace {

void take_in(GeoBox& box, double lat, double lon) {
    if (lat == 0 && lon == 0) return;
    const bool first = box.west > box.east;
    box.west = first ? lon : std::min(box.west, lon);
    box.east = first ? lon : std::max(box.east, lon);
    box.south = first ? lat : std::min(box.south, lat);
    box.north = first ? lat : std::max(box.north, lat);
}

// Of one line; nothing of it is foreign, so that it is either of this form or not a country.
bool box_in(std::string_view line, GeoBox& box) {
    constexpr std::string_view kKey = "\"box\":[";
    const std::size_t at = line.find(kKey);
    if (at == std::string_view::npos) return false;
    const char* read = line.data() + at + kKey.size();
    const char* end = line.data() + line.size();
    for (double* side : std::array{&box.west, &box.south, &box.east, &box.north}) {
        const auto [after, error] = std::from_chars(read, end, *side);
        if (error != std::errc{} || after == end) return false;
        read = after + 1;  // the comma, or the bracket
    }
    return true;
}

}  // namespace

GeoBox box_of(const model::RunRecord& record) {
    GeoBox box;
    for (const auto& node : record.nodes()) take_in(box, node.lat(), node.lon());
    for (const auto& place : record.places()) take_in(box, place.lat(), place.lon());
    return box;
}

std::string country_outlines(const GeoBox& box) {
    std::string out = "[";
    if (box.west > box.east) return out + "]";
    // As far as the map shows around the outermost points.
    const double margin = 0.1 * std::max({box.east - box.west, box.north - box.south, 1.0});
    std::string_view rest = assets::outlines_json;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with(',')) line.remove_suffix(1);
        GeoBox of;
        if (!box_in(line, of)) continue;
        const bool apart = of.west > box.east + margin || of.east < box.west - margin || of.south > box.north + margin ||
                           of.north < box.south - margin;
        if (!apart) out += (out.size() > 1 ? ",\n" : "") + std::string(line);
    }
    return out + "]";
}

}  // namespace lastunit::reports
