#include <algorithm>
#include <cstdio>
#include <map>

#include "drivers/http/encoding.hpp"
#include "drivers/http/race/report.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr int kAxis = 48;  // characters
constexpr std::size_t kListed = 12;

template <class... Args> std::string format(const char* how, Args... args) {
    std::string text(static_cast<std::size_t>(std::max(0, std::snprintf(nullptr, 0, how, args...))), ' ');
    std::snprintf(text.data(), text.size() + 1, how, args...);
    return text;
}

std::string row(const char* name, const std::optional<std::int64_t>& value, const std::string& note = "") {
    const std::string number = value ? std::to_string(*value) : "not read";
    return format("  %-22s %8s", name, number.c_str()) + (note.empty() ? "" : "  " + note) + "\n";
}

std::string listed(const std::vector<std::uint64_t>& shoppers) {
    std::string out;
    for (std::size_t i = 0; i < shoppers.size() && i < kListed; ++i) out += (i == 0 ? "" : ", ") + std::to_string(shoppers[i]);
    if (shoppers.size() > kListed) out += ", ... (" + std::to_string(shoppers.size()) + ")";
    return out;
}

std::string bar(const RaceEvent& event, std::int64_t begin, std::int64_t end) {
    const double scale = static_cast<double>(kAxis) / static_cast<double>(std::max<std::int64_t>(1, end - begin));
    const auto at = [&](std::int64_t us) {
        return std::clamp(static_cast<int>(static_cast<double>(us - begin) * scale), 0, kAxis - 1);
    };
    const int from = at(event.sent_us), to = std::max(from, at(event.answered_us < 0 ? end : event.answered_us));
    std::string out(static_cast<std::size_t>(kAxis), ' ');
    for (int i = from; i <= to; ++i) out[static_cast<std::size_t>(i)] = '=';
    return out;
}

struct Row {
    const RaceShopper* shopper;
    const RaceEvent* event;
};

std::string side_by_side(const JudgedRace& race, const Finding& finding) {
    std::vector<Row> rows;
    for (const std::uint64_t number : finding.side_by_side)
        for (const RaceShopper& shopper : race.run.shoppers)
            if (shopper.number == number)
                for (const RaceEvent& event : shopper.events) rows.push_back({&shopper, &event});
    if (rows.empty()) return "";
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.event->sent_us < b.event->sent_us; });
    const std::int64_t begin = rows.front().event->sent_us;
    std::int64_t end = begin;
    for (const Row& one : rows) end = std::max(end, one.event->answered_us);
    std::string out = format("    time axis: %.1f ms to %.1f ms after the first request\n", static_cast<double>(begin) / 1000,
                             static_cast<double>(end) / 1000);
    for (const Row& one : rows) {
        const RaceEvent& event = *one.event;
        const std::string who = std::to_string(one.shopper->number) + (event.device > 1 ? " again" : "");
        const std::string status = event.status == 0 ? "no answer" : std::to_string(event.status);
        out += format("    shopper %-9s %-14s |%s| %s %s\n", who.c_str(), event.step.substr(0, 14).c_str(),
                      bar(event, begin, end).c_str(), status.c_str(), name_of(event.answer));
    }
    return out;
}

// Milliseconds with as many digits as tell something.
std::string cpu_line(const JudgedRace& race) {
    const std::int64_t checkouts = checkouts_of(race.run);
    if (!race.cpu || checkouts == 0) return "";
    const auto ms = [&](std::int64_t us) { return static_cast<double>(us) / 1000 / static_cast<double>(checkouts); };
    return format("  CPU of %s per accepted checkout: %.1f ms (shop %.1f, database %.1f, redis %.1f)\n", race.cpu->target.c_str(),
                  ms(race.cpu->total_us()), ms(race.cpu->shop_us), ms(race.cpu->database_us), ms(race.cpu->redis_us));
}

std::string counter_note(const JudgedRace& race) {
    const auto one = [](const Books& books) -> std::string {
        const auto found = books.counters.find(Sku(0));
        if (found == books.counters.end()) return "?";
        std::string out;
        const auto add = [&](const std::optional<std::int64_t>& units, const char* what) {
            if (units) out += (out.empty() ? "" : ", ") + std::to_string(*units) + what;
        };
        add(found->second.available, " available");
        add(found->second.on_hand, " on hand");
        add(found->second.reserved, " reserved");
        return out;
    };
    return "before: " + one(race.run.before) + "; after: " + one(race.run.after);
}

}  // namespace

std::int64_t checkouts_of(const RaceRun& run) {
    return std::count_if(run.shoppers.begin(), run.shoppers.end(),
                         [](const RaceShopper& shopper) { return shopper.told == Answer::accepted; });
}

