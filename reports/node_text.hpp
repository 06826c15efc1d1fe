// What several reports say of a node in the same way.
#pragma once

#include <string>

#include "model/run_record.pb.h"
#include "reports/text.hpp"

namespace lastunit::reports {

inline std::uint64_t units_out(const model::NodeKpi& n) {
    return n.units_shipped() + n.units_handed_over() + n.units_sold_at_till();
}

// Of its people's paid time, at work; of its pickers where nothing else is known.
inline double utilisation(const model::NodeKpi& n) {
    const double paid = n.staffed_s() + n.overtime_s();
    return paid > 0 ? n.busy_s() / paid : n.pick_utilisation();
}

// Kilometres of a parcel sent from there; nothing was sent: "-".
inline std::string km_each(const model::NodeKpi& n) { return n.units_shipped() > 0 ? decimal(n.parcel_km(), 0) : "-"; }

// Major units, of all that arose there, by parcel and pick-up handled.
inline double cost_each(const model::NodeKpi& n) {
    return n.orders() == 0 ? 0 : static_cast<double>(n.total_cost()) / static_cast<double>(n.orders()) / 100;
}

}  // namespace lastunit::reports
