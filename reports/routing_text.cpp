#include "reports/routing_text.hpp"

#include <algorithm>
#include <map>

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using core::Explanation;
using core::PlanOutcome;
using core::Rejection;

constexpr std::size_t kMostRows = 12;   // of nodes that have something of the order
constexpr std::size_t kNameWidth = 24;  // of a node, at most
constexpr std::size_t kLabel = 11;      // columns before the text of a line

class RoutingText {
   public:
    RoutingText(const Routed& routed, const TerminalStyle& style) : r_(routed), style_(style) {}

    std::string make() {
        asked();
        answered();
        weighed();
        strategies();
        split();
        runner_up();
        nodes();
        return style_.glyphs == Glyphs::ascii ? to_ascii(out_) : std::move(out_);
    }

   private:
    std::string amount(Money minor) const { return money(minor, r_.scenario.currency); }
    std::string name(NodeId node) const { return printable(r_.scenario.network.nodes[node.value].name); }
    std::string name(Sku sku) const { return printable(r_.scenario.catalogue.skus[sku.value].name); }

    void line(const char* label, const std::string& text) { out_ += pad_right(label, kLabel) + text + "\n"; }

    void asked() {
        const core::RouteRequest& request = r_.request;
        std::string units;
        for (const core::OrderLine& line : request.lines)
            units += (units.empty() ? "" : ", ") + grouped(std::int64_t{line.quantity}) + " x " + name(line.sku);
        line("order", units + ", " + amount(request.value));
        const bool sent = core::by_parcel(request.method);
        std::string how = printable(r_.scenario.channels[request.channel.value].name) + ", " + core::name_of(request.method);
        how += sent ? " to " + printable(r_.scenario.network.places[request.zone.value].name) : " at " + name(request.place);
        line("asked", how + ", at " + clock(static_cast<double>(request.time_of_day.us) / 1e6) + ", promised in " +
                          round_span(static_cast<double>(request.promise.us) / 1e6));
        const model::Design& design = r_.scenario.design;
        line("routing", std::string(routing_name(design)) + ", design " + printable(design.name));
        if (design.prices.foresight == model::Foresight::rounded)
            line("", "its draws belong to a run: this is the least-cost plan without them");
        else if (design.prices.foresight != model::Foresight::none)
            line("", "its prices belong to a run: this is the least-cost plan without them");
        out_ += "\n";
    }

    static const char* refused_text(PlanOutcome outcome) {
        switch (outcome) {
            case PlanOutcome::out_of_stock:
                return "not planned: the nodes that may serve it have too little, all together";
            case PlanOutcome::split_limit:
                return "not planned: it would take more parcels, or more order lines at a node, than are allowed";
            case PlanOutcome::no_node:
                return "not planned: no node may serve it";
            case PlanOutcome::no_strategy:
                return "not planned: no strategy is for this order";
            case PlanOutcome::reroute_limit:
                return "not planned: nodes have rejected it too often";
            case PlanOutcome::declined:
                return "declined: serving it would cost more than turning it down";
            case PlanOutcome::planned:
                break;
        }
        return "planned";
    }

    void answered() {
        const core::Plan& plan = r_.plan;
        if (plan.outcome != PlanOutcome::planned) return line("answer", refused_text(plan.outcome));
        const bool sent = core::by_parcel(r_.request.method);
        const bool waits = plan.choice == core::SplitChoice::wait_for_transfer;
        std::string text = "planned: ";
        text += waits  ? "one parcel from " + name(plan.gathered_at) + ", after a transfer"
                : sent ? counted(plan.nodes, "parcel")
                       : "handed over at " + name(r_.request.place);
        line("answer", text + ", costs " + amount(plan.cost));
        for (const core::PlanLine& taken : plan.lines)
            line("", grouped(std::int64_t{taken.quantity}) + " x " + name(r_.request.lines[taken.line].sku) + " from " +
                         name(taken.node));
        for (const std::uint32_t left : plan.declined) line("", name(r_.request.lines[left].sku) + " is left out");
    }

    void weighed() {
        const core::CostTerms& terms = r_.plan.terms;
        std::string sum;
        std::size_t count = 0;
        const auto add = [&](const char* what, Money cost) {
            if (cost == 0) return;
            ++count;
            sum += (sum.empty() ? "" : " + ") + std::string(what) + " " + amount(cost);
        };
        add("parcels", terms.fixed);
        const bool carried = core::by_parcel(r_.request.method) && !r_.scenario.network.carriers.empty();
        add(carried ? "carrier, by parcel" : "distance", terms.distance);
        add(carried ? "handling and carrier, by kg" : "units", terms.units);
        add("transfer", terms.transfer);
        add("future worth of the stock", terms.price);
        add("units kept for walk-in shoppers", terms.protection);
        add("goodwill", terms.promise);
        add("declined", terms.declined);
        if (count == 0) return;
        line("weighs", count == 1 ? sum : sum + " = " + amount(terms.total()));
        const bool proven = r_.plan.lower_bound != core::kNoBound && !r_.why.split;
        if (proven && r_.plan.lower_bound == terms.total()) line("", "proven: no plan under these rules weighs less");
        if (proven && r_.plan.lower_bound < terms.total())
            line("", "not proven best, but nothing weighs less than " + amount(r_.plan.lower_bound));
    }

