#include "drivers/http/call.hpp"

#include <cmath>

#include "drivers/driver.hpp"
#include "drivers/http/extract.hpp"
#include "drivers/http/http_date.hpp"

namespace lastunit::drivers::http {

void Call::begin() {
    if (!step_.when.empty()) {
        const Values values = runner_.values_of(*actor_, about_);
        if (!holds(step_.when, {nullptr, std::nullopt, &values})) return skip();
    }
    ask();
}

// Never from within: whoever began it is not ready for its end.
void Call::skip() {
    runner_.engine().post([self = shared_from_this()] {
        const Values values = self->runner_.values_of(*self->actor_, self->about_);
        const Response nothing;
        StepResult result;
        result.answer = Answer::accepted;
        result.way = StepResult::Way::skipped;
        result.why = "passed over: it is done when " + text_of(self->step_.when);
        result.sent_ns = result.answered_ns = steady_now_ns();
        self->finish(result, {&nothing, std::nullopt, &values});
    });
}

void Call::ask() {
    redirects_ = 0;
    first_sent_ns_ = 0;
    const Values values = runner_.values_of(*actor_, about_);
    const BaseUrl& base = runner_.plan().urls[step_.base];
    const Address& address = base.addresses[runner_.rotation(*actor_) % base.addresses.size()];
    ++actor_->requests;
    request_ = request_of(step_, runner_.plan(), address, values);
    if (request_.problem.empty()) return send();
    Response nothing;
    nothing.problem = Response::Problem::not_sent;
    nothing.why = request_.problem;
    runner_.engine().post([self = shared_from_this(), nothing]() mutable { self->settle(std::move(nothing)); });
}

void Call::send() {
    const Plan& plan = runner_.plan();
    Exchange exchange;
    exchange.origin = request_.url.origin;
    const std::string cookies = plan.cookies == Plan::Cookies::yes ? actor_->cookies.for_request(request_.url) : "";
    exchange.bytes = bytes_of(request_, cookies, plan.keep_alive);
    exchange.timeout = step_.timeout;
    exchange.most_bytes = plan.max_response;
    // Whoever promises by GET would be asked for two orders.
    if (request_.method == "GET" && step_.role != StepPlan::Role::promise) exchange.repeatable = Exchange::Repeatable::yes;
    observer().requested(*actor_, step_, request_.url, exchange.bytes);
    runner_.engine().exchange(std::move(exchange),
                              [self = shared_from_this()](Response&& response) { self->receive(std::move(response)); });
}

void Call::receive(Response&& response) {
    if (first_sent_ns_ == 0) first_sent_ns_ = response.sent_ns;
    if (runner_.plan().cookies == Plan::Cookies::yes)
        for (const auto& [name, value] : response.headers)
            if (same_without_case(name, "set-cookie")) actor_->cookies.set(value, request_.url);
    observer().responded(*actor_, step_, response);
    const bool may_follow = response.problem == Response::Problem::none && step_.redirects == StepPlan::Redirects::followed;
    if (may_follow && follows(response)) return send();
    settle(std::move(response));
}

// A redirect to a host that may be asked.
bool Call::follows(Response& response) {
    const unsigned status = response.status;
    const std::string* location = response.header("location");
    if ((status != 301 && status != 302 && status != 303 && status != 307 && status != 308) || location == nullptr) return false;
    const auto to = resolve(*location, request_.url);
    if (!to || !runner_.plan().hosts.has(to->origin)) {
        response.why =
            "a redirect to `" + location->substr(0, 200) + "`, which is neither of `urls` nor among `hosts`, was not followed";
        return false;
    }
    if (++redirects_ > runner_.plan().most_redirects) {
        response.why = "more than " + std::to_string(runner_.plan().most_redirects) + " redirects";
        return false;
    }
    const bool by_get = status == 303 ? request_.method != "HEAD" : status != 307 && status != 308 && request_.method == "POST";
    if (by_get) leave_body(request_);
    if (to->origin != request_.url.origin) leave_origin(request_);
    request_.url = *to;
    return true;
}

void Call::settle(Response&& response) {
    Values values = runner_.values_of(*actor_, about_);
    Asked asked{&response, std::nullopt, &values};
    if (response.problem == Response::Problem::none) {
        const DocumentReader::Read read = runner_.reader_.read(response, step_.read_as);
        asked.document = read.root;
        asked.problem = read.problem;
        values.notation = read.notation;
    }
    StepResult result;
    result.status = response.status;
    result.problem = response.problem;
    result.sent_ns = first_sent_ns_;
    result.answered_ns = response.answered_ns;
    result.before = before_;
    classify(asked, result);
    extract(asked, result);
    if (asks_again(response, result)) return;
    finish(result, asked);
}

void Call::finish(const StepResult& result, const Asked& asked) {
    observer().answered(*actor_, step_, result);
    const Runner::Done done = std::move(done_);
    // The actor's own again: what was extracted may have moved the slots.
    done(result, {*asked.response, asked.document, *asked.values, asked.problem});
}

void Call::classify(const Asked& asked, StepResult& result) {
    fits_ = Fits::no;
    const Response& response = *asked.response;
    result.why = response.why;
    if (response.problem != Response::Problem::none) {
        result.answer = response.problem == Response::Problem::not_sent ? Answer::error : Answer::unknown;
        return;
    }
    for (std::size_t i = 0; i < step_.rules.size(); ++i) {
        if (!holds(step_.rules[i].conditions, asked)) continue;
        fits_ = Fits::yes;
        result.answer = step_.rules[i].answer;
        result.why = "rule " + std::to_string(i + 1) + ": " + text_of(step_.rules[i].conditions);
        return;
    }
    if (step_.rules.empty() && response.status / 100 == 2) {
        result.answer = Answer::accepted;
        result.why = "no rules, status " + std::to_string(response.status);
        return;
    }
    if (!result.why.empty()) return;
    result.why = (step_.rules.empty() ? "no rules, status " : "no rule fits status ") + std::to_string(response.status);
    if (!asked.problem.empty()) result.why += " and a body that is " + std::string(asked.problem);
}

// One more try, or one more poll.
bool Call::asks_again(const Response& response, StepResult& result) {
    if (step_.poll && fits_ == Fits::no) return polls(result);
    if (!step_.retry.on.has(result.answer) || tries_ >= step_.retry.most) return false;
    const Duration wait = wait_before_retry(response);
    // A later "no" may be about what this one has done: unanswered, cut off, or an answer that says nothing.
    if (result.answer == Answer::unknown && step_.method != "GET") before_ = StepResult::Before::unanswered;
    ++tries_;
    ++actor_->attempt;
    ask_after(wait, result);
    return true;
}

bool Call::polls(StepResult& result) {
    ++polls_;
    const std::int64_t now_ns = steady_now_ns();
    if (polled_since_ns_ == 0) polled_since_ns_ = result.sent_ns != 0 ? result.sent_ns : now_ns;
    if (now_ns + step_.poll->every.us * 1000 < polled_since_ns_ + step_.poll->at_most.us * 1000) {
        ask_after(step_.poll->every, result);
        return true;
    }
    result.answer = step_.poll->exhausted;
    result.way = StepResult::Way::exhausted;
    result.why = "asked " + std::to_string(polls_) + " times without a final answer; the last: " + result.why;
    return false;
}

Duration Call::wait_before_retry(const Response& response) const {
    const RetryPlan& retry = step_.retry;
    const double factor = std::min(std::pow(retry.backoff, tries_), 1e9);
    const double wait = std::min(static_cast<double>(retry.wait.us) * factor, static_cast<double>(retry.longest.us));
    Duration out{static_cast<std::int64_t>(wait)};
    if (retry.header == RetryPlan::RetryAfter::honoured)
        if (const std::string* header = response.header("retry-after"))
            out = retry_after(*header, unix_ms() / 1000).value_or(out);
    return {std::min(out.us, retry.longest.us)};
}

void Call::ask_after(Duration wait, const StepResult& result) {
    observer().answered(*actor_, step_, result);
    runner_.engine().after(wait, [self = shared_from_this()] { self->ask(); });
}

void Call::extract(const Asked& asked, StepResult& result) {
    const Answer answer = result.answer;
    if (asked.response->problem != Response::Problem::none) return;
    for (const ExtractPlan& one : step_.extract) {
        if (!one.answers.has(answer)) continue;
        Extracted found = extracted(one, asked, actor_->cookies);
        if (!found.value) found.value = one.fallback;
        observer().extracted(*actor_, step_, one, found.value ? &*found.value : nullptr, found.note);
        const bool missed = !found.value && answer == Answer::accepted && one.lack == ExtractPlan::Lack::error;
        if (missed && step_.role != StepPlan::Role::promise) {
            result.answer = Answer::error;
            result.why = "`" + one.name + "` was not found: " + found.note;
        }
        if (!found.value && one.lack == ExtractPlan::Lack::error) continue;
        Slots& slots = step_.for_each && about_.row != nullptr                      ? *about_.row
                       : about_.sku != nullptr && step_.each == StepPlan::Each::sku ? about_.sku->values
                                                                                    : actor_->variables;
        if (slots.size() <= one.slot) slots.resize(one.slot + 1);
        slots[one.slot] = std::move(found.value);
    }
}

}  // namespace lastunit::drivers::http
