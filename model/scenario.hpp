// A whole question to the simulator: retailer + demand + design + horizon + gates. Built by `scenarios/`, read by `sim/`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/accuracy.hpp"
#include "model/catalogue.hpp"
#include "model/demand.hpp"
#include "model/design.hpp"
#include "model/faults.hpp"
#include "model/network.hpp"
#include "model/shoppers.hpp"
#include "model/supply.hpp"

namespace lastunit::model {

// What the ready promise counts: every hour, or those in which the order's store is open for shoppers.
enum class ReadyCounts : std::uint8_t { always, opening_hours };

struct Run {
    Duration start_of_day{0};   // local time of day at simulated time 0
    Duration horizon{0};        // shoppers arrive during this span
    Duration warm_up{0};        // excluded from the statistics
    Duration drain{0};          // then open orders are worked off for at most this long
    Duration promise{0};        // ship and locker: accepted until door
    Duration ready_promise{0};  // pickup and reserve_in_store: accepted until ready
    ReadyCounts ready_counts = ReadyCounts::always;
    Duration pickup_window = hours(48);  // ready until the units go back to the shelf, uncollected
    Duration locker_window = hours(48);  // in a locker until the parcel goes back to its sender, uncollected
    std::uint64_t seed = 1;
    Duration sample_every = minutes(1);  // of the time series
};

// What is unsold at the end and at least so old has lost this share of its price.
struct AgeMarkdown {
    Duration older_than{0};
    double off = 0;
};

struct Costs {
    Money cancellation = 0;  // per cancelled order (care, apology, marketplace penalty)
    Money pick_line = 0;
    Money pack_parcel = 0;
    Money return_line = 0;
    // Of those who pick, pack and dispatch: per worker and hour, within shifts and beyond them.
    Money wage = 0, overtime_wage = 0;
    double cost_of_goods = 0.6;       // what a unit cost, of its catalogue price
    double holding = 0;               // a year, of the cost of stock on shelves
    std::vector<AgeMarkdown> unsold;  // youngest first
    Duration age_at_start{0};         // of the stock at the start
    double orders_per_year = 0;       // 0 = the run's, scaled to a year
};

// `kpi` compared with `bound`; `kpi` is the path inside the run record's kpi object, e.g. "oversell_rate",
// "fulfilment_time_s.p99".
struct Gate {
    enum class Compare : std::uint8_t { less, at_most, more, at_least };
    // baseline: the bound is what an earlier state of things measured, B: B + share * |B| + bound.
    enum class Against : std::uint8_t { value, baseline };
    std::string text;  // as written
    std::string kpi;
    Compare compare = Compare::less;
    double bound = 0;
    Against against = Against::value;
    double share = 0;  // 0.02 for `baseline + 2%`
};

// A published failure: the scenario's own design is the sound one.
struct PublishedFailure {
    std::string pattern;
    std::vector<std::string> reports;  // addresses
    std::vector<std::string> flawed;   // overrides that make the design the flawed one: path=value
    Gate oracle;                       // the sound design keeps it in every seed, the flawed one breaks it
};

// A fault that the scenario names and this design cannot have: it hits a host, link or edge of another design.
struct LeftOutFault {
    std::string name, kind, why;
};

struct Scenario {
    std::string name;
    std::string title;
    std::string description;  // free text, for people
    std::string hash;         // of the whole effective scenario (after extends and --set), 16 hex digits
    std::string text;         // the same, as YAML that can be run again
    std::string currency = "PLN";
    Run run;
    Catalogue catalogue;
    Network network;
    std::vector<StockRule> stock;
    Inbound inbound;
    std::vector<ReplenishmentRule> replenishment;  // in order: later ones overwrite the cells they name
    std::vector<ReturnsRule> returns;              // ... the nodes they name
    std::vector<Channel> channels;
    std::vector<Persona> personas;
    Discrete persona_choice;
    std::vector<ArrivalStream> arrivals;
    std::optional<ReplayLog> replay;  // instead of `arrivals`
    Costs costs;
    Design design;
    std::vector<Gate> gates;
    Accuracy accuracy;
    std::vector<Fault> faults;
    std::vector<LeftOutFault> left_out;
    std::optional<PublishedFailure> failure;
};

}  // namespace lastunit::model
