#include "drivers/http/runner.hpp"

#include <numeric>

#include "drivers/http/call.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kMostRotations = 4096;

}  // namespace

Runner::Runner(Engine& engine, std::shared_ptr<const Plan> plan, std::string run)
    : engine_(engine), plan_(std::move(plan)), run_(std::move(run)) {
    std::size_t turns = 1;
    for (const BaseUrl& base : plan_->urls) turns = std::min(kMostRotations, std::lcm(turns, base.addresses.size()));
    for (std::size_t turn = 0; turn < turns; ++turn) {
        rotations_.emplace_back();
        for (const BaseUrl& base : plan_->urls) rotations_.back().push_back(base.addresses[turn % base.addresses.size()].text);
    }
}

std::size_t Runner::rotation(const Actor& actor) const {
    const std::uint64_t turn = plan_->spread == Plan::Spread::by_shopper ? actor.number : actor.number + actor.requests;
    return static_cast<std::size_t>(turn % rotations_.size());
}

Values Runner::values_of(const Actor& actor, const StepFor& about) const {
    Values values;
    values.variables = &actor.variables;
    values.run = run_;
    values.shopper = actor.number;
    values.attempt = actor.attempt;
    values.page = about.page;
    values.row = about.row;
    values.stock = about.stock;
    values.urls = &rotations_[rotation(actor)];
    values.sku = about.sku;
    if (about.sku == nullptr && about.line < actor.lines.size()) {
        values.sku = actor.lines[about.line].sku;
        values.quantity = actor.lines[about.line].quantity;
    }
    return values;
}

void Runner::begin(Actor& actor) {
    actor.variables.resize(plan_->variable_names.size());
    const Values values = values_of(actor, {});
    for (const auto& [slot, written] : plan_->variables) {
        std::string text;
        if (!written.render(values, text)) actor.variables[slot] = std::move(text);
    }
}

std::string Runner::identity(const Actor& actor) {
    std::string out;
    return plan_->identity.render(values_of(actor, {}), out) ? "" : out;
}

void Runner::run(const StepPlan& step, const std::shared_ptr<Actor>& actor, const StepFor& about, Done done) {
    std::make_shared<Call>(*this, step, actor, about, std::move(done))->begin();
}

}  // namespace lastunit::drivers::http
