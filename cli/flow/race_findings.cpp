#include "cli/flow/race_findings.hpp"

#include <algorithm>
#include <array>

#include "reports/load/latency.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;
using http::FindingKind;

constexpr std::array<FindingKind, 7> kKinds = {
    FindingKind::oversold,          FindingKind::missing_order, FindingKind::phantom_order, FindingKind::duplicate_order,
    FindingKind::unallocated_order, FindingKind::lost_update,   FindingKind::undersold};

std::string not_judged(FindingKind kind, std::span<const http::JudgedRace> races) {
    const auto reads = [&](auto which) {
        return std::any_of(races.begin(), races.end(), [&](const http::JudgedRace& race) { return race.run.after.*which; });
    };
    switch (kind) {
        case FindingKind::oversold:
        case FindingKind::undersold:
            return "";
        case FindingKind::phantom_order:
        case FindingKind::missing_order:
        case FindingKind::duplicate_order:
            return reads(&http::Books::has_orders) ? "" : "the flow's `read_back` reads no orders";
        case FindingKind::lost_update:
            return reads(&http::Books::has_counters) ? "" : "the flow's `read_back` reads no counters";
        case FindingKind::unallocated_order:
            return reads(&http::Books::has_counters) || reads(&http::Books::has_reservations)
                       ? ""
                       : "the flow's `read_back` reads neither reservations nor counters";
    }
    return "";
}

std::string moment(std::int64_t us) { return us == 0 ? "0 s" : reports::latency_text(static_cast<double>(us) / 1e6); }

// The last request of the step at which the shopper was told; null: none is kept.
const http::RaceEvent* deciding_of(const http::RaceShopper& shopper) {
    for (auto event = shopper.events.rbegin(); event != shopper.events.rend(); ++event)
        if (event->step == shopper.last_step) return &*event;
    return nullptr;
}

std::string told(const http::RaceShopper& shopper, const http::RaceEvent& event) {
    std::string text = "shopper " + std::to_string(shopper.number) + " sent " + event.step + " at " + moment(event.sent_us);
    if (event.answered_us < 0) return text + " and got no answer";
    return text + " and was answered " + http::name_of(event.answer) + " at " + moment(event.answered_us);
}

}  // namespace

std::vector<RaceFinding> race_findings(std::span<const http::JudgedRace> races) {
    std::vector<RaceFinding> out;
    for (const FindingKind kind : kKinds) {
        RaceFinding& one = out.emplace_back();
        one.kind = kind;
        for (const http::JudgedRace& race : races) {
            const auto& found = race.verdict.findings;
            const auto first =
                std::find_if(found.begin(), found.end(), [&](const http::Finding& finding) { return finding.kind == kind; });
            if (first == found.end()) continue;
            if (one.runs++ == 0) one.of = &race, one.finding = &*first;
        }
        if (one.runs == 0) one.not_judged = not_judged(kind, races);
    }
    return out;
}

std::string what_shoppers_did(const http::JudgedRace& race, const http::Finding& finding) {
    std::string text;
    std::vector<std::uint64_t> done;  // a shopper who is both is said once
    for (const std::uint64_t number : finding.side_by_side) {
        if (std::find(done.begin(), done.end(), number) != done.end()) continue;
        done.push_back(number);
        for (const http::RaceShopper& shopper : race.run.shoppers)
            if (const auto* event = shopper.number == number ? deciding_of(shopper) : nullptr)
                text += (text.empty() ? "" : "; ") + told(shopper, *event);
    }
    if (text.empty()) return "";
    text[0] = 'S';
    return text + ".";
}

}  // namespace lastunit::cli
