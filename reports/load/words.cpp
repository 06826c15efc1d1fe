#include "reports/load/words.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/load/latency.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

// From here on the difference is no noise of the clock, and a reader should know of it.
constexpr double kMuchLarger = 2;
constexpr double kWorthSaying_s = 0.001;

std::string whole_or_two(double value) { return decimal(value, std::floor(value) == value || std::abs(value) >= 100 ? 0 : 2); }

// In the figure's unit, with it.
std::string amount(const std::string& unit, double value) {
    if (!std::isfinite(value)) return "n/a";
    if (unit == "share") return percent(value);
    if (unit == "ms") return latency_text(value / 1000);
    if (unit == "s") return span(value);
    if (unit == "1/s") return rate_text(value);
    return whole_or_two(value);
}

}  // namespace

std::string invalid_text(const model::LoadReport& load) {
    const std::string text = "the load was not that of the schedule: rates and times say nothing about the system";
    return load.audit().verdict() == "refuted" ? text + "; what the audit refuted stands all the same" : text;
}

std::string speed_text(double speed) { return whole_or_two(speed) + "x"; }

std::string target_text(const model::LoadReport& load) {
    std::string text = load.target();
    const bool said = load.mode().empty() || text.find("mode=" + load.mode()) != std::string::npos;
    if (!said) text += ", " + load.mode();
    return load.system().empty() ? text : text + ", " + load.system();
}

std::string rate_text(double per_second) {
    return decimal(per_second, per_second > 0 && per_second < 9.95 ? 2 : per_second < 99.95 ? 1 : 0) + "/s";
}

std::string bounds_text(std::int64_t low, std::int64_t high) {
    return low == high ? grouped(low) : grouped(low) + " to " + grouped(high);
}

std::string window_text(double from_s, double until_s) {
    return until_s > from_s ? round_span(from_s) + " to " + round_span(until_s) : "at " + round_span(from_s);
}

std::optional<std::string> hidden_by_service_time(const model::LoadReport& load) {
    if (load.service().total() == 0 || load.response().total() == 0) return std::nullopt;
    const double service = quantile_s(load.service(), 0.99), response = quantile_s(load.response(), 0.99);
    if (response < kMuchLarger * service || response - service < kWorthSaying_s) return std::nullopt;
    const double times = service > 0 ? response / service : 0;
    const std::string larger = "The response time's p99 is " +
                               (times > 0 ? decimal(times, times < 9.95 ? 1 : 0) + " times" : std::string("far above")) +
                               " the service time's";
    const double lag = quantile_s(load.dispatch_lag(), 0.99);
    if (2 * lag > response - service)
        return larger + " because the generator itself was late (dispatch lag p99 " + latency_text(lag) +
               "): that says nothing of the back end.";
    return larger +
           ": it counts the wait before an operation could be sent, as a shopper does. Timed from the sending alone, as by a "
           "generator that waits for answers (coordinated omission), p99 would have been " +
           latency_text(service) + " and not " + latency_text(response) + ".";
}

std::vector<RefusalRow> refusals_of(const model::LoadReport& load) {
    std::map<std::string, std::uint64_t> sums;
    for (const auto& operation : load.operations())
        for (const auto& refusal : operation.refusals()) sums[refusal.outcome()] += refusal.count();
    std::vector<RefusalRow> rows;
    for (const auto& [outcome, count] : sums)
        if (count > 0) rows.push_back({outcome, count});
    std::stable_sort(rows.begin(), rows.end(), [](const RefusalRow& a, const RefusalRow& b) { return a.count > b.count; });
    return rows;
}

std::optional<std::string> baskets_left_out_text(const model::LoadReport& load) {
    if (!load.target().starts_with("http:")) return std::nullopt;
    std::uint64_t baskets = 0;
    for (const auto& operation : load.operations()) {
        if (operation.kind() != "hold" && operation.kind() != "allocate") continue;
        for (const auto& refusal : operation.refusals())
            if (refusal.outcome() == "unsupported") baskets += refusal.count();
    }
    if (baskets == 0) return std::nullopt;
    return counted(baskets, "basket") + " of several SKUs " + (baskets == 1 ? "was" : "were") +
           " not sent to the shop: no step of the flow has `each: line`";
}

std::optional<ShopHeadline> shop_headline(const model::LoadReport& load) {
    using Tone = ShopHeadline::Tone;
    if (!load.has_shop_books() || !load.has_audit()) return std::nullopt;
    const auto& audit = load.audit();
    const bool twice = audit.oversold_low() > 0;
    std::string kinds;
    for (const auto& one : load.shop_books().kinds()) {
        if (twice && one.kind() == "oversold") continue;  // the same, told once
        std::string name = one.kind();
        std::replace(name.begin(), name.end(), '_', ' ');
        kinds += (kinds.empty() ? "" : "; ") + name + ", " + counted(one.units(), "unit");
    }
    const std::string promised = counted(audit.sold_low(), "unit") + " that the shop promised";
    if (twice)
        return ShopHeadline{Tone::bad, "SOLD TWICE " + counted(audit.oversold_low(), "unit"),
                            " of " + promised + (kinds.empty() ? "" : "; its books show more: " + kinds)};
    if (!kinds.empty()) return ShopHeadline{Tone::bad, "THE SHOP'S BOOKS DISAGREE", ": " + kinds};
    if (audit.verdict() == "refuted") return ShopHeadline{Tone::bad, "REFUTED", ": the audit below says by what"};
    if (audit.verdict() != "sound") return ShopHeadline{Tone::open, "NOT DECIDED", ": the audit below says what is open"};
    return ShopHeadline{Tone::good, "NOTHING SOLD TWICE", " among " + promised};
}

