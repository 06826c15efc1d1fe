#include "cli/risk/event.hpp"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "scenarios/gates.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

constexpr std::array<std::pair<const char*, sim::Oversold>, 3> kGrowing{{{"oversold_units", sim::Oversold::units},
                                                                         {"oversold_orders", sim::Oversold::orders},
                                                                         {"oversold_value", sim::Oversold::value}}};
constexpr const char* kRight =
    "; an event is like `oversold_units >= 3`, `channels.web.oversold_orders >= 1` or "
    "`skus.NAME.oversold_value >= 500`";

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
    throw BadInput("--event: `" + text + "`: " + why + kRight);
}

template <class Things>
std::size_t index_of(const Things& things, const std::string& name, const char* kind, const std::string& text) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < things.size(); ++i) {
        if (things[i].name == name) return i;
        names.push_back(things[i].name);
    }
    refuse(text, std::string("the scenario has no ") + kind + " '" + name + "'" + scenarios::suggest(name, names));
}

// "skus.NAME.KPI" is cut down to "KPI"; the name may have dots in it.
std::string without_sku(const std::string& text, std::string& sku) {
    constexpr std::string_view kPrefix = "skus.";
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos || text.compare(begin, kPrefix.size(), kPrefix) != 0) return text;
    const std::size_t dot = text.rfind('.', text.find_first_of("<>"));
    if (dot < begin + kPrefix.size()) return text;
    sku = text.substr(begin + kPrefix.size(), dot - begin - kPrefix.size());
    return text.substr(dot + 1);
}

}  // namespace

sim::RareEvent parse_event(const std::string& text, const model::Scenario& scenario) {
    using Compare = model::Gate::Compare;
    std::string sku;
    const auto parsed = scenarios::parse_gate(without_sku(text, sku), scenario.currency);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) refuse(text, *wrong);
    const auto& gate = std::get<model::Gate>(parsed);
    sim::RareEvent event;
    std::string kpi = gate.kpi;
    constexpr std::string_view kChannels = "channels.";
    if (kpi.starts_with(kChannels)) {
        const std::size_t dot = kpi.find('.', kChannels.size());
        const std::string name = kpi.substr(kChannels.size(), dot - kChannels.size());
        event.channel = ChannelId(static_cast<std::uint8_t>(index_of(scenario.channels, name, "channel", text)));
        kpi = kpi.substr(dot + 1);
    }
    if (!sku.empty()) event.sku = Sku(static_cast<std::uint32_t>(index_of(scenario.catalogue.skus, sku, "SKU", text)));
    bool grows = false;
    for (const auto& [name, what] : kGrowing)
        if (kpi == name) event.what = what, grows = true;
    if (!grows) refuse(text, "`" + kpi + "` may fall during a run; it can be oversold_units, oversold_orders or oversold_value");
    if (gate.compare != Compare::at_least && gate.compare != Compare::more)
        refuse(text, "a rare event is a large number, with >= or >");
    if (event.sku && event.what == sim::Oversold::orders) refuse(text, "orders are not counted by SKU, units and value are");
    constexpr double kMost = 1e15;  // whole numbers in a double, and to spare
    const double least = gate.compare == Compare::more ? std::floor(gate.bound) + 1 : std::ceil(gate.bound);
    if (!(least >= 1 && least <= kMost)) refuse(text, "every run has that; the bound has to be 1 or more");
    event.at_least = static_cast<std::int64_t>(least);
    return event;
}

}  // namespace lastunit::cli
