#include "reports/audit/cell_bounds.hpp"

#include <algorithm>

namespace lastunit::reports::audit {

namespace {

struct End {
    SimTime at;
    std::uint32_t operation;
};
struct Open {
    std::uint32_t operation;
    std::int64_t least;  // surely available since it was asked
};

class Sums {
   public:
    Sums(std::span<const CellOperation> operations, CellState start, std::int64_t safety)
        : operations_(operations),
          promised_(start.committed - start.on_hand),
          given_(start.on_hand - start.committed),
          surely_available_(start.on_hand - start.committed - safety),
          least_on_hand_(start.on_hand),
          on_hand_(start.on_hand) {}

    void begin(std::uint32_t index) {
        const CellOperation& op = operations_[index];
        const bool gives = op.act == Act::give || op.act == Act::stock;
        if (gives) promised_ -= op.units, given_ += op.units;
        if (op.act == Act::sell) least_on_hand_ = std::min(least_on_hand_, on_hand_ -= op.units);
        if (op.act == Act::take || op.act == Act::sell) {
            surely_available_ -= op.units;
            for (Open& refusal : open_) refusal.least = std::min(refusal.least, surely_available_);
            if (op.must != Must::happen && op.act == Act::take) perhaps_ += op.units;
        }
        if (op.act == Act::deny || op.act == Act::lack) open_.push_back({index, surely_available_});
    }

    void end(std::uint32_t index) {
        const CellOperation& op = operations_[index];
        if (op.act == Act::deny || op.act == Act::lack) return end_refusal(index);
        if (op.must != Must::happen) return;
        if (op.act == Act::give || op.act == Act::stock) surely_available_ += op.units;
        if (op.act == Act::stock) on_hand_ += op.units;
        if (op.act != Act::take && op.act != Act::sell) return;
        promised_ += op.units;
        most_promised_ = std::max(most_promised_, promised_);
        if (op.act == Act::sell) return sales_.push_back({op.until, op.units});
        last_takes_[takes_++ % kShown] = op.operation;
        last_from_ = std::max(last_from_, op.from);
        ended_takes_ += op.units;
        while (next_sale_ < sales_.size() && sales_[next_sale_].until < last_from_) sales_before_ += sales_[next_sale_++].units;
        note(without_sales_, ended_takes_ - given_);
        note(with_sales_, ended_takes_ - given_ + sales_before_);
    }

    CellBounds bounds(std::int64_t counted_away) {
        bounds_.most_clipped = std::max<std::int64_t>(0, -least_on_hand_);
        // What a till sells beyond on_hand leaves it at zero, and the sum would miss units.
        Beyond& beyond_stock = bounds_.most_clipped > 0 ? without_sales_ : with_sales_;
        bounds_.oversold.low = beyond_stock.units;
        bounds_.oversold_by = std::move(beyond_stock.by);
        bounds_.beyond_record = std::max<std::int64_t>(0, most_promised_ - bounds_.oversold.low - counted_away);
        // Every unknown promise may have been one too many.
        const std::int64_t beyond = std::max<std::int64_t>(0, promised_ + perhaps_ - bounds_.beyond_record);
        bounds_.oversold.high = std::max(bounds_.oversold.low, std::min(bounds_.oversold.low + perhaps_, beyond));
        std::sort(bounds_.oversold_by.begin(), bounds_.oversold_by.end());
        return std::move(bounds_);
    }

   private:
    static constexpr std::size_t kShown = 2;
    struct Beyond {
        std::int64_t units = 0;
        std::vector<std::uint32_t> by;
    };
    struct Sale {
        SimTime until;
        std::int64_t units;
    };

    // Of the takes that have ended one was the last to take effect, and not before the last of them was invoked: it found gone
    // what all the others took, and what was sold before that.
    void note(Beyond& beyond, std::int64_t units) {
        if (units <= beyond.units) return;
        if (beyond.units == 0) beyond.by.assign(last_takes_, last_takes_ + std::min<std::size_t>(takes_, kShown));
        beyond.units = units;
    }

    void end_refusal(std::uint32_t index) {
        const auto open = std::find_if(open_.begin(), open_.end(), [&](const Open& o) { return o.operation == index; });
        if (open->least >= operations_[index].units) bounds_.surely_there.push_back(operations_[index].operation);
        open_.erase(open);
    }

    std::span<const CellOperation> operations_;
    std::int64_t promised_;  // certainly, beyond what was there; negative: there is more
    std::int64_t most_promised_ = 0;
    std::int64_t given_;  // that may have been there: initial, stocked and given back
    std::int64_t ended_takes_ = 0, sales_before_ = 0;
    SimTime last_from_{INT64_MIN};  // of the takes that have ended
    std::vector<Sale> sales_;       // by their end
    std::size_t next_sale_ = 0;     // not known to lie before
    Beyond with_sales_, without_sales_;
    std::int64_t surely_available_;
    std::int64_t least_on_hand_, on_hand_;
    std::int64_t perhaps_ = 0;  // units of unknown promises
    std::vector<Open> open_;    // refusals under way
    std::uint32_t last_takes_[kShown]{};
    std::size_t takes_ = 0;
    CellBounds bounds_;
};

}  // namespace

CellBounds cell_bounds(std::span<const CellOperation> operations, CellState start, std::int64_t safety,
                       std::int64_t counted_away) {
    CellBounds counted;
    counted.counted = true;
    std::vector<End> ends;
    ends.reserve(operations.size());
    for (std::uint32_t i = 0; i < operations.size(); ++i) {
        if (operations[i].act == Act::count) return counted;
        if (operations[i].until != kNever) ends.push_back({operations[i].until, i});
    }
    std::sort(ends.begin(), ends.end(),
              [](const End& a, const End& b) { return a.at != b.at ? a.at < b.at : a.operation < b.operation; });
    Sums sums(operations, start, safety);
    std::size_t end = 0;
    for (std::uint32_t i = 0; i < operations.size(); ++i) {
        for (; end < ends.size() && ends[end].at < operations[i].from; ++end) sums.end(ends[end].operation);
        sums.begin(i);
    }
    for (; end < ends.size(); ++end) sums.end(ends[end].operation);
    return sums.bounds(counted_away);
}

}  // namespace lastunit::reports::audit