std::optional<std::string> unknown_text(const model::LoadReport& load) {
    if (load.unknown() == 0) return std::nullopt;
    std::string text = counted(load.unknown(), "operation") + (load.unknown() == 1 ? " has" : " have") +
                       " no answer, also after asking again under the key";
    if (!load.has_audit()) return text + ": what was sold is uncertain by what they asked for";
    const auto& audit = load.audit();
    return text + ": sold " + bounds_text(audit.sold_low(), audit.sold_high()) + " units, of them twice " +
           bounds_text(audit.oversold_low(), audit.oversold_high());
}

std::optional<std::string> disagreement_text(const model::LoadReport& load) {
    if (load.beyond_record() + load.refused_with_record() == 0) return std::nullopt;
    return "The simulator's copy of the record did not foresee " +
           counted(load.beyond_record() + load.refused_with_record(), "answer") + ": " + grouped(load.beyond_record()) +
           " applied that the copy could not have given, " + grouped(load.refused_with_record()) + " refused that it could";
}

std::uint64_t requests_answered(const model::FlowStepLoad& step, std::string_view answer) {
    std::uint64_t sum = 0;
    for (const auto& one : step.answers())
        if (one.answer() == answer) sum += one.requests();
    return sum;
}

bool is_read(const model::ShopBooks& books, std::string_view what) {
    return std::find(books.read().begin(), books.read().end(), what) != books.read().end();
}

bool books_agree(const model::ShopBooks& books) {
    const std::int64_t sold = books.told() + books.unknown_but_ordered();
    const auto differs = [&](const std::string& what) {
        return (what == "orders" && books.orders() != sold) || (what == "reservations" && books.reservations() != sold) ||
               (what == "counters" && books.counter_moved_by() != sold);
    };
    return books.unknown() == 0 && std::none_of(books.read().begin(), books.read().end(), differs);
}

std::string books_text(const model::ShopBooks& books) {
    if (books.shoppers_judged() == 0) return "nobody came to the promise";
    if (books.read_size() == 0) return "nothing was read beside what shoppers were told";
    std::string numbers = "told";
    for (int i = 0; i < books.read_size(); ++i) numbers += (i + 1 < books.read_size() ? ", " : " and ") + books.read(i);
    const std::string whose = " for " + counted(books.shoppers_judged(), "shopper") + " who came to the promise";
    return books_agree(books) ? numbers + " agree" + whose
                              : numbers + " were read" + whose + "; they differ, which proves nothing";
}

std::optional<std::string> shop_cpu_text(const model::LoadReport& load) {
    const model::ShopCpu& cpu = load.shop_cpu();
    if (cpu.checkouts() == 0) return std::nullopt;
    const auto each = [&](std::int64_t us) {
        return latency_text(static_cast<double>(us) / 1e6 / static_cast<double>(cpu.checkouts()));
    };
    return "CPU of " + cpu.target() + " per accepted checkout: " + each(cpu.shop_us() + cpu.database_us() + cpu.redis_us()) +
           " (shop " + each(cpu.shop_us()) + ", database " + each(cpu.database_us()) + ", redis " + each(cpu.redis_us()) + "; " +
           counted(cpu.checkouts(), "checkout") + ")";
}

std::string predicted_text(const model::PredictedFigure& figure, double value) { return amount(figure.unit(), value); }

std::string gap_text(const model::PredictedFigure& figure) {
    const double gap = figure.measured() - figure.predicted();
    if (!std::isfinite(gap)) return "-";
    if (gap == 0) return "none";
    std::string size = amount(figure.unit(), std::abs(gap));
    if (figure.unit() == "share") size.replace(size.size() - 1, 1, "pp");
    std::string text = (gap < 0 ? "-" : "+") + size;
    if (figure.predicted() == 0 || figure.unit() == "share") return text;
    const double ratio = gap / std::abs(figure.predicted());
    // "+13,998 %" is read by nobody.
    if (ratio >= 1 && figure.predicted() > 0) return text + " (x " + decimal(ratio + 1, ratio < 8.95 ? 1 : 0) + ")";
    return text + " (" + (ratio < 0 ? "-" : "+") + decimal(std::abs(ratio) * 100, std::abs(ratio) < 0.0995 ? 1 : 0) + " %)";
}

std::vector<LatencyRow> latency_rows(const model::LoadReport& load) {
    return {{"service", "first attempt sent until the answer", &load.service()},
            {"response", "intended until the answer: what a shopper waited", &load.response()},
            {"dispatch lag", "the generator's own lateness, part of the response", &load.dispatch_lag()}};
}

}  // namespace lastunit::reports
