// Of a live run against a shop over HTTP; without rows of any other.
#include <string>

#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/record_csv_tables.hpp"

namespace lastunit::reports {
namespace {

double seconds_of(std::int64_t us) { return static_cast<double>(us) / 1e6; }

void add_text_or_nothing(CsvTable& table, const std::string& value) { value.empty() ? table.nothing() : table.text(value); }

}  // namespace

CsvTable csv_of_steps(const model::RunRecord& record) {
    CsvTable table({"step", "shoppers", "passed_shoppers", "requests", "accepted_requests", "out_of_stock_requests",
                    "conflict_requests", "error_requests", "unknown_requests", "answered_requests", "mean_ms", "p50_ms", "p90_ms",
                    "p95_ms", "p99_ms", "p999_ms", "max_ms"});
    for (const model::FlowStepLoad& step : record.load().flow_steps()) {
        const model::LatencyHistogram& latency = step.latency();
        table.text(step.step()).number(step.shoppers()).number(step.passed()).number(step.requests());
        for (const char* answer : kShopAnswers) table.number(requests_answered(step, answer));
        table.number(latency.total());
        const auto add_ms = [&](double seconds) { latency.total() > 0 ? table.number(seconds * 1e3) : table.nothing(); };
        add_ms(mean_s(latency));
        for (const double q : {0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) add_ms(quantile_s(latency, q));
        table.end_row();
    }
    return table;
}

CsvTable csv_of_step_answers(const model::RunRecord& record) {
    CsvTable table({"step", "answer", "status", "rule", "requests"});
    for (const model::FlowStepLoad& step : record.load().flow_steps())
        for (const model::FlowAnswer& answer : step.answers()) {
            table.text(step.step()).text(answer.answer());
            answer.status() == 0 ? table.nothing() : table.number(answer.status());
            add_text_or_nothing(table, answer.why());
            table.number(answer.requests());
            table.end_row();
        }
    return table;
}

// One row.
CsvTable csv_of_books(const model::RunRecord& record) {
    CsvTable table({"stock_units", "told_units", "unknown_units", "unknown_but_ordered_units", "orders_units",
                    "reservations_units", "counter_moved_by_units", "shoppers_judged", "problem"});
    if (!record.load().has_shop_books()) return table;
    const model::ShopBooks& books = record.load().shop_books();
    const auto add_read = [&](const char* what, std::int64_t units) {
        is_read(books, what) ? table.number(units) : table.nothing();
    };
    table.number(books.stock()).number(books.told()).number(books.unknown()).number(books.unknown_but_ordered());
    add_read("orders", books.orders());
    add_read("reservations", books.reservations());
    add_read("counters", books.counter_moved_by());
    table.number(books.shoppers_judged());
    add_text_or_nothing(table, books.problem());
    table.end_row();
    return table;
}

// Each kind as a whole (no SKU), then the SKUs that are told of it.
CsvTable csv_of_findings(const model::RunRecord& record) {
    CsvTable table({"kind", "sku", "skus", "units", "shoppers", "audit_check", "sentence"});
    const model::ShopBooks& books = record.load().shop_books();
    for (const model::ShopFindingKind& kind : books.kinds()) {
        table.text(kind.kind()).nothing().number(kind.skus()).number(kind.units()).nothing();
        add_text_or_nothing(table, kind.audit_check());
        table.nothing().end_row();
        for (const model::ShopFinding& finding : books.findings()) {
            if (finding.kind() != kind.kind()) continue;
            table.text(finding.kind()).text(finding.sku()).number(1).number(finding.units()).number(finding.shoppers_in_all());
            table.nothing().text(finding.sentence());
            table.end_row();
        }
    }
    return table;
}

// One row.
CsvTable csv_of_shop_cpu(const model::RunRecord& record) {
    CsvTable table({"target", "shop_s", "database_s", "redis_s", "checkouts", "per_checkout_s"});
    if (!record.load().has_shop_cpu()) return table;
    const model::ShopCpu& cpu = record.load().shop_cpu();
    table.text(cpu.target()).number(seconds_of(cpu.shop_us())).number(seconds_of(cpu.database_us()));
    table.number(seconds_of(cpu.redis_us())).number(cpu.checkouts());
    cpu.checkouts() > 0 ? table.number(seconds_of(cpu.us_per_checkout())) : table.nothing();
    table.end_row();
    return table;
}

}  // namespace lastunit::reports
