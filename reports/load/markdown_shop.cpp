#include "reports/load/markdown_shop.hpp"

#include <algorithm>

#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/markdown.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::ShopBooks;

std::string moment(std::int64_t us) { return latency_text(static_cast<double>(us) / 1e6); }

// The last request of the step at which the shopper was told; null: none is kept.
const model::ShopRequest* deciding_of(const model::ShopShopper& shopper) {
    for (int i = shopper.requests_size(); i-- > 0;)
        if (shopper.requests(i).step() == shopper.last_step()) return &shopper.requests(i);
    return nullptr;
}

std::string told(const model::ShopShopper& shopper, const model::ShopRequest& request) {
    std::string text = "shopper " + std::to_string(shopper.number()) + " sent " + markdown_code(request.step()) + " at " +
                       moment(request.sent_us());
    if (request.answered_us() < 0) return text + " and got no answer";
    return text + " and was answered " + markdown_code(request.answer()) + " at " + moment(request.answered_us());
}

// "Shopper 12 sent `pay` at 12.0 ms and was answered `accepted` at 34.1 ms; shopper 17 ..."
std::string what_they_did(const ShopBooks& books, const model::ShopFinding& finding) {
    std::string text;
    for (const model::ShopShopper& shopper : books.shoppers()) {
        const auto& both = finding.side_by_side();
        if (std::find(both.begin(), both.end(), shopper.number()) == both.end()) continue;
        if (const auto* request = deciding_of(shopper)) text += (text.empty() ? "" : "; ") + told(shopper, *request);
    }
    if (text.empty()) return "";
    text[0] = 'S';
    return " " + text + ".";
}

std::string finding(const ShopBooks& books, const model::ShopFindingKind& kind) {
    std::string text = "- **FINDING " + markdown_text(kind.kind()) +
                       "**: " + counted(static_cast<std::uint64_t>(kind.units()), "unit") + " of " + counted(kind.skus(), "SKU");
    if (!kind.audit_check().empty()) text += ", as the audit's " + markdown_code(kind.audit_check()) + " says";
    for (const model::ShopFinding& one : books.findings()) {
        if (one.kind() != kind.kind()) continue;
        return text + ". " + markdown_text(one.sku()) + ": " + markdown_text(one.sentence()) + "." + what_they_did(books, one) +
               "\n";
    }
    return text + "\n";
}

std::string or_dash(std::uint64_t count) { return count == 0 ? "-" : grouped(count); }

}  // namespace

std::string shop_findings_markdown(const model::LoadReport& load) {
    if (!load.has_shop_books()) return "";
    const ShopBooks& books = load.shop_books();
    if (!books.problem().empty()) return "- the shop's books could not be judged: " + markdown_text(books.problem()) + "\n";
    std::string out;
    for (const model::ShopFindingKind& kind : books.kinds()) out += finding(books, kind);
    if (out.empty() && books.shoppers_judged() > 0)
        out =
            "- no finding in the shop's books, for " + counted(books.shoppers_judged(), "shopper") + " who came to the promise\n";
    return out;
}

std::string shop_steps_markdown(const model::LoadReport& load) {
    if (load.flow_steps().empty()) return "";
    std::string out = "\n" +
                      markdown_row({"step", "shoppers", "passed", "requests", "sold out", "conflict", "error", "unknown", "p50",
                                    "p95", "p99"}) +
                      "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (const model::FlowStepLoad& step : load.flow_steps())
        out += markdown_row({step.step(), grouped(step.shoppers()), grouped(step.passed()), grouped(step.requests()),
                             or_dash(requests_answered(step, "out_of_stock")), or_dash(requests_answered(step, "conflict")),
                             or_dash(requests_answered(step, "error")), or_dash(requests_answered(step, "unknown")),
                             quantile_text(step.latency(), 0.5), quantile_text(step.latency(), 0.95),
                             quantile_text(step.latency(), 0.99)});
    if (const auto cpu = shop_cpu_text(load)) out += "\n" + markdown_text(*cpu) + ".\n";
    return out;
}

}  // namespace lastunit::reports
