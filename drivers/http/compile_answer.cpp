// What a step's answers mean, what is taken from them, and when it is asked again.
#include "drivers/http/compile.hpp"

namespace lastunit::drivers::http {
namespace {

AnswerSet answers_of(const google::protobuf::RepeatedField<int>& from, Answer preset) {
    AnswerSet out;
    for (const int answer : from) out.add(static_cast<Answer>(answer));
    if (from.empty()) out.add(preset);
    return out;
}

}  // namespace

Conditions Compiler::conditions(const google::protobuf::RepeatedPtrField<flow::Condition>& from, ConditionOf of,
                                const std::string& path) {
    Conditions out;
    for (int i = 0; i < from.size(); ++i) {
        std::vector<std::string> wrong;
        out.push_back(read_condition(from.Get(i), of, names_, wrong));
        for (const std::string& one : wrong) error(path + "[" + std::to_string(i) + "]", one);
    }
    return out;
}

void Compiler::add_extract(const flow::Step& from, const std::string& path, StepPlan& to) {
    for (const flow::Extract& one : from.extract()) {
        const std::string at = path + ".extract." + one.name();
        ExtractPlan extract;
        extract.name = one.name();
        extract.slot = to.for_each                      ? names_.row_value(one.name())
                       : to.each == StepPlan::Each::sku ? names_.sku_value(one.name())
                                                        : names_.variable(one.name());
        extract.json = json_path(one.json(), at);
        extract.header = one.header();
        extract.cookie = one.cookie();
        extract.link = one.link();
        for (const std::string& mark : one.after()) extract.after.push_back(text(mark, Escape::none, at + ".after"));
        if (!one.up_to().empty()) extract.up_to = text(one.up_to(), Escape::none, at + ".up_to");
        if (!one.fallback().empty()) extract.fallback = one.fallback();
        if (one.optional()) extract.lack = ExtractPlan::Lack::no_value;
        extract.answers = answers_of(one.answers(), Answer::accepted);
        const int places = (one.json().empty() ? 0 : 1) + (one.header().empty() ? 0 : 1) + (one.cookie().empty() ? 0 : 1) +
                           (one.link().empty() ? 0 : 1) + (one.body() ? 1 : 0);
        if (places > 1) error(at, "is one of json, header, cookie, link and body");
        if (places == 0 && extract.after.empty() && !extract.up_to)
            error(at, "is one of json, header, cookie, link and body; or `after` and `up_to` of the body");
        if (one.optional() && !one.fallback().empty()) error(at, "has a `fallback`: it is never without a value");
        if (one.name().find_first_of(".|:{} ") != std::string::npos) error(at, "a variable's name is one word without a dot");
        to.extract.push_back(std::move(extract));
    }
}

void Compiler::add_rules(const flow::Step& from, const std::string& path, StepPlan& to) {
    for (int i = 0; i < from.rules_size(); ++i) {
        const flow::Rule& rule = from.rules(i);
        const std::string at = path + ".rules[" + std::to_string(i) + "]";
        Rule out;
        out.answer = static_cast<Answer>(rule.answer());
        const flow::Condition own = condition_of(rule);
        std::vector<std::string> wrong;
        if (own.ByteSizeLong() > 0) out.conditions.push_back(read_condition(own, ConditionOf::answer, names_, wrong));
        for (const std::string& one : wrong) error(at, one);
        for (Condition& more : conditions(rule.and_(), ConditionOf::answer, at + ".and"))
            out.conditions.push_back(std::move(more));
        if (out.conditions.empty() && i + 1 < from.rules_size())
            error(at, "has no condition, so that the rules below it are never asked");
        if (out.conditions.empty() && out.answer == Answer::accepted)
            error(at,
                  "accepts whatever comes, an error page too: say by `status`, `json`, `header` or `body_contains` which answer "
                  "it is");
        to.rules.push_back(std::move(out));
    }
}

void Compiler::add_asking_again(const flow::Step& from, const std::string& path, StepsOf of, StepPlan& to) {
    const flow::Retries& retries = from.retries();
    to.retry.wait = Duration{from.retry_after()};
    to.retry.on = answers_of(retries.on(), Answer::conflict);
    to.retry.most = retries.most();
    to.retry.longest = Duration{from.has_retries() && retries.longest() > 0 ? retries.longest() : seconds(30).us};
    to.retry.backoff = from.has_retries() && retries.backoff() >= 1 ? retries.backoff() : 1;
    if (of == StepsOf::reading && !from.has_retries()) {
        // Reading is done once more without harm, and a shop that has just been overrun answers 500 for a moment.
        to.retry.most = 5;
        to.retry.on.add(Answer::unknown);
        to.retry.wait = milliseconds(500);
        to.retry.backoff = 2;
    }
    if (retries.honour_retry_after()) to.retry.header = RetryPlan::RetryAfter::honoured;
    if (to.retry.on.has(Answer::accepted)) error(path + ".retries.on", "`accepted` is what the step is done for");
    if (!from.has_poll()) return;
    to.poll = PollPlan{Duration{from.poll().every()}, Duration{from.poll().for_()}, static_cast<Answer>(from.poll().exhausted())};
    if (to.rules.empty()) error(path + ".poll", "asks until a rule fits: the step needs `rules` for the answers that are final");
    if (to.poll->exhausted == Answer::accepted)
        error(path + ".poll.exhausted", "is what nobody has said yet: unknown, out_of_stock, conflict or error");
}

}  // namespace lastunit::drivers::http
