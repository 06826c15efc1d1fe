#include "cli/changes.hpp"

#include <algorithm>
#include <optional>

namespace lastunit::cli {
namespace {

using model::Edge;
using model::EdgeKind;
using model::kCore;

model::Distribution scaled(model::Distribution distribution, double by) {
    distribution.mean *= by;
    distribution.low *= by;
    distribution.high *= by;
    distribution.prepare();
    return distribution;
}

constexpr Quantity kMostBuffer = 10;  // more units than that hidden by every channel are no small change

Duration half(Duration span) { return Duration{span.us / 2}; }

void halve_lag(Edge& edge) {
    edge.latency = scaled(edge.latency, 0.5);
    edge.service = half(edge.service);
    edge.bytes /= 2;
    edge.interval = half(edge.interval);
    edge.phase = half(edge.phase);
    edge.ttl = half(edge.ttl);
    edge.batch_every = half(edge.batch_every);
    edge.rate_limit *= 2;
    edge.retry_after = half(edge.retry_after);
}

// Whatever is lost, duplicated or out of order stays so.
void no_lag(Edge& edge) {
    if (edge.kind != EdgeKind::cache) edge.kind = EdgeKind::push;
    edge.latency = model::constant(0.0);
    edge.via = model::kNoHost;
    edge.service = edge.interval = edge.phase = edge.ttl = edge.batch_every = Duration{0};
    edge.random_phase = false;
    edge.batch_size = 0;
    edge.rate_limit = 0;
}

std::optional<std::size_t> channel_named(const model::Scenario& scenario, const std::string& name) {
    for (std::size_t i = 0; i < scenario.channels.size(); ++i)
        if (scenario.channels[i].name == name) return i;
    return std::nullopt;
}

class Changes {
   public:
    Changes(const model::Scenario& scenario, const model::OversoldLineStory& line) : scenario_(scenario), line_(line) {
        // At a till it is the channel whose promise was broken that could have kept away.
        const std::string& named = line.victim_channel().empty() ? line.channel() : line.victim_channel();
        channel_ = channel_named(scenario, named);
        find_edges();
    }

    std::vector<Change> take() {
        if (channel_) numbers(*channel_);
        guarantees();
        causes();
        for (const std::size_t edge : edges_) {
            add("lag of " + name(edge) + " halved", [edge](model::Scenario& changed) { halve_lag(changed.design.edges[edge]); });
        }
        for (const std::size_t edge : edges_)
            add("no lag on " + name(edge), [edge](model::Scenario& changed) { no_lag(changed.design.edges[edge]); });
        if (edges_.size() > 1) {
            add("no lag on all of these", [edges = edges_](model::Scenario& changed) {
                for (const std::size_t edge : edges) no_lag(changed.design.edges[edge]);
            });
        }
        if (channel_) modes(*channel_);
        return std::move(changes_);
    }

   private:
    void add(std::string text, std::function<void(model::Scenario&)> apply) {
        changes_.push_back({std::move(text), std::move(apply)});
    }
    const std::string& name(std::size_t edge) const { return scenario_.design.edges[edge].name; }
    bool caused_by(const char* cause) const { return line_.cause() == cause; }

    void find_edges() {
        const auto& edges = scenario_.design.edges;
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const bool feeds = channel_ && edges[i].from == kCore && edges[i].to == *channel_ &&
                               scenario_.design.channels[*channel_].decides_on == model::DecidesOn::view;
            const bool late = std::any_of(line_.late_news().begin(), line_.late_news().end(),
                                          [&](const model::LateNews& news) { return news.edge() == edges[i].name; });
            if (feeds || late) edges_.push_back(i);
        }
    }

