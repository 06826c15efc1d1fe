#include <map>
#include <set>
#include <span>

#include "drivers/http/escape.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/race/race_steps.hpp"
#include "drivers/http/race/report.hpp"

namespace lastunit::drivers::http {
namespace {

std::set<std::uint64_t> tellers(const Verdict& verdict) {
    std::set<std::uint64_t> out;
    for (const Finding& finding : verdict.findings) out.insert(finding.side_by_side.begin(), finding.side_by_side.end());
    return out;
}

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

void shopper(Json& json, const Plan& plan, const RaceShopper& one) {
    json.open('{');
    json.field("number", static_cast<std::int64_t>(one.number));
    json.field("identity", masked(one.identity, plan.secrets));
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

void stock(Json& json, const char* name, const Books& books) {
    const auto found = books.counters.find(Sku(0));  // a race has one
    if (found == books.counters.end()) return;
    json.key(name);
    json.open('{');
    json.field("available", found->second.available);
    json.field("on_hand", found->second.on_hand);
    json.field("reserved", found->second.reserved);
    json.close('}');
}

void step(Json& json, const StepCounts& one) {
    const auto count = [&](const char* name, std::uint64_t value) { json.field(name, static_cast<std::int64_t>(value)); };
    json.open('{');
    json.field("step", one.name);
    count("shoppers", one.shoppers);
    count("passed", one.passed);
    count("requests", one.requests);
    for (const Answer answer : {Answer::accepted, Answer::out_of_stock, Answer::conflict, Answer::error, Answer::unknown})
        count(name_of(answer), one.classes[static_cast<std::size_t>(answer)]);
    json.key("statuses");
    json.open('[');
    for (const auto& [what, requests] : one.answers) {
        json.open('{');
        json.field("status", std::int64_t{what.status});
        json.field("answer", std::string(name_of(what.answer)));
        count("requests", requests);
        json.close('}');
    }
    json.close(']');
    json.key("latency_us");
    json.open('{');
    count("p50", one.latency.quantile_ns(0.5) / 1000);
    count("p90", one.latency.quantile_ns(0.9) / 1000);
    count("p99", one.latency.quantile_ns(0.99) / 1000);
    count("max", one.latency.max_ns() / 1000);
    json.close('}');
    json.close('}');
}

void cpu(Json& json, const ShopCpu& one, std::int64_t checkouts) {
    json.key("cpu");
    json.open('{');
    json.field("target", one.target);
    json.field("shop_us", one.shop_us);
    json.field("database_us", one.database_us);
    json.field("redis_us", one.redis_us);
    if (checkouts > 0) json.field("us_per_checkout", one.total_us() / checkouts);
    json.close('}');
}

void shoppers(Json& json, const Plan& plan, const JudgedRace& one, Shoppers which) {
    const std::set<std::uint64_t> wanted = tellers(one.verdict);
    std::int64_t left_out = 0;
    json.key("shoppers");
    json.open('[');
    for (const RaceShopper& each : one.run.shoppers)
        if ((which == Shoppers::all && !one.steps) || wanted.contains(each.number))
            shopper(json, plan, each);
        else
            ++left_out;
    json.close(']');
    json.field("shoppers_left_out", left_out);
}

// What `mode` says, for whoever has to say it in another language. Nothing of what does not apply.
void mode(Json& json, const Plan& plan, const RaceOptions& options) {
    json.field("at_once", static_cast<std::int64_t>(options.at_once));  // 0: all
    if (options.gate) json.field("wait_before", plan.steps[*options.gate].name);
    switch (options.twice) {
        case Twice::nothing:
            return;
        case Twice::same_cart:
            return json.field("twice", std::string("same_cart"));
        case Twice::repeat_submit:
            json.field("twice", std::string("repeat_submit"));
            return json.field("twice_step", plan.steps[options.twice_step].name);
        case Twice::cancel_and_pay:
            return json.field("twice", std::string("cancel_and_pay"));
        case Twice::duplicate_webhook:
            json.field("twice", std::string("duplicate_webhook"));
            return json.field("twice_step", plan.webhooks[options.twice_step].name);
    }
}

void disagreement(Json& json, const Disagreement& of) {
    json.key("disagreement");
    json.open('{');
    json.field("form", std::string(name_of(of.form)));
    json.field("units", of.units);
    json.field("beside", of.beside);
    json.key("turned_away");
    json.open('[');
    for (const Disagreement::TurnedAway& one : of.turned_away) {
        json.open('{');
        json.field("step", one.step);
        json.field("answer", one.answer);
        json.field("shoppers", one.shoppers);
        json.close('}');
    }
    json.close(']');
    json.close('}');
}

void race(Json& json, const Plan& plan, const JudgedRace& one, Shoppers which) {
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
    if (verdict.others > 0) json.field("orders_of_others", verdict.others);
    if (!verdict.left_open.empty()) {
        json.key("left_open");
        json.open('[');
        for (const LeftOpen& open : verdict.left_open) json.string(open.sentence);
        json.close(']');
    }
    json.field("duration_us", static_cast<std::int64_t>(one.run.seconds * 1e6));
    json.key("findings");
    json.open('[');
    for (const Finding& finding : verdict.findings) {
        json.open('{');
        json.field("kind", std::string(name_of(finding.kind)));
        json.field("units", finding.units);
        json.field("sentence", finding.sentence);
        disagreement(json, finding.disagreement);
        numbers(json, "shoppers", finding.shoppers);
        numbers(json, "side_by_side", finding.side_by_side);
        json.close('}');
    }
    json.close(']');
    stock(json, "before", one.run.before);
    stock(json, "after", one.run.after);
    json.field("checkouts", checkouts_of(one.run));
    if (one.cpu) cpu(json, *one.cpu, checkouts_of(one.run));
    json.key("steps");
    json.open('[');
    const auto steps = one.steps ? one.steps : std::make_shared<const std::vector<StepCounts>>(steps_of(plan, one.run));
    for (const StepCounts& each : *steps) step(json, each);
    json.close(']');
    shoppers(json, plan, one, which);
    json.close('}');
}

}  // namespace

std::size_t kept_bytes(const RaceRun& run) {
    std::size_t sum = 0;
    for (const RaceShopper& shopper : run.shoppers)
        for (const RaceEvent& event : shopper.events)
            sum += sizeof event + event.why.size() + event.request.size() + event.response.size();
    return sum;
}

void keep_stories(const Plan& plan, JudgedRace& race) {
    if (race.steps) return;
    race.steps = std::make_shared<const std::vector<StepCounts>>(steps_of(plan, race.run));
    const std::set<std::uint64_t> wanted = tellers(race.verdict);
    for (RaceShopper& shopper : race.run.shoppers)
        if (!wanted.contains(shopper.number)) std::vector<RaceEvent>().swap(shopper.events);
    race.run.before.orders = race.run.after.orders = race.run.before.reservations = race.run.after.reservations = {};
}

std::string race_json(const Plan& plan, std::span<const JudgedRace> races, Shoppers which) {
    Json json;
    json.open('{');
    json.field("flow", plan.name);
    json.field("title", plan.title);
    json.field("hold", plan.steps[plan.hold].name);
    json.field("promise", plan.steps[plan.promise].name);
    if (!races.empty()) {
        const RaceOptions& options = races.front().run.options;
        json.field("sku", options.sku);
        json.field("shoppers", static_cast<std::int64_t>(options.shoppers));
        json.field("units", options.units);
        json.field("quantity", std::int64_t{options.quantity});
        json.field("mode", mode_text(plan, options));
        mode(json, plan, options);
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
    for (const JudgedRace& one : races) race(json, plan, one, which);
    json.close(']');
    json.close('}');
    return json.text + "\n";
}

}  // namespace lastunit::drivers::http
