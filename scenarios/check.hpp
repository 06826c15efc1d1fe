// What a scenario has to satisfy beyond the shape of its fields. Every mistake is reported at the value that has to change.
#pragma once

#include <string>

#include "scenarios/binder.hpp"
#include "scenarios/lookup.hpp"
#include "scenarios/scenario.pb.h"

namespace lastunit::scenarios {

// A scenario's own design has to fit it. One of another file fits as well as it can: what does not is said, and the run goes on.
enum class DesignOf : std::uint8_t { scenario, another_file };

struct CheckContext {
    const schema::Scenario& scenario;
    const Lookup& lookup;
    const Bound& bound;
    const SkuNames& skus;
    DesignOf design_of;
    Report& report;
    Report& notes;  // what does not fit

    void error(const std::string& path, std::string message) const {
        report.error(bound.places.find(path), path, std::move(message));
    }
    // `consequence`: what becomes of it when it is no mistake.
    void misfit(const std::string& path, const std::string& message, const std::string& consequence) const {
        if (design_of == DesignOf::scenario) return error(path, message);
        notes.error(bound.places.find(path), path,
                    message + ": " + consequence + " under the design `" + scenario.design().name() + "`");
    }
    bool given(const std::string& path) const { return bound.places.given(path); }
};

void check_retailer(const CheckContext&);  // run, catalogue, network, stock, channels, personas
void check_supply(const CheckContext&);    // trucks, replenishment, returns
void check_carriers(const CheckContext&);  // and collections, lockers
void check_staffing(const CheckContext&);  // teams, waves
void check_demand(const CheckContext&);
bool is_day(const std::string& text);     // YYYY-MM-DD by its shape
void check_design(const CheckContext&);   // and gates
void check_routing(const CheckContext&);  // strategies, protection, split policy, node groups
void check_faults(const CheckContext&);   // and bundles, quotas, a failure's oracle

}  // namespace lastunit::scenarios
