#include <map>
#include <span>

#include "drivers/http/escape.hpp"
#include "drivers/http/race/report.hpp"

namespace lastunit::drivers::http {
namespace {

// Objects and lists that are closed where they end.
class Json {
   public:
    std::string text;

    void key(const char* name) {
        comma();
        append_json_string(name, text);
        text += ':';
        fresh_ = true;
    }
    void open(char bracket) {
        comma();
        text += bracket;
        fresh_ = true;
    }
    void close(char bracket) {
        text += bracket;
        fresh_ = false;
    }
    void number(std::int64_t value) {
        comma();
        text += std::to_string(value);
    }
    void string(const std::string& value) {
        comma();
        append_json_string(value, text);
    }
    void field(const char* name, std::int64_t value) {
        key(name);
        number(value);
    }
    void field(const char* name, const std::string& value) {
        key(name);
        string(value);
    }
    void field(const char* name, const std::optional<std::int64_t>& value) {
        if (value) field(name, *value);
    }

   private:
    void comma() {
        if (!fresh_) text += ',';
        fresh_ = false;
    }
    bool fresh_ = true;
};

void numbers(Json& json, const char* name, const std::vector<std::uint64_t>& values) {
    json.key(name);
    json.open('[');
    for (const std::uint64_t value : values) json.number(static_cast<std::int64_t>(value));
    json.close(']');
}

void event(Json& json, const RaceEvent& one) {
    json.open('{');
    json.field("step", one.step);
    json.field("device", std::int64_t{one.device});
    json.field("sent_us", one.sent_us);
    if (one.answered_us >= 0) json.field("answered_us", one.answered_us);
    if (one.status != 0) json.field("status", std::int64_t{one.status});
    json.field("answer", std::string(name_of(one.answer)));
    json.field("why", one.why);
    json.field("request", one.request);
    json.field("response", one.response);
    json.close('}');
}

void shopper(Json& json, const RaceShopper& one) {
    json.open('{');
    json.field("number", static_cast<std::int64_t>(one.number));
    json.field("identity", one.identity);
    json.field("told", std::string(name_of(one.told)));
    json.field("last_step", one.last_step);
    json.field("why", one.why);
    json.field("acceptances", std::int64_t{one.acceptances});
    json.key("events");
    json.open('[');
    for (const RaceEvent& each : one.events) event(json, each);
    json.close(']');
    json.close('}');
}

void race(Json& json, const JudgedRace& one) {
    const Verdict& verdict = one.verdict;
    json.open('{');
    json.field("run", one.run.options.run);
    json.field("stock", verdict.stock);
    json.field("demand", verdict.demand);
    json.field("told", verdict.told);
    json.field("unknown", verdict.unknown);
    json.field("unknown_but_ordered", verdict.resolved);
    json.field("orders", verdict.orders);
    json.field("reservations", verdict.reservations);
    json.field("counter_moved_by", verdict.counter);
    json.field("duration_us", static_cast<std::int64_t>(one.run.seconds * 1e6));
    json.key("findings");
    json.open('[');
    for (const Finding& finding : verdict.findings) {
        json.open('{');
        json.field("kind", std::string(name_of(finding.kind)));
        json.field("units", finding.units);
        json.field("sentence", finding.sentence);
        numbers(json, "shoppers", finding.shoppers);
        numbers(json, "side_by_side", finding.side_by_side);
        json.close('}');
    }
    json.close(']');
    json.key("shoppers");
    json.open('[');
    for (const RaceShopper& each : one.run.shoppers) shopper(json, each);
    json.close(']');
    json.close('}');
}

}  // namespace

std::string race_json(const Plan& plan, std::span<const JudgedRace> races) {
    Json json;
    json.open('{');
    json.field("flow", plan.name);
    if (!races.empty()) {
        const RaceOptions& options = races.front().run.options;
        json.field("sku", options.sku);
        json.field("shoppers", static_cast<std::int64_t>(options.shoppers));
        json.field("units", options.units);
        json.field("quantity", std::int64_t{options.quantity});
        json.field("mode", mode_text(plan, options));
    }
    std::map<FindingKind, std::int64_t> seen;
    for (const JudgedRace& one : races)
        for (const Finding& finding : one.verdict.findings) ++seen[finding.kind];
    json.key("findings");
    json.open('{');
    for (const auto& [kind, count] : seen) json.field(name_of(kind), count);
    json.close('}');
    json.key("runs");
    json.open('[');
    for (const JudgedRace& one : races) race(json, one);
    json.close(']');
    json.close('}');
    return json.text + "\n";
}

}  // namespace lastunit::drivers::http
