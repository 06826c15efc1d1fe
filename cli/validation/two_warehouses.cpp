// j: two warehouses, two regions, one SKU. The states are few, so that expected costs are computed, not simulated: the optimum by
// dynamic programming, and those of the forward-looking policies by following the distribution of the state under their
// decisions.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "cli/validation/families.hpp"
#include "model/pricing/assignment_program.hpp"
#include "model/random.hpp"

namespace lastunit::cli::validation {
namespace {

constexpr double kMostStates = 2e6;  // of stock and time: seconds
constexpr Money kMicro = 1'000'000;

struct Problem {
    std::int32_t periods = 0;
    std::vector<double> region;  // probability of an order from it, per period
    Quantity stock[2] = {};
    double cost[2][2] = {};  // [warehouse][region]
    double lost = 0;
};

struct State {
    std::int32_t left = 0;  // periods, this one included
    Quantity stock[2] = {};
    bool operator==(const State&) const = default;
};

// Where the unit for an order from this region comes from; 2 = it is lost.
class Decider {
   public:
    virtual ~Decider() = default;
    virtual std::uint32_t decide(const State& state, std::size_t region) = 0;
};

class Myopic : public Decider {
   public:
    explicit Myopic(const Problem& problem) : problem_(problem) {}
    std::uint32_t decide(const State& state, std::size_t region) override {
        std::uint32_t best = 2;
        double least = problem_.lost;
        for (std::uint32_t k = 0; k < 2; ++k) {
            if (state.stock[k] == 0 || problem_.cost[k][region] >= least) continue;
            least = problem_.cost[k][region];
            best = k;
        }
        return best;
    }

   private:
    const Problem& problem_;
};

model::Forecast forecast_of(const Problem& problem) {
    model::Forecast out;
    out.nodes = 2;
    out.skus = 1;
    out.regions = 2;
    out.periods = problem.periods;
    out.orders = {{0}};
    out.rate = problem.region;
    out.stock = {problem.stock[0], problem.stock[1]};
    out.money_unit = kMicro;
    for (std::size_t j = 0; j < 2; ++j) {
        for (std::size_t k = 0; k < 2; ++k) out.unit.push_back(out.in_money(problem.cost[k][j]));
        out.unfilled_unit.push_back(out.in_money(problem.lost));
    }
    return out;
}

// Follows the plan of the LP over the expected rest, solved again in each state.
class ResolvedPlan : public Decider {
   public:
    explicit ResolvedPlan(const model::Forecast& forecast) : forecast_(forecast), program_(forecast) {
        guide_.unfilled_left = std::numeric_limits<double>::infinity();
        guide_.plan_width = 1;
    }
    std::uint32_t decide(const State& state, std::size_t region) override {
        if (state != solved_) {
            program_.solve(forecast_.demand(state.left), state.stock, model::AssignmentProgram::kNoLimit);
            guide_.price.clear();
            for (const double price : program_.prices()) guide_.price.push_back(forecast_.in_money(price));
            program_.main_assignments(guide_.plan, 1);
            solved_ = state;
        }
        std::uint32_t place[1];
        router_.guided(forecast_.order(region), {state.stock, 1}, guide_, region, place);
        return place[0];
    }

