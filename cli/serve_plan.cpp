#include "cli/serve_plan.hpp"

#include <memory>

#include "model/routing.hpp"
#include "sim/initial_stock.hpp"

namespace lastunit::cli {
namespace {

class Planning {
   public:
    explicit Planning(const model::Scenario& scenario)
        : scenario_(scenario),
          stock_(sim::initial_stock(scenario_, scenario_.run.seed)),
          ages_(stock_.size(), 0),
          network_(model::routing_network(scenario_)),
          router_(model::make_router(scenario_.design)) {
        network_.stock.reference = stock_;
        network_.stock.age_days = ages_;
    }

    drivers::PlanAnswer plan(const drivers::PlanQuestion& question, const core::Ledger& ledger) {
        core::RouteRequest request = model::route_request(scenario_, scenario_.design, question.channel, core::Method::ship,
                                                          nearest({question.latitude, question.longitude}), NodeId{});
        lines_.clear();
        for (const core::Line& line : question.lines) lines_.push_back({line.sku, line.quantity});
        request.lines = lines_;
        core::Explanation why;
        router_.plan(request, ledger, network_, plan_, &why);
        drivers::PlanAnswer answer;
        if (plan_.outcome == core::PlanOutcome::planned) {
            answer.cost = plan_.cost;
            for (const core::PlanLine& line : plan_.lines)
                answer.lines.push_back({line.node, lines_[line.line].sku, line.quantity});
        }
        for (const core::Explanation::Row& row : why.rows)
            if (row.reason != core::Rejection::none) answer.rejected.emplace_back(row.node, core::reason_text(row));
        return answer;
    }

   private:
    ZoneId nearest(model::GeoPoint at) const {
        std::size_t best = 0;
        double least = 1e9;
        for (std::size_t i = 0; i < scenario_.network.places.size(); ++i) {
            const double km = model::kilometres(at, scenario_.network.places[i].at);
            if (km < least) {
                least = km;
                best = i;
            }
        }
        return ZoneId(static_cast<std::uint16_t>(best));
    }

    model::Scenario scenario_;
    std::vector<Quantity> stock_;
    std::vector<std::int32_t> ages_;
    core::RoutingNetwork network_;
    core::Router router_;
    core::Plan plan_;
    std::vector<core::OrderLine> lines_;
};

}  // namespace

drivers::Planner planner(const model::Scenario& scenario) {
    return [planning = std::make_shared<Planning>(scenario)](const drivers::PlanQuestion& question, const core::Ledger& ledger) {
        return planning->plan(question, ledger);
    };
}

}  // namespace lastunit::cli
