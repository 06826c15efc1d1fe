// The histories of several promises from one reading of a log: each is shown what may concern it, so that thirty cost little more
// than one.
#pragma once

#include <deque>
#include <vector>

#include "reports/autopsy/sku_history.hpp"

namespace lastunit::reports {

class SkuHistories : public LogVisitor {
   public:
    SkuHistories(const model::EventLogHeader& header, const OversoldList& list, const std::vector<Focus>& foci);

    const SkuHistory& operator[](std::size_t focus) const { return histories_[focus]; }

    void stock(SimTime at, const LogStock& moved) override;
    void ledger(SimTime at, const LogLedger& change) override;
    void sent(SimTime at, const LogSent& sent) override;
    void mishap(SimTime at, const LogMishap& mishap) override;
    void arrived(SimTime at, const LogArrived& arrived) override;
    void fetched(SimTime at, const LogFetched& fetched) override;
    void order(SimTime at, const LogOrder& order) override;
    void fate(SimTime at, const LogFate& fate) override;
    void fault(SimTime at, const LogFault& fault) override;

   private:
    bool is_looked_into(Sku sku) const { return !of_sku_[sku.value].empty(); }
    bool has_any(std::uint32_t order) const;  // of the SKUs that are looked into
    bool tells_of_any(const LogSent& sent) const;
    bool is_told(std::uint8_t edge, std::uint64_t number) const {
        return number < of_interest_[edge].size() && of_interest_[edge][number];
    }
    template <class Show> void show_all(Show show) {
        for (SkuHistory& history : histories_) show(history);
    }
    template <class Show> void show_those_of(Sku sku, Show show) {
        for (const std::size_t i : of_sku_[sku.value]) show(histories_[i]);
    }

    const model::EventLogHeader& header_;
    const OversoldList& list_;
    std::deque<SkuHistory> histories_;
    std::vector<std::vector<std::size_t>> of_sku_;  // [SKU]: its histories
    std::vector<std::vector<bool>> of_interest_;    // [edge][number]: a message that tells of any of them
    bool heard_ = false;                            // the newest arrival has been shown
};

}  // namespace lastunit::reports