    void strategies() {
        if (r_.why.attempts.empty() && r_.why.pass == core::Pass::second)
            return line("", "found with units that are softly kept for walk-in shoppers");
        bool first = true;
        for (const Explanation::Attempt& attempt : r_.why.attempts) {
            std::string text = std::to_string(attempt.strategy + 1) + " " + printable(attempt.name);
            if (attempt.pass == core::Pass::second) text += ", without soft rules";
            text += ": ";
            if (attempt.result == Explanation::Attempt::Result::not_applicable)
                text += std::string("not for this order (") + spoken(attempt.mismatch) + ")";
            else
                text += (attempt.nodes == 0 ? "no node passes"
                                            : counted(attempt.nodes, "node") + (attempt.nodes == 1 ? " passes" : " pass")) +
                        (attempt.result == Explanation::Attempt::Result::planned ? ", and can serve it" : ", so it gives way");
            line(first ? "strategies" : "", text);
            first = false;
        }
    }
    static const char* spoken(core::Mismatch mismatch) {
        switch (mismatch) {
            case core::Mismatch::zone:
                return "place";
            case core::Mismatch::sku_class:
                return "size class";
            case core::Mismatch::time_of_day:
                return "time of day";
            default:
                return core::name_of(mismatch);
        }
    }

    void split() {
        if (!r_.why.split) return;
        const core::SplitDecision& decision = *r_.why.split;
        const auto option = [&](const char* what, const core::SplitOption& way, const char* absent) {
            if (way.there == core::SplitOption::There::no) return std::string(what) + " " + absent;
            std::string text = std::string(what) + " weighs " + amount(way.total());
            if (way.loss != 0) text += " (goodwill " + amount(way.loss) + ")";
            if (way.wait.us > 0) text += ", after " + round_span(static_cast<double>(way.wait.us) / 1e6);
            return text;
        };
        line("split", option("sending several parcels", decision.split, "is not possible"));
        line("", option("waiting for a transfer", decision.wait, "is not possible"));
        line("", option("turning it down", decision.decline, "is out of the question"));
    }

    void runner_up() {
        if (!r_.why.runner_up) return;
        const Explanation::RunnerUp& next = *r_.why.runner_up;
        std::string text;
        for (const NodeId node : next.nodes) text += (text.empty() ? "" : " + ") + name(node);
        text += ": weighs " + amount(next.total) + ", ";
        text += next.difference == 0 ? "the same" : amount(std::abs(next.difference)) + (next.difference < 0 ? " less" : " more");
        line("next best", text);
    }

    // Nodes in the plan, then those that have something, by distance; the others are counted by reason.
    void nodes() {
        std::vector<const Explanation::Row*> rows;
        for (const Explanation::Row& row : r_.why.rows) rows.push_back(&row);
        const auto before = [](const Explanation::Row* a, const Explanation::Row* b) {
            return std::pair(a->reason != Rejection::none, a->km) < std::pair(b->reason != Rejection::none, b->km);
        };
        std::stable_sort(rows.begin(), rows.end(), before);
        std::map<std::string, std::uint64_t> others;
        std::vector<const Explanation::Row*> shown;
        const bool all = rows.size() <= kMostRows;
        for (const Explanation::Row* row : rows) {
            const bool of_interest = row->reason == Rejection::none || row->available + row->kept > 0;
            if (all || (of_interest && shown.size() < kMostRows))
                shown.push_back(row);
            else
                ++others[core::reason_text(*row)];
        }
        if (!shown.empty()) table(shown);
        for (const auto& [reason, count] : others) out_ += "  and " + counted(count, "node") + ": " + reason + "\n";
    }

    // "costs 5.37 PLN more" says more than "costlier", where it is the whole reason.
    std::string reason(const Explanation::Row& row, Quantity wanted) const {
        const bool all_alone = row.reason == Rejection::costlier && row.available == wanted && r_.plan.terms.price == 0;
        const bool by_cost = r_.why.policy == core::RoutingPolicy::cheapest && r_.plan.declined.empty();
        const Money more = row.cost - r_.plan.cost;
        return all_alone && by_cost && more > 0 ? "costs " + amount(more) + " more" : core::reason_text(row);
    }

    void table(const std::vector<const Explanation::Row*>& rows) {
        Quantity wanted = 0;
        for (const core::OrderLine& line : r_.request.lines) wanted += line.quantity;
        std::size_t width = 4;
        const std::string wanted_title = "of " + grouped(std::int64_t{wanted});
        const std::size_t units = std::max<std::size_t>(7, display_width(wanted_title) + 2);
        bool kept = false;
        for (const Explanation::Row* row : rows) {
            width = std::max(width, std::min(kNameWidth, display_width(name(row->node))));
            kept = kept || row->kept > 0;
        }
        out_ += "\n  " + pad_right("node", width) + pad_left("km", 8) + pad_left(wanted_title, units) +
                (kept ? pad_left("kept", 7) : "") + pad_left("cost", 18) + "  why\n";
        for (const Explanation::Row* row : rows) {
            const bool in = row->reason == Rejection::none;
            out_ += (in ? "> " : "  ") + pad_right(clip(name(row->node), width), width);
            out_ += pad_left(grouped(std::uint64_t{row->km}), 8) + pad_left(grouped(std::int64_t{row->available}), units);
            if (kept) out_ += pad_left(row->kept > 0 ? grouped(std::int64_t{row->kept}) : "", 7);
            out_ += pad_left(row->available > 0 ? amount(row->cost) : "", 18) + "  " + reason(*row, wanted) + "\n";
        }
    }

    const Routed& r_;
    const TerminalStyle& style_;
    std::string out_;
};

}  // namespace

const char* routing_name(const model::Design& design) {
    switch (design.prices.foresight) {
        case model::Foresight::none:
            break;
        case model::Foresight::primal_dual:
            return "primal_dual";
        case model::Foresight::bid_price:
            return "bid_price";
        case model::Foresight::rounded:
            return core::name_of(design.prices.rounding);
    }
    return core::name_of(design.routing);
}

std::string routing_text(const Routed& routed, const TerminalStyle& style) { return RoutingText(routed, style).make(); }

}  // namespace lastunit::reports
