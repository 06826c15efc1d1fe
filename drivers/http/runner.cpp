#include "drivers/http/runner.hpp"

#include <numeric>

#include "drivers/http/request_text.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kMostRotations = 4096;

bool looks_like_json(const std::string& body) {
    const std::size_t at = body.find_first_not_of(" \t\r\n");
    return at != std::string::npos && (body[at] == '{' || body[at] == '[');
}

}  // namespace

Runner::Runner(Engine& engine, std::shared_ptr<const Plan> plan, std::string run)
    : engine_(engine), plan_(std::move(plan)), run_(std::move(run)) {
    std::size_t turns = 1;
    for (const BaseUrl& base : plan_->urls) turns = std::min(kMostRotations, std::lcm(turns, base.addresses.size()));
    for (std::size_t turn = 0; turn < turns; ++turn) {
        rotations_.emplace_back();
        for (const BaseUrl& base : plan_->urls) rotations_.back().push_back(base.addresses[turn % base.addresses.size()].text);
    }
}

std::size_t Runner::rotation(const Actor& actor) const {
    const std::uint64_t turn = plan_->spread == Plan::Spread::by_shopper ? actor.number : actor.number + actor.requests;
    return static_cast<std::size_t>(turn % rotations_.size());
}

Values Runner::values_of(const Actor& actor, const StepFor& about) const {
    Values values;
    values.variables = &actor.variables;
    values.run = run_;
    values.shopper = actor.number;
    values.attempt = actor.attempt;
    values.page = about.page;
    values.stock = about.stock;
    values.urls = &rotations_[rotation(actor)];
    values.sku = about.sku;
    if (about.sku == nullptr && about.line < actor.lines.size()) {
        values.sku = actor.lines[about.line].sku;
        values.quantity = actor.lines[about.line].quantity;
    }
    return values;
}

void Runner::begin(Actor& actor) {
    actor.variables.resize(plan_->variable_names.size());
    const Values values = values_of(actor, {});
    for (const auto& [slot, written] : plan_->variables) {
        std::string text;
        if (!written.render(values, text)) actor.variables[slot] = std::move(text);
    }
}

std::string Runner::identity(const Actor& actor) {
    std::string out;
    plan_->identity.render(values_of(actor, {}), out);
    return out;
}

// Alive as long as something is under way for it.
class Runner::Call : public std::enable_shared_from_this<Call> {
   public:
    Call(Runner& runner, const StepPlan& step, std::shared_ptr<Actor> actor, StepFor about, Done done)
        : runner_(runner), step_(step), actor_(std::move(actor)), about_(about), done_(std::move(done)) {}

    void begin() {
        redirects_ = 0;
        first_sent_ns_ = 0;
        const Values values = runner_.values_of(*actor_, about_);
        const BaseUrl& base = runner_.plan().urls[step_.base];
        const Address& address = base.addresses[runner_.rotation(*actor_) % base.addresses.size()];
        ++actor_->requests;
        request_ = request_of(step_, runner_.plan(), address, values);
        if (!request_.problem.empty()) {
            Response nothing;
            nothing.problem = Response::Problem::not_sent;
            nothing.why = request_.problem;
            // Never from within: whoever began it is not ready for its end.
            return runner_.engine().post([self = shared_from_this(), nothing]() mutable { self->settle(std::move(nothing)); });
        }
        send();
    }

   private:
    Observer& observer() { return runner_.observer_ != nullptr ? *runner_.observer_ : runner_.nobody_; }

    void send() {
        const Plan& plan = runner_.plan();
        Exchange exchange;
        exchange.origin = request_.url.origin;
        const std::string cookies = plan.cookies == Plan::Cookies::yes ? actor_->cookies.for_request(request_.url) : "";
        exchange.bytes = bytes_of(request_, cookies, plan.keep_alive);
        exchange.timeout = step_.timeout;
        exchange.most_bytes = plan.max_response;
        if (request_.method == "GET") exchange.repeatable = Exchange::Repeatable::yes;
        observer().requested(*actor_, step_, request_.url, exchange.bytes);
        runner_.engine().exchange(std::move(exchange),
                                  [self = shared_from_this()](Response&& response) { self->receive(std::move(response)); });
    }

    void receive(Response&& response) {
        if (first_sent_ns_ == 0) first_sent_ns_ = response.sent_ns;
        if (runner_.plan().cookies == Plan::Cookies::yes)
            for (const auto& [name, value] : response.headers)
                if (same_without_case(name, "set-cookie")) actor_->cookies.set(value, request_.url);
        observer().responded(*actor_, step_, response);
        if (response.problem == Response::Problem::none && follows(response)) return send();
        settle(std::move(response));
    }

