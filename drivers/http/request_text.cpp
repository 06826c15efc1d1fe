#include "drivers/http/request_text.hpp"

#include <algorithm>

#include "drivers/http/encoding.hpp"
#include "drivers/http/text.hpp"

namespace lastunit::drivers::http {
namespace {

std::string no_value(const StepPlan& step, const std::string& what, const Template::Missing& missing) {
    return what + ": " + missing.text() + " in step `" + step.name + "`";
}

void set_url(const StepPlan& step, const Plan& plan, const Address& address, const Values& values, RequestText& out) {
    std::string target;
    if (const auto missing = step.target.render(values, target)) {
        out.problem = no_value(step, "URL", *missing);
        return;
    }
    if (target.starts_with('/') && !target.starts_with("//")) {
        if (!fits_in_a_line(target)) {
            out.problem = "`" + target.substr(0, 80) + "` is no URL: it has a space or a control character in it";
            return;
        }
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
        if (const auto missing = header.value.render(values, value)) {
            if (!missing->why.empty()) out.problem = no_value(step, "header " + header.name, *missing);
            continue;  // a variable without a value: left out
        }
        if (same_without_case(header.name, "authorization"))
            out.authorization = value;
        else
            (header.value.has_names() ? out.own_headers : out.headers) += header.name + ": " + value + "\r\n";
    }
    if (!step.basic) return;
    std::string pair;
    if (const auto missing = step.basic->render(values, pair))
        out.problem = no_value(step, "basic", *missing);
    else
        out.authorization = "Basic " + base64(pair);
}

// One that stands in none of the texts: "lastunit-0", as a rule.
std::string boundary_outside(const std::vector<std::string>& texts) {
    for (std::uint64_t number = 0;; ++number) {
        std::string boundary = "lastunit-" + std::to_string(number);
        const auto has = [&](const std::string& text) { return text.find(boundary) != std::string::npos; };
        if (std::none_of(texts.begin(), texts.end(), has)) return boundary;
    }
}

// RFC 7578; a name as the HTML standard writes it.
void set_multipart(const StepPlan& step, const Values& values, RequestText& out) {
    if (step.multipart.empty()) return;
    std::vector<std::string> texts;
    for (const HeaderPlan& field : step.multipart) {
        if (const auto missing = field.value.render(values, texts.emplace_back()))
            out.problem = no_value(step, "multipart", *missing);
        texts.push_back(field.name);
    }
    const std::string boundary = boundary_outside(texts);
    out.content_type += "; boundary=" + boundary;
    for (std::size_t i = 0; i < step.multipart.size(); ++i) {
        out.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"";
        for (const char c : step.multipart[i].name) out.body += c == '"' ? "%22" : std::string(1, c);
        out.body += "\"\r\n\r\n" + texts[2 * i] + "\r\n";
    }
    out.body += "--" + boundary + "--\r\n";
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
    set_multipart(step, values, out);
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

// Lines without those of one header.
void drop_header(std::string& lines, std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find("\r\n", at), lines.size() - 2) + 2;
        const std::string_view line = std::string_view(lines).substr(at, end - at);
        if (!same_without_case(line.substr(0, line.find(':')), name)) out += line;
        at = end;
    }
    lines = std::move(out);
}

}  // namespace

RequestText request_of(const StepPlan& step, const Plan& plan, const Address& address, const Values& values) {
    RequestText out;
    out.method = step.method;
    Values with_body = values;
    if (with_body.now_ms == 0) with_body.now_ms = unix_ms();
    set_url(step, plan, address, with_body, out);
    set_body(step, with_body, out);
    with_body.body = &out.body;
    set_headers(step, with_body, out);
    return out;
}

void leave_origin(RequestText& request) {
    request.authorization.clear();
    request.own_headers.clear();
}

void leave_body(RequestText& request) {
    request.method = "GET";
    request.body.clear();
    request.content_type.clear();
    drop_header(request.headers, "content-type");
    drop_header(request.own_headers, "content-type");
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
    const auto has = [&](const char* name) { return has_header(request.headers, name) || has_header(request.own_headers, name); };
    if (!has("user-agent")) out += "User-Agent: lastunit\r\n";
    if (!has("accept")) out += "Accept: */*\r\n";
    if (keep_alive == Plan::KeepAlive::no) out += "Connection: close\r\n";
    out += request.headers;
    out += request.own_headers;
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
