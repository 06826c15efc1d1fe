#include "drivers/http/load/books_report.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "drivers/http/flow_file.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kTold = 5;     // SKUs of each kind, those of most units
constexpr std::size_t kStories = 3;  // of these, with their shoppers
constexpr std::size_t kNamed = 20;   // shoppers of a finding

struct Found {
    Sku sku;
    Finding finding;
};
using ByKind = std::map<FindingKind, std::vector<Found>>;

void add(const Verdict& verdict, model::ShopBooks& to) {
    to.set_stock(to.stock() + verdict.stock);
    to.set_told(to.told() + verdict.told);
    std::int64_t open = verdict.unknown;
    for (const LeftOpen& one : verdict.left_open) open += one.units;
    to.set_unknown(to.unknown() + open);
    to.set_unknown_but_ordered(to.unknown_but_ordered() + verdict.resolved);
    to.set_orders(to.orders() + verdict.orders.value_or(0));
    to.set_reservations(to.reservations() + verdict.reservations.value_or(0));
    to.set_counter_moved_by(to.counter_moved_by() + verdict.counter.value_or(0));
}

void add_finding(const Found& found, const Shop& shop, model::ShopBooks& to) {
    const Finding& from = found.finding;
    model::ShopFinding& out = *to.add_findings();
    out.set_kind(name_of(from.kind));
    out.set_sku(shop.skus()[found.sku.value].name);
    out.set_units(from.units);
    out.set_sentence(from.sentence);
    for (std::size_t i = 0; i < std::min(kNamed, from.shoppers.size()); ++i) out.add_shoppers(from.shoppers[i]);
    out.set_shoppers_in_all(from.involved);
    for (const std::uint64_t shopper : from.side_by_side) out.add_side_by_side(shopper);
}

void add_request(const WireEvent& event, model::ShopShopper& to) {
    model::ShopRequest& out = *to.add_requests();
    out.set_step(event.step);
    out.set_sent_us(event.sent_us), out.set_answered_us(event.answered_us < 0 ? -1 : event.answered_us);
    out.set_status(event.status);
    out.set_answer(name_of(event.answer));
    out.set_why(event.why);
    out.set_request(event.request), out.set_response(event.response);
}

void add_shopper(std::uint64_t number, const Desk& desk, const StoryKeeper& stories, const Plan& plan, model::ShopBooks& to) {
    const auto shopper = desk.came_to_promise(number);
    if (!shopper) return;
    model::ShopShopper& out = *to.add_shoppers();
    out.set_number(number);
    out.set_identity(masked(*shopper->identity, plan.secrets));
    out.set_told(name_of(shopper->said->told));
    out.set_last_step(shopper->said->last_step);
    out.set_why(masked(shopper->said->why, plan.secrets));
    out.set_acceptances(shopper->said->acceptances);
    if (const auto* events = stories.of(number)) {
        for (const WireEvent& event : *events) add_request(event, out);
        return;
    }
    out.set_promise_alone(true);
    WireEvent event = shopper->deciding;
    event.why = masked(event.why, plan.secrets);
    add_request(event, out);
}

}  // namespace

model::ShopBooks books_report(const Desk& desk, const Shop& shop, const StoryKeeper& stories, const Books& before,
                              const Books& after, const std::vector<std::int64_t>& stock) {
    const std::vector<SkuBooks> books = by_sku(before, after, stock.size());
    model::ShopBooks out;
    if (after.has_orders) out.add_read("orders");
    if (after.has_reservations) out.add_read("reservations");
    if (after.has_counters) out.add_read("counters");
    ByKind kinds;
    std::set<std::uint64_t> judged;
    const std::vector<SkuCase> cases = desk.cases(books, stock);
    for (std::size_t sku = 0; sku < cases.size(); ++sku) {
        if (cases[sku].buyers.empty()) {
            out.set_stock(out.stock() + stock[sku]);
            continue;
        }
        for (const Buyer& buyer : cases[sku].buyers) judged.insert(buyer.number);
        Verdict verdict = judge(cases[sku]);
        add(verdict, out);
        for (Finding& finding : verdict.findings)
            kinds[finding.kind].push_back({Sku(static_cast<std::uint32_t>(sku)), std::move(finding)});
    }
    out.set_shoppers_judged(judged.size());
    std::set<std::uint64_t> tellers;
    for (auto& [kind, found] : kinds) {
        model::ShopFindingKind& sum = *out.add_kinds();
        sum.set_kind(name_of(kind));
        sum.set_skus(found.size());
        for (const Found& one : found) sum.set_units(sum.units() + one.finding.units);
        std::stable_sort(found.begin(), found.end(),
                         [](const Found& a, const Found& b) { return a.finding.units > b.finding.units; });
        for (std::size_t i = 0; i < std::min(kTold, found.size()); ++i) {
            add_finding(found[i], shop, out);
            if (i < kStories) tellers.insert(found[i].finding.side_by_side.begin(), found[i].finding.side_by_side.end());
        }
    }
    for (const std::uint64_t shopper : tellers) add_shopper(shopper, desk, stories, shop.plan(), out);
    return out;
}

}  // namespace lastunit::drivers::http
