// Every invariant of the ledger, recomputed from the holds, orders, fences and transfers themselves.
#include "core/ledger_state.hpp"

namespace lastunit::core {

namespace {

struct Sums {
    std::int64_t held = 0, allocated = 0, picked = 0, fenced = 0, arriving = 0;
};

class Audit {
   public:
    explicit Audit(const Ledger::State& state) : s_(state), sums_(state.cells.size()) {}

    std::vector<std::string> run() {
        add_records();
        add_fences_and_transfers();
        for (std::size_t i = 0; i < s_.cells.size(); ++i) check_cell(i);
        check_conservation();
        return std::move(found_);
    }

   private:
    void report(const std::string& what) { found_.push_back(what); }

    void expect_equal(const std::string& what, std::int64_t stored, std::int64_t recomputed) {
        if (stored != recomputed) report(what + ": " + std::to_string(stored) + ", recomputed " + std::to_string(recomputed));
    }

    void add_records() {
        std::size_t holds = 0;
        std::size_t orders = 0;
        for (std::uint32_t slot = 0; slot < s_.records.size(); ++slot) {
            const Ledger::State::Record& record = s_.records[slot];
            if (record.use == Ledger::State::Use::free) continue;
            const bool is_hold = record.use == Ledger::State::Use::hold;
            ++(is_hold ? holds : orders);
            check_record(slot, record, is_hold ? "hold " : "order ");
            for (const Commitment& line : record.lines.all()) {
                Sums& sums = sums_[s_.index(line.node, line.sku)];
                (is_hold ? sums.held : sums.allocated) += line.quantity;
                sums.picked += line.picked;
            }
        }
        expect_equal("live holds", static_cast<std::int64_t>(s_.holds.size()), static_cast<std::int64_t>(holds));
        expect_equal("open orders", static_cast<std::int64_t>(s_.orders.size()), static_cast<std::int64_t>(orders));
    }

    void check_record(std::uint32_t slot, const Ledger::State::Record& record, const std::string& what) {
        const std::string name = what + std::to_string(record.id);
        const bool is_hold = record.use == Ledger::State::Use::hold;
        const std::uint32_t* indexed = (is_hold ? s_.holds : s_.orders).find(record.id);
        if (indexed == nullptr || *indexed != slot) report(name + " is not where its index says");
        if (s_.wheel.running(slot) != is_hold) report(name + (is_hold ? " has no timer" : " has a timer"));
        if (is_hold && s_.wheel.running(slot) && s_.wheel.end_of(slot) <= s_.now && s_.now != kNever)
            report(name + " lives after its end");
        if (is_hold && s_.ended.find(HoldId{record.id}) != nullptr) report(name + " lives after it ended");
        if (record.lines.empty()) report(name + " has no line");
        for (const Commitment& line : record.lines.all()) {
            const bool sound = line.quantity > 0 && line.picked >= 0 && line.picked <= line.quantity && line.fenced >= 0 &&
                               line.fenced <= line.quantity && (!is_hold || line.picked == 0);
            if (!sound) report(name + " has a line out of bounds");
        }
    }

    void add_fences_and_transfers() {
        s_.fences.for_each([&](std::uint64_t name, const Ledger::State::Fence& fence) {
            sums_[name >> 8].fenced += fence.units;
            negative_fences_ += fence.units < 0 ? 1 : 0;
        });
        if (negative_fences_ != 0) report("negative fences: " + std::to_string(negative_fences_));
        for (const auto& [id, lines] : s_.transfers)
            for (const Ledger::State::Transit& line : lines) {
                sums_[s_.index(line.to, line.sku)].arriving += line.quantity;
                in_transit_ += line.quantity;
            }
    }

    void check_cell(std::size_t i) {
        const Cell& cell = s_.cells[i];
        const Ledger::State::Side& side = s_.sides[i];
        const Sums& sums = sums_[i];
        on_hand_ += cell.on_hand;
        quarantined_ += cell.quarantined;
        const bool sound = cell.on_hand >= 0 && cell.held == sums.held && cell.allocated == sums.allocated && cell.safety >= 0 &&
                           cell.inbound >= side.arriving && side.arriving == sums.arriving && cell.quarantined >= 0 &&
                           cell.shortage == std::max(0, cell.held + cell.allocated - cell.on_hand) &&
                           cell.fenced == sums.fenced && side.picked == sums.picked && side.picked <= cell.on_hand;
        if (!sound) explain_cell(i);
    }

    void explain_cell(std::size_t i) {
        const Cell& cell = s_.cells[i];
        const Ledger::State::Side& side = s_.sides[i];
        const std::string name =
            "node " + std::to_string(i % s_.config.nodes) + " sku " + std::to_string(i / s_.config.nodes) + " ";
        const auto not_negative = [&](const char* what, Quantity value) {
            if (value < 0) report(name + what + " is negative: " + std::to_string(value));
        };
        not_negative("on_hand", cell.on_hand);
        not_negative("safety", cell.safety);
        not_negative("inbound", cell.inbound);
        not_negative("quarantined", cell.quarantined);
        expect_equal(name + "held", cell.held, sums_[i].held);
        expect_equal(name + "allocated", cell.allocated, sums_[i].allocated);
        expect_equal(name + "fenced", cell.fenced, sums_[i].fenced);
        expect_equal(name + "picked", side.picked, sums_[i].picked);
        expect_equal(name + "arriving", side.arriving, sums_[i].arriving);
        expect_equal(name + "shortage", cell.shortage, std::max(0, cell.held + cell.allocated - cell.on_hand));
        if (side.picked > cell.on_hand) report(name + "has more picked than on hand");
        if (side.arriving > cell.inbound) report(name + "has more arriving than inbound");
    }

    void check_conservation() {
        const Conservation& t = s_.totals;
        expect_equal("on_hand of all cells", t.on_hand, on_hand_);
        expect_equal("quarantined of all cells", t.quarantined, quarantined_);
        expect_equal("in transit", t.in_transit, in_transit_);
        expect_equal("units that came, against where they are", t.received + t.returned + t.adjusted,
                     t.on_hand + t.quarantined + t.in_transit + t.sold + t.shipped + t.disposed);
    }

    const Ledger::State& s_;
    std::vector<Sums> sums_;  // per cell
    std::vector<std::string> found_;
    std::int64_t on_hand_ = 0, quarantined_ = 0, in_transit_ = 0, negative_fences_ = 0;
};

}  // namespace

std::vector<std::string> Ledger::audit() const { return Audit(*state_).run(); }

}  // namespace lastunit::core
