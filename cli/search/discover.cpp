#include "cli/search/discover.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "scenarios/quantity.hpp"

namespace lastunit::cli {
namespace {

using scenarios::Entry;
using scenarios::Tree;

constexpr double kFactor = 4;  // times and intervals: down and up
constexpr std::size_t kMostUnits = 5;

const Tree* inside(const Tree& root, std::initializer_list<const char*> parts) {
    const Tree* here = &root;
    for (const char* part : parts)
        if (here != nullptr) here = here->child(part);
    return here;
}

class Discovery {
   public:
    explicit Discovery(const Tree& tree) : tree_(tree) {}

    std::vector<Variable> all() {
        if (const Tree* channels = inside(tree_, {"design", "channels"})) buffers(*channels), holds(*channels);
        if (const Tree* edges = inside(tree_, {"design", "edges"})) intervals(*edges);
        protection();
        routing();
        weight("design.split_policy.loss_per_extra_parcel", "split_policy", "loss_per_extra_parcel");
        weight("design.split_policy.loss_per_hour", "split_policy", "loss_per_hour");
        weight("design.protection.cost_per_unit", "protection", "cost_per_unit");
        return std::move(out_);
    }

   private:
    static bool sells_from_a_view(const Tree& channel) {
        const Tree* decides = channel.child("decides_on");
        return decides == nullptr || decides->text == "view";
    }

    std::optional<double> value(const Variable& variable, const Tree* text) const {
        if (text == nullptr) return std::nullopt;
        const auto parsed = scenarios::parse_quantity(text->text, variable.unit, currency_of(tree_));
        return parsed.error.empty() ? std::optional(parsed.value) : std::nullopt;
    }

    void units(const std::string& name, const std::string& path, const Tree* stated, double least) {
        Variable one = named_variable(path, tree_);
        one.name = name;
        const auto now = value(one, stated);
        if (!now) return;
        const double to = std::max(least, 2 * *now);
        spread(one, 0, to, std::min(kMostUnits, static_cast<std::size_t>(to) + 1), Spacing::even, tree_);
        out_.push_back(std::move(one));
    }

    void buffers(const Tree& channels) {
        constexpr double kLeast = 4, kLeastPerNode = 2;
        bool any = false, stated = false;
        for (const Entry& channel : channels.entries) {
            if (!sells_from_a_view(channel.value)) continue;
            any = true;
            for (const char* field : {"buffer", "node_buffer"}) {
                const Tree* units_now = channel.value.child(field);
                if (units_now == nullptr) continue;
                stated = true;
                units(channel.key + "." + field, "design.channels." + channel.key + "." + field, units_now,
                      field[0] == 'b' ? kLeast : kLeastPerNode);
            }
        }
        if (!any || stated) return;
        Variable together = named_variable("buffer", tree_);
        spread(together, 0, 5, 6, Spacing::even, tree_);
        out_.push_back(std::move(together));
    }

    void times(const std::string& name, const std::string& path, const Tree* stated, std::size_t points) {
        if (stated == nullptr) return;
        Variable one = named_variable(path, tree_);
        one.name = name;
        const auto now = value(one, stated);
        if (!now || *now <= 0) return;
        spread(one, *now / kFactor, *now * kFactor, points, Spacing::log, tree_);
        out_.push_back(std::move(one));
    }

    void holds(const Tree& channels) {
        for (const Entry& channel : channels.entries) {
            const Tree* mode = channel.value.child("reservation");
            if (mode != nullptr && (mode->text == "reserve_on_cart" || mode->text == "reserve_on_order"))
                times(channel.key + ".hold_ttl", "design.channels." + channel.key + ".hold_ttl", channel.value.child("hold_ttl"),
                      3);
        }
    }

    void intervals(const Tree& edges) {
        for (const Entry& edge : edges.entries)
            for (const char* field : {"interval", "ttl"})
                times(edge.key + "." + field, "design.edges." + edge.key + "." + field, edge.value.child(field), 5);
    }

    void protection() {
        const Tree* rules = inside(tree_, {"design", "protection", "rules"});
        if (rules == nullptr) return;
        Variable one = named_variable("store_protection", tree_);
        double most = 0;
        for (const Tree& rule : rules->items) most = std::max(most, value(one, rule.child("units")).value_or(0));
        const double to = std::max(3.0, 2 * most);
        spread(one, 0, to, std::min(kMostUnits, static_cast<std::size_t>(to) + 1), Spacing::even, tree_);
        out_.push_back(std::move(one));
    }

    void routing() {
        const Tree* now = inside(tree_, {"design", "routing"});
        std::vector<std::string> policies{"nearest", "cheapest", "fewest_splits"};
        if (now == nullptr || std::find(policies.begin(), policies.end(), now->text) == policies.end()) return;
        Variable one = named_variable("design.routing", tree_);
        one.name = "routing";
        list(one, std::move(policies));
        out_.push_back(std::move(one));
    }

    void weight(const std::string& path, const char* section, const char* field) {
        const Tree* now = inside(tree_, {"design", section, field});
        if (now == nullptr) return;
        Variable one = named_variable(path, tree_);
        one.name = std::string(section) + "." + field;
        const auto amount = value(one, now);
        if (!amount || *amount <= 0) return;
        spread(one, 0, 2 * *amount, 3, Spacing::even, tree_);
        out_.push_back(std::move(one));
    }

    const Tree& tree_;
    std::vector<Variable> out_;
};

}  // namespace

std::vector<Variable> searchable(const Tree& tree) { return Discovery(tree).all(); }

}  // namespace lastunit::cli
