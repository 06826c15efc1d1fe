// The orders of a run and which of their units were oversold, in the order of acceptance: from one reading of its event log.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "reports/event_log_reader.hpp"

namespace lastunit::reports {

struct OrderFacts {
    SimTime at;
    std::uint64_t shopper = 0;
    ChannelId channel;
    core::Method method{};
    NodeId store = kNoNode;
    std::uint8_t decided = 0;
    std::uint32_t first_line = 0, lines = 0;
};

// Units of one order and SKU that had nothing behind them.
struct OversoldUnits {
    std::uint64_t first = 0;  // number of the first of them, from 1
    Quantity units = 0;
    std::uint32_t order = 0;
    Sku sku;
    model::OversoldCause cause{};
    Quantity cancelled = 0, left = 0;  // of them, so far
};

class OversoldList : public LogVisitor {
   public:
    void order(SimTime at, const LogOrder& order) override;
    void oversold(SimTime at, const LogOversold& oversold) override;
    void fate(SimTime at, const LogFate& fate) override;
    void measured_from_here(SimTime at) override;  // what came before is in no total

    const std::vector<OversoldUnits>& units() const { return units_; }
    std::uint64_t total() const { return total_; }
    const OversoldUnits* unit(std::uint64_t number) const;  // nullptr: there is none
    std::vector<const OversoldUnits*> of_order(std::uint32_t order) const;

    const std::vector<OrderFacts>& orders() const { return orders_; }
    std::span<const LogLine> lines(std::uint32_t order) const {
        return {lines_.data() + orders_[order].first_line, orders_[order].lines};
    }
    const LogLine* line(std::uint32_t order, Sku sku) const;  // the first of the SKU; nullptr: the order has none
    Quantity asked(std::uint32_t order, Sku sku) const;       // over all its lines

   private:
    std::vector<OrderFacts> orders_;
    std::vector<LogLine> lines_;
    std::vector<OversoldUnits> units_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> index_;  // by order and SKU: into units_
    std::uint64_t total_ = 0;
};

}  // namespace lastunit::reports
