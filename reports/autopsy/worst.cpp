#include "reports/autopsy/worst.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace lastunit::reports {

namespace {

struct Group {
    const OversoldUnits* first = nullptr;
    Quantity units = 0;
};

std::vector<Group> groups_of(const RunLog& log, Sku sku) {
    std::map<std::pair<model::OversoldCause, std::uint8_t>, Group> groups;
    for (const OversoldUnits& units : log.list.units()) {
        if (units.sku != sku) continue;
        Group& group = groups[{units.cause, log.list.orders()[units.order].channel.value}];
        if (group.first == nullptr) group.first = &units;
        group.units += units.units;
    }
    std::vector<Group> sorted;
    for (const auto& [key, group] : groups) sorted.push_back(group);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Group& a, const Group& b) {
        return a.units != b.units ? a.units > b.units : a.first->first < b.first->first;
    });
    return sorted;
}

}  // namespace

std::vector<const OversoldUnits*> most_telling(const RunLog& log, const std::vector<std::string>& skus) {
    std::vector<const OversoldUnits*> chosen;
    for (const std::string& name : skus)
        for (int i = 0; i < log.header.skus_size(); ++i) {
            if (log.header.skus(i).name() != name) continue;
            const std::vector<Group> groups = groups_of(log, Sku(static_cast<std::uint32_t>(i)));
            for (std::size_t g = 0; g < std::min(groups.size(), kMostLinesOfSku); ++g) chosen.push_back(groups[g].first);
            break;
        }
    return chosen;
}

}  // namespace lastunit::reports
