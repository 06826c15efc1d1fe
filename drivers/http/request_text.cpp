#include "drivers/http/request_text.hpp"

#include <algorithm>

namespace lastunit::drivers::http {
namespace {

std::string base64(std::string_view text) {
    static constexpr const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) out += i + k > text.size() ? '=' : kDigits[bits >> (18U - 6U * k) & 63U];
    }
    return out;
}

std::string no_value(const StepPlan& step, const std::string& what, const std::string& name) {
    return what + ": {{" + name + "}} has no value in step `" + step.name + "`";
}

void set_url(const StepPlan& step, const Plan& plan, const Address& address, const Values& values, RequestText& out) {
    std::string target;
    if (const auto missing = step.target.render(values, target)) {
        out.problem = no_value(step, "URL", *missing);
        return;
    }
    if (target.starts_with('/')) {
        out.url.origin = address.origin;
        out.url.target = address.prefix + target;
        return;
    }
    const auto url = parse_url(target);
    if (!url)
        out.problem = "`" + target + "` is no URL";
    else if (!plan.hosts.has(url->origin))
        out.problem = "`" + url->origin.authority() + "` is neither of `urls` nor among `hosts`: nothing is sent there";
    else
        out.url = *url;
}

void set_headers(const StepPlan& step, const Values& values, RequestText& out) {
    for (const HeaderPlan& header : step.headers) {
        std::string value;
        if (header.value.render(values, value)) continue;  // a variable without a value: left out
        if (same_without_case(header.name, "authorization"))
            out.authorization = value;
        else
            out.headers += header.name + ": " + value + "\r\n";
    }
    if (!step.basic) return;
    std::string pair;
    if (const auto missing = step.basic->render(values, pair))
        out.problem = no_value(step, "basic", *missing);
    else
        out.authorization = "Basic " + base64(pair);
}

void set_body(const StepPlan& step, const Values& values, RequestText& out) {
    if (step.content_type.empty()) return;
    out.content_type = step.content_type;
    if (step.body)
        if (const auto missing = step.body->render(values, out.body)) out.problem = no_value(step, "body", *missing);
    for (const HeaderPlan& field : step.form) {
        if (!out.body.empty()) out.body += '&';
        percent_encode(field.name, out.body);
        out.body += '=';
        if (const auto missing = field.value.render(values, out.body)) out.problem = no_value(step, "form", *missing);
    }
}

// Of whole lines.
bool has_header(std::string_view lines, std::string_view name) {
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find("\r\n"));
        if (same_without_case(line.substr(0, line.find(':')), name)) return true;
        lines.remove_prefix(std::min(line.size() + 2, lines.size()));
    }
    return false;
}

}  // namespace

RequestText request_of(const StepPlan& step, const Plan& plan, const Address& address, const Values& values) {
    RequestText out;
    out.method = step.method;
    set_url(step, plan, address, values, out);
    set_headers(step, values, out);
    set_body(step, values, out);
    return out;
}

std::string bytes_of(const RequestText& request, const std::string& cookies, Plan::KeepAlive keep_alive) {
    std::string out;
    out.reserve(256 + request.headers.size() + request.body.size());
    out += request.method;
    out += ' ';
    out += request.url.target;
    out += " HTTP/1.1\r\nHost: ";
    out += request.url.origin.authority();
    out += "\r\n";
    if (!has_header(request.headers, "user-agent")) out += "User-Agent: lastunit\r\n";
    if (!has_header(request.headers, "accept")) out += "Accept: */*\r\n";
    if (keep_alive == Plan::KeepAlive::no) out += "Connection: close\r\n";
    out += request.headers;
    if (!request.authorization.empty()) out += "Authorization: " + request.authorization + "\r\n";
    if (!cookies.empty()) out += "Cookie: " + cookies + "\r\n";
    const bool has_body = !request.content_type.empty();
    if (has_body && request.content_type != "-") out += "Content-Type: " + request.content_type + "\r\n";
    if (has_body || request.method != "GET") out += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    out += "\r\n";
    out += request.body;
    return out;
}

}  // namespace lastunit::drivers::http
