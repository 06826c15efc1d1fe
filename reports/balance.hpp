// Do the numbers of a run record agree with each other? Every unit, order, shopper and hold is somewhere, and no table
// contradicts another. A line that does not close is a bug of whoever wrote the record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

struct BalanceLine {
    enum class Relation : std::uint8_t { equal, at_most };

    std::string sentence;  // "units accepted = shipped + handed over + cancelled + open"
    std::int64_t left = 0;
    std::int64_t right = 0;
    Relation relation = Relation::equal;

    bool closes() const { return relation == Relation::equal ? left == right : left <= right; }
};

// What is compared:
// - demand: units accepted = shipped + handed over + cancelled + open. A unit that was ready and never fetched (uncollected) is
//   neither a sale nor an oversell: it is among the cancelled ones (in every count of them), shown beside them, and back in the
//   stock.
// - supply (truth): stock at the start + replenished + returned = stock at the end + left; left = shipped + handed over.
// - orders, shoppers, holds: each ended in exactly one way or has not ended yet.
// - nodes: their stock, units shipped, and units collected or carried out add up to the balance.
// - channels: their KPIs add up to the totals (a shopper counts in the channel of entry).
// - costs: the terms add up to the total; channels and nodes to each term that is theirs; a year's terms and running costs to
//   its cost.
// - details (balance_detail.hpp): SKU classes, paths, personas' funnels, distributions and the network over time add up to what
// they
//   are details of.
// - KPIs against the balance, and the sums of the time series and of what came after its last step against the KPIs.
//
// A record without a balance, as one that generators made together, gives no line at all; parts that it does not have (no
// channels, no nodes, an empty series) give none of theirs. With a warm-up, KPIs leave out what
// the balance, the nodes and the series count, so those lines are not drawn either.
std::vector<BalanceLine> balance(const model::RunRecord& record);

}  // namespace lastunit::reports