   private:
    const model::Forecast& forecast_;
    model::AssignmentProgram program_;
    core::UnitRouter router_;
    core::Guide guide_;
    State solved_;  // that the guide is for
};

using Future = std::vector<std::array<double, 2>>;  // [periods left][region] orders

Future expected_future(const model::Forecast& forecast) {
    Future out;
    for (std::int64_t left = 0; left <= forecast.periods; ++left) {
        const std::vector<double> orders = forecast.demand(static_cast<double>(left));
        out.push_back({orders[0], orders[1]});
    }
    return out;
}

std::vector<Future> sampled_futures(const model::Forecast& forecast, std::uint32_t futures) {
    std::vector<Future> out;
    for (std::uint32_t s = 0; s < futures; ++s) {
        model::Stream stream(1, model::Purpose::order_kind, s);
        Future& orders = out.emplace_back(1);
        for (std::int64_t t = 0; t < forecast.periods; ++t) {
            const double u = stream.uniform();
            orders.push_back(orders.back());
            if (u < forecast.rate[0])
                ++orders.back()[0];
            else if (u < forecast.rate[0] + forecast.rate[1])
                ++orders.back()[1];
        }
    }
    return out;
}

// Prices of units to the core's router, from the LP over what is to come, solved again in each state, on average over some
// futures.
//   loss   what is lost without one unit
//   both   the mean of that and of what one unit more would save: the two ends of the range of a degenerate dual, of which a
//   solver
//          returns one or the other by accident
class UnitValues : public Decider {
   public:
    enum class Ends : std::uint8_t { loss, both };
    UnitValues(const model::Forecast& forecast, std::vector<Future> futures, Ends ends)
        : forecast_(forecast), program_(forecast), futures_(std::move(futures)), ends_(ends) {}
    std::uint32_t decide(const State& state, std::size_t region) override {
        Money price[2] = {};
        for (std::size_t k = 0; k < 2; ++k) {
            if (state.stock[k] == 0) continue;
            State less = state, base = state;
            --less.left;
            --base.left;
            --less.stock[k];
            if (ends_ == Ends::both) ++base.stock[k];
            const double loss = value(less) - value(base);
            price[k] = forecast_.in_money(ends_ == Ends::both ? loss / 2 : loss);
        }
        std::uint32_t place[1];
        router_.least_cost(forecast_.order(region), {state.stock, 1}, price, 0, place);
        return place[0];
    }

   private:
    double value(const State& state) {
        const auto [at, is_new] = known_.try_emplace({state.left, state.stock[0], state.stock[1]}, 0);
        if (!is_new) return at->second;
        for (const Future& future : futures_) {
            program_.solve(future[static_cast<std::size_t>(state.left)], state.stock, model::AssignmentProgram::kNoLimit);
            at->second += program_.cost() / static_cast<double>(futures_.size());
        }
        return at->second;
    }

    const model::Forecast& forecast_;
    model::AssignmentProgram program_;
    core::UnitRouter router_;
    std::vector<Future> futures_;
    Ends ends_;
    std::map<std::tuple<std::int32_t, Quantity, Quantity>, double> known_;
};

// Expected cost of the whole horizon. A state less likely than 1e-13 is left out: below a millionth of the cost in sum.
double expected_cost(const Problem& problem, Decider& decider) {
    constexpr double kUnlikely = 1e-13;
    const std::size_t columns = static_cast<std::size_t>(problem.stock[1]) + 1;
    std::vector<double> now((static_cast<std::size_t>(problem.stock[0]) + 1) * columns, 0.0), next(now.size());
    now.back() = 1;
    double cost = 0;
    for (std::int32_t left = problem.periods; left > 0; --left) {
        std::fill(next.begin(), next.end(), 0.0);
        for (std::size_t at = 0; at < now.size(); ++at) {
            if (now[at] < kUnlikely) continue;
            const State state{left, {static_cast<Quantity>(at / columns), static_cast<Quantity>(at % columns)}};
            next[at] += now[at] * (1 - problem.region[0] - problem.region[1]);
            for (std::size_t j = 0; j < 2; ++j) {
                const std::uint32_t place = decider.decide(state, j);
                const double chance = now[at] * problem.region[j];
                cost += chance * (place < 2 ? problem.cost[place][j] : problem.lost);
                next[place == 0 ? at - columns : place == 1 ? at - 1 : at] += chance;
            }
        }
        std::swap(now, next);
    }
    return cost;
}

double optimal_cost(const Problem& problem) {
    const std::size_t columns = static_cast<std::size_t>(problem.stock[1]) + 1;
    std::vector<double> value((static_cast<std::size_t>(problem.stock[0]) + 1) * columns, 0.0), next(value.size());
    for (std::int32_t left = 1; left <= problem.periods; ++left) {
        for (std::size_t at = 0; at < value.size(); ++at) {
            next[at] = (1 - problem.region[0] - problem.region[1]) * value[at];
            for (std::size_t j = 0; j < 2; ++j) {
                double best = problem.lost + value[at];
                if (at >= columns) best = std::min(best, problem.cost[0][j] + value[at - columns]);
                if (at % columns > 0) best = std::min(best, problem.cost[1][j] + value[at - 1]);
                next[at] += problem.region[j] * best;
            }
        }
        std::swap(value, next);
    }
    return value.back();
}

class TwoWarehouses : public Experiment {
   public:
    TwoWarehouses(const Problem& problem, std::uint32_t futures) : problem_(problem), futures_(futures) {}