    void numbers(std::size_t channel) {
        const model::ChannelDesign& design = scenario_.design.channels[channel];
        const std::string& who = scenario_.channels[channel].name;
        if (design.decides_on != model::DecidesOn::shelf) {
            add("buffer of " + who + " +1", [channel](model::Scenario& changed) { ++changed.design.channels[channel].buffer; });
            // What it takes that this shopper is shown too few.
            const auto enough = static_cast<Quantity>(line_.shown() - static_cast<std::int64_t>(line_.units()) + 1);
            if (line_.victim_channel().empty() && enough > 1 && enough <= kMostBuffer)
                add("buffer of " + who + " +" + std::to_string(enough),
                    [channel, enough](model::Scenario& changed) { changed.design.channels[channel].buffer += enough; });
            if (caused_by("pos_conflict") || !line_.victim_channel().empty())
                add("node buffer of " + who + " +1",
                    [channel](model::Scenario& changed) { ++changed.design.channels[channel].node_buffer; });
        }
        if (!design.deducts_own_sales && design.decides_on == model::DecidesOn::view)
            add(who + " deducts its own sales",
                [channel](model::Scenario& changed) { changed.design.channels[channel].deducts_own_sales = true; });
        if (!caused_by("hold_expired_but_paid")) return;
        add("holds of " + who + " last twice as long", [channel](model::Scenario& changed) {
            Duration& ttl = changed.design.channels[channel].hold_ttl;
            ttl = ttl * 2;
        });
        add(who + " refuses who pays after the hold",
            [channel](model::Scenario& changed) { changed.design.channels[channel].expired_hold = model::ExpiredHold::refuse; });
    }

    // What the edges of the case do not promise.
    void guarantees() {
        for (const std::size_t i : edges_) {
            const Edge& edge = scenario_.design.edges[i];
            if (edge.loss > 0) add("no loss on " + name(i), [i](model::Scenario& changed) { changed.design.edges[i].loss = 0; });
            if (edge.duplicated > 0)
                add("nothing twice on " + name(i), [i](model::Scenario& changed) { changed.design.edges[i].duplicated = 0; });
            if (edge.from != kCore || edge.content != model::Content::absolute) continue;
            if (edge.ordering != model::Ordering::in_order)
                add(name(i) + " keeps the order",
                    [i](model::Scenario& changed) { changed.design.edges[i].ordering = model::Ordering::in_order; });
            if (!edge.watermark && caused_by("snapshot_overwrite"))
                add(name(i) + " carries a watermark",
                    [i](model::Scenario& changed) { changed.design.edges[i].watermark = true; });
        }
    }

    void causes() {
        if (caused_by("phantom_stock") || caused_by("return_misbooked")) {
            add("a right record: no shrink, no mistakes", [](model::Scenario& changed) {
                changed.accuracy = {};
                changed.design.bookkeeping = {};
            });
        }
        if (!scenario_.faults.empty()) add("no faults", [](model::Scenario& changed) { changed.faults.clear(); });
        if (!caused_by("pos_conflict") && line_.victim_channel().empty()) return;
        for (std::size_t i = 0; i < scenario_.network.nodes.size(); ++i)
            if (scenario_.network.nodes[i].name == line_.store() && scenario_.network.nodes[i].ships)
                add(line_.store() + " sends no parcels",
                    [i](model::Scenario& changed) { changed.network.nodes[i].ships = false; });
    }

    void modes(std::size_t channel) {
        const model::ChannelDesign& design = scenario_.design.channels[channel];
        const std::string& who = scenario_.channels[channel].name;
        if (design.decides_on == model::DecidesOn::shelf) return;
        if (design.reservation == model::ReservationMode::check_then_act)
            add(who + " looks again at the order", [channel](model::Scenario& changed) {
                changed.design.channels[channel].reservation = model::ReservationMode::none;
            });
        if (design.reservation == model::ReservationMode::ledger && design.decides_on == model::DecidesOn::core) return;
        const auto ask_core = [channel](model::Scenario& changed) {
            changed.design.channels[channel].reservation = model::ReservationMode::ledger;
            changed.design.channels[channel].decides_on = model::DecidesOn::core;
        };
        add(who + " asks the core (ledger)", ask_core);
        if (edges_.empty()) return;
        add(who + " asks the core, no lag", [ask_core, edges = edges_](model::Scenario& changed) {
            for (const std::size_t edge : edges) no_lag(changed.design.edges[edge]);
            ask_core(changed);
        });
    }

    const model::Scenario& scenario_;
    const model::OversoldLineStory& line_;
    std::optional<std::size_t> channel_;
    std::vector<std::size_t> edges_;
    std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> changes_for(const model::Scenario& scenario, const model::OversoldLineStory& line) {
    return Changes(scenario, line).take();
}

}  // namespace lastunit::cli