    // A redirect to a host that may be asked.
    bool follows(Response& response) {
        const unsigned status = response.status;
        const std::string* location = response.header("location");
        if ((status != 301 && status != 302 && status != 303 && status != 307 && status != 308) || location == nullptr)
            return false;
        const auto to = resolve(*location, request_.url);
        if (!to || !runner_.plan().hosts.has(to->origin)) {
            response.why = "a redirect to `" + location->substr(0, 200) +
                           "`, which is neither of `urls` nor among `hosts`, was not followed";
            return false;
        }
        if (++redirects_ > runner_.plan().most_redirects) {
            response.why = "more than " + std::to_string(runner_.plan().most_redirects) + " redirects";
            return false;
        }
        if (status == 303 || (status != 307 && status != 308 && request_.method == "POST")) {
            request_.method = "GET";
            request_.body.clear();
            request_.content_type.clear();
        }
        if (to->origin != request_.url.origin) request_.authorization.clear();
        request_.url = *to;
        return true;
    }

    void settle(Response&& response) {
        const Values values = runner_.values_of(*actor_, about_);
        std::optional<JsonValue> document;
        if (response.problem == Response::Problem::none && looks_like_json(response.body) && runner_.reader_.read(response.body))
            document = runner_.reader_.root();
        StepResult result;
        result.status = response.status;
        result.problem = response.problem;
        result.sent_ns = first_sent_ns_;
        result.answered_ns = response.answered_ns;
        classify(response, document, values, result);
        if (result.answer == Answer::conflict && tries_ < step_.retries) return try_again(result);
        if (result.answer == Answer::accepted) extract(response, document, values, result);
        observer().answered(*actor_, step_, result);
        const Done done = std::move(done_);
        // The actor's own again: what was extracted may have moved the slots.
        done(result, {response, document, values});
    }

    void classify(const Response& response, const std::optional<JsonValue>& document, const Values& values, StepResult& result) {
        result.why = response.why;
        if (response.problem != Response::Problem::none) {
            result.answer = response.problem == Response::Problem::not_sent ? Answer::error : Answer::unknown;
            return;
        }
        const Asked asked{&response, document, &values};
        for (std::size_t i = 0; i < step_.rules.size(); ++i) {
            if (!holds(step_.rules[i].conditions, asked)) continue;
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
        if (!document && looks_like_json(response.body)) result.why += " and a body that is not JSON";
    }

    void try_again(const StepResult& result) {
        ++tries_;
        observer().answered(*actor_, step_, result);
        ++actor_->attempt;
        runner_.engine().after(step_.retry_after, [self = shared_from_this()] { self->begin(); });
    }

    void extract(const Response& response, const std::optional<JsonValue>& document, const Values& values, StepResult& result) {
        for (const ExtractPlan& one : step_.extract) {
            std::optional<std::string> value;
            std::string note;
            find(one, response, document, values, value, note);
            if (!value) value = one.fallback;
            observer().extracted(*actor_, step_, one, value ? &*value : nullptr, note);
            if (!value && step_.role != StepPlan::Role::promise) {
                result.answer = Answer::error;
                result.why = "`" + one.name + "` was not found: " + note;
            }
            if (!value) continue;
            Slots& slots = about_.sku != nullptr && step_.each == StepPlan::Each::sku ? about_.sku->values : actor_->variables;
            if (slots.size() <= one.slot) slots.resize(one.slot + 1);
            slots[one.slot] = std::move(value);
        }
    }

    void find(const ExtractPlan& one, const Response& response, const std::optional<JsonValue>& document, const Values& values,
              std::optional<std::string>& value, std::string& note) const {
        if (!one.header.empty()) {
            if (const std::string* found = response.header(one.header)) value = *found;
            if (value) return;
            note = "the answer has no header `" + one.header + "`; it has";
            for (const auto& [name, ignored] : response.headers) note += " " + name;
        } else if (!one.cookie.empty()) {
            if (const std::string* found = actor_->cookies.find(one.cookie)) value = *found;
            if (!value) note = "there is no cookie `" + one.cookie + "`";
        } else if (!document) {
            note = "the answer is not JSON";
        } else {
            if (const auto found = one.json.first(*document, values)) value = text_of(*found);
            if (!value) note = one.json.missing(*document, values);
        }
    }

    Runner& runner_;
    const StepPlan& step_;
    const std::shared_ptr<Actor> actor_;
    const StepFor about_;
    Done done_;
    RequestText request_;
    unsigned redirects_ = 0;
    std::uint32_t tries_ = 0;
    std::int64_t first_sent_ns_ = 0;
};

void Runner::run(const StepPlan& step, const std::shared_ptr<Actor>& actor, const StepFor& about, Done done) {
    std::make_shared<Call>(*this, step, actor, about, std::move(done))->begin();
}

}  // namespace lastunit::drivers::http