std::string mode_text(const Plan& plan, const RaceOptions& options) {
    std::string out = options.at_once == 0   ? "all at once"
                      : options.at_once == 1 ? "one at a time"
                                             : std::to_string(options.at_once) + " at a time";
    if (options.gate) out = "all wait before `" + plan.steps[*options.gate].name + "`, then " + out;
    switch (options.twice) {
        case Twice::nothing:
            break;
        case Twice::same_cart:
            out += "; two devices pay the same cart at once";
            break;
        case Twice::repeat_submit:
            out += "; `" + plan.steps[options.twice_step].name + "` is sent twice at once";
            break;
        case Twice::cancel_and_pay:
            out += "; paid and cancelled at once";
            break;
        case Twice::duplicate_webhook:
            out += "; the webhook `" + plan.webhooks[options.twice_step].name + "` is sent twice at once";
            break;
    }
    return out;
}

// With the beginning of one answer that no rule fits: what a rule is to be written for.
std::string refusals_text(const RaceRun& run) {
    constexpr std::size_t kShownBytes = 120;
    struct Refusals {
        int count = 0;
        std::string answer;
    };
    std::map<std::string, Refusals> refusals;
    for (const RaceShopper& shopper : run.shoppers) {
        if (shopper.told == Answer::accepted) continue;
        Refusals& of = refusals[shopper.last_step + " " + name_of(shopper.told) + ": " + utf8_cut(shopper.why, 100)];
        ++of.count;
        if (shopper.told == Answer::unknown && !shopper.events.empty() && of.answer.empty())
            of.answer = one_line(shopper.events.back().response, kShownBytes);
    }
    std::string out;
    for (const auto& [why, of] : refusals) {
        out += format("  %3d turned away at %s\n", of.count, why.c_str());
        if (!of.answer.empty()) out += "        one of these answers: " + of.answer + "\n";
    }
    return out;
}

// Which numbers were read, and whether they are one: of cancelled or unknown purchases, and of rows that are kept, they may
// differ in a sound shop.
std::string no_finding(const Verdict& verdict) {
    const std::int64_t sold = verdict.told + verdict.resolved;
    bool agree = verdict.unknown == 0;
    std::string read = "told";
    const auto compare = [&](const char* name, const std::optional<std::int64_t>& number) {
        if (!number) return;
        read += std::string(", ") + name;
        agree = agree && *number == sold;
    };
    compare("orders", verdict.orders);
    compare("rows", verdict.reservations);
    compare("counter", verdict.counter);
    const std::string rest = agree ? read + " agree" : read + " were read; they differ, which proves nothing";
    return "  no finding: " + rest + "\n";
}

std::string race_text(const Plan& plan, const JudgedRace& race) {
    const RaceOptions& options = race.run.options;
    const Verdict& verdict = race.verdict;
    std::string out =
        format("%s: %zu shoppers, %lld units of %s, %s; %.1f s\n", plan.name.c_str(), options.shoppers,
               static_cast<long long>(verdict.stock), options.sku.c_str(), mode_text(plan, options).c_str(), race.run.seconds);
    out += row("told accepted", verdict.told);
    if (verdict.resolved > 0) out += row("unknown, but ordered", verdict.resolved);
    if (verdict.unknown > 0)
        out += row("unknown", verdict.unknown, "sold or not: every figure of sales is a lower bound by so many");
    out += row("orders", verdict.orders);
    if (verdict.others > 0) out += row("others' new orders", verdict.others);
    out += row("reserved or moved", verdict.reservations);
    out += row("stock counter moved by", verdict.counter, race.run.after.has_counters ? counter_note(race) : "");
    out += refusals_text(race.run);
    out += cpu_line(race);
    for (const LeftOpen& one : verdict.left_open) out += "  LEFT OPEN: " + one.sentence + "\n";
    if (verdict.findings.empty() && verdict.left_open.empty()) out += no_finding(verdict);
    for (const Finding& finding : verdict.findings) {
        out += format("  FINDING %s: %s; shoppers %s\n", name_of(finding.kind), finding.sentence.c_str(),
                      listed(finding.shoppers).c_str());
        out += side_by_side(race, finding);
    }
    return out;
}

std::string repeats_text(std::span<const JudgedRace> races) {
    std::map<FindingKind, int> seen;
    for (const JudgedRace& race : races)
        for (const Finding& finding : race.verdict.findings) ++seen[finding.kind];
    std::string out = format("in %zu runs:", races.size());
    for (const auto& [kind, count] : seen) out += format(" %s in %d", name_of(kind), count);
    return out + (seen.empty() ? " no finding\n" : "\n");
}

}  // namespace lastunit::drivers::http
