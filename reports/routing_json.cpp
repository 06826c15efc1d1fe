#include "reports/json.hpp"
#include "reports/routing_text.hpp"

namespace lastunit::reports {
namespace {

// One JSON object or list, member by member.
class Json {
   public:
    explicit Json(char open) : out_(1, open), close_(open == '{' ? '}' : ']') {}
    Json& raw(const std::string& value) {
        out_ += (out_.size() == 1 ? "" : value.starts_with('\n') ? "," : ", ") + value;
        return *this;
    }
    Json& member(const char* name, const std::string& json) { return raw(json_string(name) + ": " + json); }
    Json& text(const char* name, std::string_view value) { return member(name, json_string(value)); }
    Json& number(const char* name, std::int64_t value) { return member(name, std::to_string(value)); }
    std::string take() const { return out_ + close_; }

   private:
    std::string out_;
    char close_;
};

std::string terms_json(const core::CostTerms& terms) {
    return Json('{')
        .number("fixed", terms.fixed)
        .number("distance", terms.distance)
        .number("units", terms.units)
        .number("transfer", terms.transfer)
        .number("price", terms.price)
        .number("protection", terms.protection)
        .number("promise", terms.promise)
        .number("declined", terms.declined)
        .number("total", terms.total())
        .take();
}

std::string option_json(const core::SplitOption& option) {
    if (option.there == core::SplitOption::There::no) return "null";
    return Json('{').number("cost", option.cost).number("loss", option.loss).number("wait_us", option.wait.us).take();
}

std::string split_json(const core::SplitDecision& split) {
    return Json('{')
        .text("choice", core::name_of(split.choice))
        .member("split", option_json(split.split))
        .member("wait", option_json(split.wait))
        .member("decline", option_json(split.decline))
        .take();
}

const char* result_name(core::Explanation::Attempt::Result result) {
    using Result = core::Explanation::Attempt::Result;
    return result == Result::not_applicable ? "not_applicable" : result == Result::planned ? "planned" : "nothing_found";
}

std::string attempts_json(const core::Explanation& why) {
    Json list('[');
    for (const core::Explanation::Attempt& attempt : why.attempts)
        list.raw(Json('{')
                     .text("strategy", attempt.name)
                     .text("pass", core::name_of(attempt.pass))
                     .text("result", result_name(attempt.result))
                     .text("mismatch", core::name_of(attempt.mismatch))
                     .number("nodes", attempt.nodes)
                     .take());
    return list.take();
}

std::string lines_json(const Routed& r) {
    Json list('[');
    for (const core::PlanLine& line : r.plan.lines)
        list.raw(Json('{')
                     .text("sku", r.scenario.catalogue.skus[r.request.lines[line.line].sku.value].name)
                     .text("node", r.scenario.network.nodes[line.node.value].name)
                     .number("units", line.quantity)
                     .take());
    return list.take();
}

std::string nodes_json(const Routed& r) {
    Json list('[');
    for (const core::Explanation::Row& row : r.why.rows)
        list.raw("\n    " + Json('{')
                                .text("node", r.scenario.network.nodes[row.node.value].name)
                                .text("rejection", core::name_of(row.reason))
                                .text("why", core::reason_text(row))
                                .number("km", row.km)
                                .number("units", row.available)
                                .number("kept", row.kept)
                                .number("cost", row.cost)
                                .number("price", row.price)
                                .take());
    return list.take();
}

std::string runner_up_json(const Routed& r) {
    if (!r.why.runner_up) return "null";
    Json nodes('[');
    for (const NodeId node : r.why.runner_up->nodes) nodes.raw(json_string(r.scenario.network.nodes[node.value].name));
    return Json('{')
        .member("nodes", nodes.take())
        .number("total", r.why.runner_up->total)
        .number("difference", r.why.runner_up->difference)
        .take();
}

}  // namespace

std::string routing_json(const Routed& r) {
    const bool waits = r.plan.choice == core::SplitChoice::wait_for_transfer;
    const bool bounded = r.plan.lower_bound != core::kNoBound;
    std::string out = "{";
    const auto add = [&](const char* name, const std::string& json) {
        out += (out.size() > 1 ? ",\n  " : "\n  ") + json_string(name) + ": " + json;
    };
    add("scenario", json_string(r.scenario.name));
    add("design", json_string(r.scenario.design.name));
    add("currency", json_string(r.scenario.currency));
    add("routing", json_string(routing_name(r.scenario.design)));
    // Prices and draws belong to a run: such an order is planned at least cost without them.
    add("planned_by", json_string(core::name_of(r.why.policy)));
    add("outcome", json_string(core::name_of(r.plan.outcome)));
    add("parcels", std::to_string(r.plan.nodes));
    add("cost", std::to_string(r.plan.cost));
    add("choice", json_string(core::name_of(r.plan.choice)));
    add("gathered_at", waits ? json_string(r.scenario.network.nodes[r.plan.gathered_at.value].name) : "null");
    add("pass", json_string(core::name_of(r.plan.pass)));
    add("lower_bound", bounded ? std::to_string(r.plan.lower_bound) : "null");
    add("terms", terms_json(r.plan.terms));
    add("lines", lines_json(r));
    add("strategies", attempts_json(r.why));
    add("split", r.why.split ? split_json(*r.why.split) : "null");
    add("runner_up", runner_up_json(r));
    add("nodes", nodes_json(r));
    return out + "\n}\n";
}

}  // namespace lastunit::reports
