// The best cover by trying everything: every set of nodes, and within it every way to hand out every unit.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "core/routing/cover.hpp"

namespace lastunit::core::testing {

struct BruteNode {
    CoverNode about;
    std::vector<Quantity> available;  // per demand
};

class BruteForce {
   public:
    BruteForce(std::vector<Quantity> wanted, std::vector<BruteNode> nodes)
        : wanted_(std::move(wanted)), nodes_(std::move(nodes)) {}

    struct Best {
        std::size_t nodes = 0;
        Money cost = 0;
        std::uint64_t km = 0;
    };

    std::optional<Best> solve(CoverGoal goal, std::uint32_t max_nodes) {
        std::optional<Best> best;
        for (std::uint32_t set = 1; set < (1U << nodes_.size()); ++set) {
            if (static_cast<std::uint32_t>(__builtin_popcount(set)) > max_nodes) continue;
            given_.assign(nodes_.size(), std::vector<Quantity>(wanted_.size(), 0));
            least_.reset();
            hand_out(set, 0, 0, wanted_.empty() ? 0 : wanted_[0], 0);
            if (!least_) continue;
            Best here{static_cast<std::size_t>(__builtin_popcount(set)), *least_, 0};
            for (std::size_t i = 0; i < nodes_.size(); ++i)
                if ((set >> i & 1U) != 0) {
                    here.cost += nodes_[i].about.parcel;
                    here.km += nodes_[i].about.km;
                }
            const auto rank = [&](const Best& b) {
                const Money nodes = static_cast<Money>(b.nodes);
                return goal == CoverGoal::fewest ? std::make_tuple(nodes, b.cost, b.km) : std::make_tuple(b.cost, nodes, b.km);
            };
            if (!best || rank(here) < rank(*best)) best = here;
        }
        return best;
    }

   private:
    bool whole_somewhere(std::size_t demand) const {
        return std::any_of(nodes_.begin(), nodes_.end(),
                           [&](const BruteNode& n) { return n.available[demand] >= wanted_[demand]; });
    }

    // `left` units of `demand` remain for the nodes from `node` on.
    void hand_out(std::uint32_t set, std::size_t demand, std::size_t node, Quantity left, Money cost) {
        if (demand == wanted_.size()) {
            if (!least_ || cost < *least_) least_ = cost;
            return;
        }
        if (left == 0) {
            const std::size_t next = demand + 1;
            return hand_out(set, next, 0, next < wanted_.size() ? wanted_[next] : 0, cost);
        }
        if (node == nodes_.size()) return;
        const Quantity most = (set >> node & 1U) != 0 ? std::min(left, nodes_[node].available[demand]) : 0;
        for (Quantity units = 0; units <= most; ++units) {
            if (units > 0 && units < wanted_[demand] && whole_somewhere(demand)) continue;
            given_[node][demand] = units;
            const auto pieces = std::count_if(given_[node].begin(), given_[node].end(), [](Quantity q) { return q > 0; });
            if (pieces <= nodes_[node].about.capacity)
                hand_out(set, demand, node + 1, left - units, cost + units * nodes_[node].about.unit);
        }
        given_[node][demand] = 0;
    }

    std::vector<Quantity> wanted_;
    std::vector<BruteNode> nodes_;
    std::vector<std::vector<Quantity>> given_;
    std::optional<Money> least_;
};

}  // namespace lastunit::core::testing
