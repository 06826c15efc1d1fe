// Orders by the method that was promised, as reports list them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

struct MethodRow {
    std::string name;
    const model::MethodKpi* kpi = nullptr;
};

// Those by which anything was promised, in the order of the schema.
inline std::vector<MethodRow> methods_of(const model::Kpi& kpi) {
    std::vector<MethodRow> rows = {{"ship", &kpi.ship()},
                                   {"locker", &kpi.locker()},
                                   {"pickup", &kpi.pickup()},
                                   {"reserve_in_store", &kpi.reserve_in_store()}};
    std::erase_if(rows, [](const MethodRow& row) { return row.kpi->orders() + row.kpi->promises_due() == 0; });
    return rows;
}

// Promises fall due whether or not the order was served: the share that was kept is then not of the orders.
inline bool others_due(const std::vector<MethodRow>& rows) {
    return std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.kpi->promises_due() != row.kpi->orders(); });
}

}  // namespace lastunit::reports
