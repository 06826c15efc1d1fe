#include "drivers/http/trace.hpp"

#include <algorithm>
#include <cstdio>

#include "drivers/http/encoding.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/xml.hpp"

namespace lastunit::drivers::http {
namespace {

// Lines of a head without those that say nothing, and without what may be a password.
void each_line(std::string_view text, const std::function<void(std::string_view)>& line) {
    while (!text.empty()) {
        std::size_t end = text.find('\n');
        if (end == std::string_view::npos) end = text.size();
        std::string_view one = text.substr(0, end);
        if (one.ends_with('\r')) one.remove_suffix(1);
        line(one);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// What a terminal would act on becomes a dot.
std::string dotted(std::string_view text) { return printable(text, '.'); }

// "name=***" of each pair of a Cookie header, or of the only pair of a Set-Cookie, whose attributes are kept.
std::string without_values(std::string_view cookies, std::size_t pairs) {
    std::string out;
    for (std::size_t i = 0; !cookies.empty(); ++i) {
        const std::string_view part = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(std::min(part.size() + 1, cookies.size()));
        if (i > 0) out += ';';
        // Without a name it is all value.
        const std::size_t name = part.find('=') == std::string_view::npos ? 0 : part.find('=') + 1;
        out += i < pairs ? std::string(part.substr(0, name)) + "***" : std::string(part);
    }
    return out;
}

}  // namespace

Trace::Trace(const Plan& plan, std::size_t most_bytes, std::function<void(const std::string&)> print)
    : row_values_(plan.row_value_names), secrets_(plan.secrets), most_bytes_(most_bytes), print_(std::move(print)) {
    for (const StepPlan& step : plan.login) logins_.insert(&step);
    for (const Steps* steps : {&plan.login, &plan.set_up, &plan.read_back, &plan.look_up})
        for (const StepPlan& step : *steps) hooks_.insert(&step);
}

std::string Trace::without_secrets(const std::string& text) const { return masked(text, secrets_); }

void Trace::say_body(const char* prefix, std::string_view body) {
    each_line(body.substr(0, most_bytes_),
              [&](std::string_view line) { say("    " + std::string(prefix) + " " + dotted(line) + "\n"); });
    if (body.size() > most_bytes_)
        say("    " + std::string(prefix) + " ... " + std::to_string(body.size() - most_bytes_) + " bytes more\n");
}

void Trace::say_header(const StepPlan& step, const char* prefix, std::string_view name, std::string_view value) {
    std::string shown(value);
    const bool of_hooks = hooks_.contains(&step);
    if (of_hooks && same_without_case(name, "cookie")) shown = without_values(value, std::string_view::npos);
    if (of_hooks && same_without_case(name, "set-cookie")) shown = without_values(value, 1);
    if (same_without_case(name, "authorization") && same_without_case(value.substr(0, 5), "basic")) shown = "Basic ***";
    say("    " + std::string(prefix) + " " + dotted(name) + ": " + dotted(shown) + "\n");
}

// A session may be told in a body or in another header as well.
void Trace::learn_cookies(const Response& response) {
    constexpr std::size_t kShortest = 8;  // a shorter one stands in many texts by chance
    for (const auto& [name, value] : response.headers) {
        if (!same_without_case(name, "set-cookie")) continue;
        const std::string pair = value.substr(0, value.find(';'));
        const std::size_t is = pair.find('=');
        if (is == std::string::npos || pair.size() - is - 1 < kShortest) continue;
        const std::string session = pair.substr(is + 1);
        if (std::find(secrets_.begin(), secrets_.end(), session) == secrets_.end()) secrets_.insert(secrets_.begin(), session);
    }
}

void Trace::requested(const Actor&, const StepPlan& step, const Url& url, const std::string& bytes) {
    if (is_hidden(step)) {
        ++hidden_;
        return;
    }
    const std::size_t head_end = std::min(bytes.find("\r\n\r\n"), bytes.size());
    const std::string_view head = std::string_view(bytes).substr(0, head_end);
    const std::string scheme = url.origin.scheme == Scheme::https ? "https://" : "http://";
    const std::string method = bytes.substr(0, bytes.find(' '));
    say(step.name + ": " + method + " " + scheme + url.origin.authority() + dotted(url.target) + "\n");
    std::size_t number = 0;
    each_line(head, [&](std::string_view line) {
        if (number++ < 2) return;  // the request line and Host, said above
        const bool ours = line.starts_with("User-Agent:") || line.starts_with("Accept:") || line.starts_with("Content-Length:");
        if (ours) return;
        const std::string_view name = line.substr(0, line.find(':'));
        std::string_view value = line.substr(std::min(name.size() + 1, line.size()));
        if (value.starts_with(' ')) value.remove_prefix(1);
        say_header(step, ">", name, value);
    });
    if (head_end + 4 < bytes.size()) say_body(">", std::string_view(bytes).substr(head_end + 4));
}

void Trace::responded(const Actor&, const StepPlan& step, const Response& response) {
    if (hooks_.contains(&step)) learn_cookies(response);
    if (is_hidden(step)) return;
    // What a login answers is a secret before it is extracted.
    if (logins_.contains(&step)) {
        say("    < " + std::to_string(response.status) + ", the answer of a login: not shown\n");
        return;
    }
    char took[48];
    std::snprintf(took, sizeof took, "%.1f ms", static_cast<double>(response.answered_ns - response.sent_ns) / 1e6);
    if (response.problem != Response::Problem::none) {
        say("    < nothing to go by after " + std::string(took) + ": " + dotted(response.why) + "\n");
        if (response.status == 0) return;
    }
    say("    < " + std::to_string(response.status) + " after " + took + "\n");
    for (const auto& [name, value] : response.headers) say_header(step, "<", name, value);
    say_body("<", response.body);
    if (response.body.empty() || !reads_xml(response, step.read_as)) return;
    std::string json;
    const std::string wrong = json_of_xml(response.body, json);
    wrong.empty() ? say_body("=", json) : say("    = not XML: " + wrong + "\n");
}

void Trace::extracted(const Actor&, const StepPlan& step, const ExtractPlan& extract, const std::string* value,
                      const std::string& note) {
    if (value != nullptr && logins_.contains(&step) && !value->empty()) secrets_.insert(secrets_.begin(), *value);
    if (is_hidden(step)) return;
    if (value == nullptr)
        say("    " + extract.name + ": not found: " + dotted(note) + "\n");
    else
        say("    " + extract.name + " = " + dotted(*value) + (note.empty() ? "" : "  (the fallback: " + dotted(note) + ")") +
            "\n");
}

void Trace::answered(const Actor&, const StepPlan& step, const StepResult& result) {
    if (is_hidden(step)) return;
    if (step.for_each && result.answer == Answer::accepted) ++shown_;
    say("    " + std::string(name_of(result.answer)) + ": " + dotted(result.why) + "\n");
}

void Trace::listed(const StepPlan& step, const std::vector<Slots>& rows) {
    std::string line = step.name + ": a list of " + std::to_string(rows.size());
    if (!rows.empty()) line += rows.size() == 1 ? ":" : ", the first:";
    for (std::size_t i = 0; !rows.empty() && i < row_values_.size(); ++i)
        if (i < rows.front().size() && rows.front()[i])
            line += (line.ends_with(':') ? " " : ", ") + row_values_[i] + " = " + *rows.front()[i];
    say("    " + dotted(line) + "\n");
}

void Trace::each_done(const StepPlan& step, std::size_t rows) {
    if (rows == 0) say(step.name + ": done for no row\n");
    if (hidden_ > 0)
        say(step.name + ": " + std::to_string(rows) + " rows in all; " + std::to_string(hidden_) + " requests more, not shown\n");
    shown_ = hidden_ = 0;
}

}  // namespace lastunit::drivers::http