    std::vector<Overrides> settings() const override { return {}; }
    double shoppers() const override { return 0; }
    void begin(std::size_t) override {}
    void end() override {
        const model::Forecast forecast = forecast_of(problem_);
        model::AssignmentProgram program(forecast);
        program.solve(forecast.demand(problem_.periods), forecast.stock, model::AssignmentProgram::kNoLimit);
        figures_["dlp"] = program.cost();
        const double optimum = optimal_cost(problem_);
        figures_["opt"] = optimum;
        Myopic myopic(problem_);
        figures_["myopic"] = expected_cost(problem_, myopic);
        figures_["myopic_gap_pct"] = 100 * (figures_["myopic"] / optimum - 1);
        figures_["opt_over_dlp"] = optimum / figures_["dlp"];

        UnitValues prices(forecast, {expected_future(forecast)}, UnitValues::Ends::both);
        ResolvedPlan plan(forecast);
        UnitValues values(forecast, sampled_futures(forecast, futures_), UnitValues::Ends::loss);
        gaps_ = {{"resolved-prices", expected_cost(problem_, prices) / optimum - 1},
                 {"resolved-plan", expected_cost(problem_, plan) / optimum - 1},
                 {"sampled-values", expected_cost(problem_, values) / optimum - 1}};
    }
    std::vector<PolicyGap> gaps() const override { return gaps_; }
    Reading read(const std::string& output, double expected) const override {
        const auto found = figures_.find(output);
        if (found == figures_.end()) return NotCompared{"not an output that is known here"};
        return exactly(found->second, expected);
    }

   private:
    Problem problem_;
    std::uint32_t futures_;
    std::map<std::string, double> figures_;
    std::vector<PolicyGap> gaps_;
};

}  // namespace

std::unique_ptr<Experiment> two_warehouses(const Case& c, const Effort& effort) {
    Problem problem;
    problem.periods = c.inputs.whole("T", 1, 100'000);
    problem.region = c.inputs.numbers("region_prob", 0);
    const std::vector<double> stock = c.inputs.numbers("inventory", 0);
    const std::vector<std::vector<double>> costs = c.inputs.table("cost_fc_region", 0);
    problem.lost = c.inputs.number("lost_penalty", 0, 1e6);
    if (problem.region.size() != 2 || stock.size() != 2 || costs.size() != 2 || costs[0].size() != 2 || costs[1].size() != 2)
        throw NotCovered("not two warehouses and two regions");
    if (problem.region[0] + problem.region[1] > 1 + 1e-9) throw CaseError("input 'region_prob': sums to more than 1");
    for (std::size_t k = 0; k < 2; ++k) {
        if (stock[k] != std::floor(stock[k]) || stock[k] > 1e6) throw CaseError("input 'inventory': units are whole");
        problem.stock[k] = static_cast<Quantity>(stock[k]);
        for (std::size_t j = 0; j < 2; ++j) problem.cost[k][j] = costs[k][j];
    }
    if ((stock[0] + 1) * (stock[1] + 1) * problem.periods > kMostStates) throw NotCovered("too many states to compute exactly");
    return std::make_unique<TwoWarehouses>(problem, effort.futures);
}

}  // namespace lastunit::cli::validation
