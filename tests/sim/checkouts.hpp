// Shops in which a few shoppers meet at a checkout: who comes, how it is paid, what the design does.
#pragma once

#include "model/cause.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

struct Checkout {
    std::string stock = "1";
    std::string web = "reservation: ledger, decides_on: core";  // its design
    std::string payment = {};
    std::string shopper = {};  // of the persona
    std::string early = "1";   // shoppers of the first minute
    std::string later = "0";   // ... and of the one that begins at half past
    std::string design = {};   // more lines, indented by two
    std::string more = {};     // top level
};

inline model::Scenario make(const Checkout& shop) {
    std::string streams = "    all: {exactly: " + shop.early + ", until: 1min}\n";
    if (shop.later != "0") streams += "    later: {exactly: " + shop.later + ", from: 30min, until: 31min}\n";
    return small_shop("run: {horizon: 10h}\nstock: !replace [{each: " + shop.stock + "}]\npersonas: {anyone: {" + shop.shopper +
                      "}}\ndemand:\n  streams: !replace\n" + streams + "design:\n  payment: {" + shop.payment +
                      "}\n  channels: {web: {" + shop.web + "}}\n" + shop.design + shop.more);
}

inline model::Kpi sell(const Checkout& shop) { return run_watched(make(shop)).kpi(); }

inline std::uint64_t units_of(const model::Kpi& kpi, model::OversoldCause cause) {
    return kpi.oversold_causes(static_cast<int>(cause)).units();
}
inline std::uint64_t units_of(const model::Kpi& kpi, model::UndersoldCause cause) {
    return kpi.undersold_causes(static_cast<int>(cause)).units();
}

}  // namespace lastunit::sim_tests
