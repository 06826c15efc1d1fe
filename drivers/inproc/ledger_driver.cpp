#include "drivers/inproc/ledger_driver.hpp"

#include "core/open_orders.hpp"
#include "drivers/engine/engine.hpp"

namespace lastunit::drivers {

class LedgerDriver::Line : public Session {
   public:
    explicit Line(LedgerDriver& driver) : driver_(driver) {}

    // Answered on the spot, by the caller's own thread; kept for poll() as any other driver does.
    void submit(std::span<const Operation> operations) override {
        const std::lock_guard lock(driver_.mutex_);
        core::Ledger& ledger = *driver_.ledger_;
        const SimTime now = std::max(Engine::wall_clock(), ledger.now());
        const std::size_t first = done_.size();
        for (const Operation& operation : operations) {
            const core::Outcome outcome = core::apply(ledger, now, operation.command, driver_.events_);
            done_.push_back(completion_of(operation.tag, outcome, ledger.answered_at(), 0));
        }
        driver_.events_.clear();
        const std::int64_t at_ns = steady_now_ns();
        for (std::size_t i = first; i < done_.size(); ++i) done_[i].at_ns = at_ns;
    }
    std::size_t poll(std::vector<Completion>& out, Duration) override {
        const std::size_t count = done_.size();
        out.insert(out.end(), done_.begin(), done_.end());
        done_.clear();
        return count;
    }
    std::size_t in_flight() const override { return done_.size(); }

   private:
    LedgerDriver& driver_;
    std::vector<Completion> done_;
};

core::Ledger ledger_with(const InitialStock& stock, Duration key_retention, SimTime now) {
    core::LedgerConfig config;
    config.nodes = static_cast<std::uint32_t>(stock.shape.nodes.size());
    config.skus = static_cast<std::uint32_t>(stock.shape.skus.size());
    config.channels = static_cast<std::uint32_t>(stock.shape.channels.size());
    config.key_retention = key_retention;
    if (stock.units.size() != std::size_t{config.nodes} * config.skus)
        throw DriverError("initial stock is not one number per SKU and node");
    core::Ledger ledger(config);
    core::Events events;
    for (std::size_t cell = 0; cell < stock.units.size(); ++cell) {
        if (stock.units[cell] == 0) continue;
        const NodeId node(static_cast<std::uint16_t>(cell % config.nodes));
        const Sku sku(static_cast<std::uint32_t>(cell / config.nodes));
        const core::Outcome outcome = ledger.receive({}, now, node, sku, stock.units[cell], events);
        if (outcome != core::Outcome::applied) throw DriverError(std::string("initial stock: ") + core::name_of(outcome));
        events.clear();
    }
    return ledger;
}

FinalState state_of(const core::Ledger& ledger) {
    FinalState out;
    const core::LedgerConfig& config = ledger.config();
    for (std::uint32_t sku = 0; sku < config.skus; ++sku)
        for (std::uint32_t n = 0; n < config.nodes; ++n) {
            const NodeId node(static_cast<std::uint16_t>(n));
            const core::Cell& c = ledger.cell(node, Sku(sku));
            out.stock.push_back({node, Sku(sku), c.on_hand, c.held, c.allocated, c.safety, c.quarantined, c.inbound, c.shortage});
        }
    core::for_each_open_line(ledger, [&](const core::OpenLine& line) {
        out.orders.push_back({line.order, line.node, line.sku, line.quantity, line.picked});
    });
    out.sequence = ledger.sequence();
    return out;
}

Completion completion_of(std::uint64_t tag, core::Outcome outcome, std::uint64_t sequence, std::int64_t at_ns) {
    return {.tag = tag,
            .settled = outcome == core::Outcome::applied ? Settled::applied : Settled::refused,
            .cause = Cause::outcome,
            .outcome = outcome,
            .sequence = sequence,
            .at_ns = at_ns};
}

void LedgerDriver::prepare(const InitialStock& stock) {
    const std::lock_guard lock(mutex_);
    ledger_.emplace(ledger_with(stock, key_retention_, Engine::wall_clock()));
}

std::unique_ptr<Session> LedgerDriver::open() {
    if (!ledger_) throw DriverError("inproc: prepare it first");
    return std::make_unique<Line>(*this);
}

Completion LedgerDriver::resolve(const Operation& operation, Duration at_most) {
    return repeat_until_known(*this, operation, at_most);
}

FinalState LedgerDriver::read_back() {
    const std::lock_guard lock(mutex_);
    if (!ledger_) throw DriverError("inproc: prepare it first");
    // Nothing but commands makes its time pass, and a hold that is over is none.
    ledger_->advance(std::max(Engine::wall_clock(), ledger_->now()), events_);
    events_.clear();
    return state_of(*ledger_);
}

}  // namespace lastunit::drivers
