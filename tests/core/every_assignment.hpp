// The best assignment of an order by trying all of them: every way to hand out every unit, or to decline.
#pragma once

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "core/routing/least_cost.hpp"

namespace lastunit::core::testing {

struct OfferedNode {
    OfferNode about;
    std::vector<Offer> offers;  // per demand
};

struct OrderProblem {
    std::vector<Quantity> wanted;
    std::vector<OfferedNode> nodes;
    std::vector<Money> decline;  // per demand; empty = refused
    Money decline_order = 0;
    LeastCost::Limits limits;
};

class EveryAssignment {
   public:
    explicit EveryAssignment(const OrderProblem& problem) : problem_(problem) {}

    struct Best {
        std::size_t declined = 0, nodes = 0;
        Money cost = 0;
        std::uint64_t km = 0;
    };

    std::optional<Best> solve() {
        best_.reset();
        given_.assign(problem_.nodes.size(), std::vector<Quantity>(problem_.wanted.size(), 0));
        declined_.assign(problem_.wanted.size(), 0);
        hand_out(0, 0, problem_.wanted.empty() ? 0 : problem_.wanted[0]);
        return best_;
    }

   private:
    bool may_split(std::size_t demand) const {
        if (problem_.limits.lines != LineSplit::when_needed) return problem_.limits.lines == LineSplit::freely;
        return std::none_of(problem_.nodes.begin(), problem_.nodes.end(), [&](const OfferedNode& n) {
            return n.about.capacity > 0 && n.offers[demand].available >= problem_.wanted[demand];
        });
    }

    // `left` units of `demand` remain for the nodes from `node` on.
    void hand_out(std::size_t demand, std::size_t node, Quantity left) {
        if (demand == problem_.wanted.size()) return judge();
        const std::size_t next = demand + 1;
        const Quantity next_wanted = next < problem_.wanted.size() ? problem_.wanted[next] : 0;
        if (left == 0) return hand_out(next, 0, next_wanted);
        if (node == problem_.nodes.size()) {
            if (left < problem_.wanted[demand] || problem_.decline.empty() || problem_.decline[demand] == kNeverDeclined) return;
            declined_[demand] = 1;
            hand_out(next, 0, next_wanted);
            declined_[demand] = 0;
            return;
        }
        const Quantity most = std::min(left, problem_.nodes[node].offers[demand].available);
        for (Quantity units = 0; units <= most; ++units) {
            if (units > 0 && units < problem_.wanted[demand] && !may_split(demand)) continue;
            given_[node][demand] = units;
            hand_out(demand, node + 1, left - units);
        }
        given_[node][demand] = 0;
    }

    void judge() {
        Best here;
        for (std::size_t n = 0; n < problem_.nodes.size(); ++n) {
            const OfferNode& about = problem_.nodes[n].about;
            Quantity pieces = 0;
            Quantity units = 0;
            for (std::size_t d = 0; d < problem_.wanted.size(); ++d) {
                const Quantity given = given_[n][d];
                const Offer& offer = problem_.nodes[n].offers[d];
                pieces += given > 0 ? 1 : 0;
                units += given;
                here.cost += given * offer.unit + std::max(0, given - offer.plain) * offer.surcharge;
            }
            if (pieces == 0) continue;
            if (pieces > about.capacity || units < about.min_units) return;
            here.cost += about.parcel;
            here.km += about.km;
            ++here.nodes;
        }
        if (here.nodes > problem_.limits.max_nodes) return;
        for (std::size_t d = 0; d < declined_.size(); ++d)
            if (declined_[d] != 0) {
                ++here.declined;
                here.cost += problem_.decline[d];
            }
        if (here.declined > 0) here.cost += problem_.decline_order;
        if (!best_ || rank(here) < rank(*best_)) best_ = here;
    }

    std::tuple<Money, Money, Money, std::uint64_t> rank(const Best& b) const {
        const auto nodes = static_cast<Money>(b.nodes);
        if (problem_.limits.goal == Goal::cheapest) return {b.cost, static_cast<Money>(b.declined), nodes, b.km};
        return {static_cast<Money>(b.declined), nodes, b.cost, b.km};
    }

    const OrderProblem& problem_;
    std::vector<std::vector<Quantity>> given_;
    std::vector<std::uint8_t> declined_;
    std::optional<Best> best_;
};

}  // namespace lastunit::core::testing
