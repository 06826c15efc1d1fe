// What several reports say of channels in the same way.
#pragma once

#include <algorithm>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Figures per order then speak of two things: orders that are sent or fetched, and shoppers who carry theirs out of the store.
inline bool tills_took_orders(const model::RunRecord& record) {
    const auto& all = record.channels();
    const auto at_till = [](const auto& channel) { return channel.kind() == "pos" && channel.kpi().orders_accepted() > 0; };
    return all.size() > 1 && std::any_of(all.begin(), all.end(), at_till);
}

}  // namespace lastunit::reports
