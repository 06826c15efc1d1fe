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

// Sent it, and whatever came of that is known. Whoever was turned away before, or is still under way, has seen nothing of it.
bool came_to_promise(const Plan& plan, const Told& said) {
    return said.promised && said.last_step == plan.steps[plan.promise].name;
}

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

void add_finding(const Found& found, const ShopCustomers& of, model::ShopBooks& to) {
    const Finding& from = found.finding;
    model::ShopFinding& out = *to.add_findings();
    out.set_kind(name_of(from.kind));
    out.set_sku(of.skus[found.sku.value]);
    out.set_units(from.units);
    out.set_sentence(from.sentence);
    model::ShopDisagreement& what = *out.mutable_disagreement();
    what.set_form(name_of(from.disagreement.form));
    what.set_units(from.disagreement.units), what.set_beside(from.disagreement.beside);
    for (const auto& away : from.disagreement.turned_away) {
        model::ShopTurnedAway& to_away = *what.add_turned_away();
        to_away.set_step(away.step), to_away.set_answer(away.answer);
        to_away.set_shoppers(static_cast<std::uint64_t>(away.shoppers));
    }
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

// Of whoever is not followed there are the times of the promise alone.
WireEvent promise_of(const Customer& customer) {
    WireEvent out;
    out.step = customer.said.last_step;
    out.sent_us = customer.sent_us;
    out.answered_us = customer.answered_us.value_or(-1);
    out.answer = customer.said.told;
    out.why = customer.said.why;
    return out;
}

void add_shopper(std::uint64_t number, const ShopCustomers& of, model::ShopBooks& to) {
    const auto found = std::lower_bound(of.customers.begin(), of.customers.end(), number,
                                        [](const Customer& one, std::uint64_t than) { return one.number < than; });
    if (found == of.customers.end() || found->number != number) return;
    model::ShopShopper& out = *to.add_shoppers();
    out.set_number(number);
    out.set_identity(masked(found->identity, of.plan.secrets));
    out.set_told(name_of(found->said.told));
    out.set_last_step(found->said.last_step);
    out.set_why(masked(found->said.why, of.plan.secrets));
    out.set_acceptances(found->said.acceptances);
    if (const auto* events = of.story_of(number)) {
        for (const WireEvent& event : *events) add_request(event, out);
        return;
    }
    out.set_promise_alone(true);
    WireEvent event = promise_of(*found);
    event.why = masked(event.why, of.plan.secrets);
    add_request(event, out);
}

std::vector<SkuCase> cases_of(const ShopCustomers& of, const std::vector<SkuBooks>& books) {
    std::vector<SkuCase> out = cases(of.customers, of.story_of, books, of.stock);
    for (SkuCase& one : out) one.hold_reserves = of.plan.hold_reserves;
    return out;
}

// Without findings that the books did not have when they were read before.
void keep_lasting(std::vector<Finding>& findings, const std::vector<Finding>& before) {
    std::erase_if(findings, [&](const Finding& one) {
        if (!later_books_may_mend(one.kind)) return false;
        const auto same =
            std::find_if(before.begin(), before.end(), [&](const Finding& other) { return other.kind == one.kind; });
        return same == before.end();
    });
}

}  // namespace

bool later_books_may_mend(const model::ShopBooks& report) {
    return std::any_of(report.kinds().begin(), report.kinds().end(), [](const model::ShopFindingKind& kind) {
        for (const FindingKind one : {FindingKind::missing_order, FindingKind::unallocated_order, FindingKind::lost_update})
            if (kind.kind() == name_of(one)) return true;
        return false;
    });
}

std::string nobodys_orders(const ShopCustomers& of, const Books& before, const Books& after) {
    const std::vector<SkuBooks> books = by_sku(before, after, of.stock.size());
    return nobodys_orders(cases_of(of, books));
}

model::ShopBooks books_report(const ShopCustomers& of, const Books& before, const Books& after, const Books* earlier) {
    const std::vector<SkuBooks> books = by_sku(before, after, of.stock.size());
    std::vector<SkuBooks> earlier_books;
    if (earlier != nullptr) earlier_books = by_sku(before, *earlier, of.stock.size());
    model::ShopBooks out;
    if (after.has_orders) out.add_read("orders");
    if (after.has_reservations) out.add_read("reservations");
    if (after.has_counters) out.add_read("counters");
    ByKind kinds;
    std::set<std::uint64_t> judged;
    const std::vector<SkuCase> by_skus = cases_of(of, books);
    std::vector<SkuCase> by_skus_earlier;
    if (earlier != nullptr) by_skus_earlier = cases_of(of, earlier_books);
    for (std::size_t sku = 0; sku < by_skus.size(); ++sku) {
        if (by_skus[sku].buyers.empty()) {
            out.set_stock(out.stock() + of.stock[sku]);
            continue;
        }
        for (const Buyer& buyer : by_skus[sku].buyers)
            if (came_to_promise(of.plan, *buyer.said)) judged.insert(buyer.number);
        Verdict verdict = judge(by_skus[sku]);
        if (earlier != nullptr) keep_lasting(verdict.findings, judge(by_skus_earlier[sku]).findings);
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
            add_finding(found[i], of, out);
            if (i < kStories) tellers.insert(found[i].finding.side_by_side.begin(), found[i].finding.side_by_side.end());
        }
    }
    for (const std::uint64_t shopper : tellers) add_shopper(shopper, of, out);
    return out;
}

}  // namespace lastunit::drivers::http
