#include "drivers/http/cookies.hpp"

#include <algorithm>
#include <ctime>

#include "drivers/http/answer.hpp"
#include "drivers/http/http_date.hpp"
#include "drivers/http/text.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kMostCookies = 64, kMostBytes = 8192;

bool domain_fits(const std::string& host, const std::string& domain) {
    if (host == domain) return true;
    return host.size() > domain.size() + 1 && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.';
}

bool path_fits(std::string_view target, const std::string& path) {
    const std::string_view asked = target.substr(0, target.find('?'));
    return asked.starts_with(path) && (asked.size() == path.size() || path.back() == '/' || asked[path.size()] == '/');
}

bool is_past(std::string_view date) {
    const auto at = http_date(date);
    return at && *at <= static_cast<std::int64_t>(std::time(nullptr));
}

}  // namespace

void CookieJar::set(std::string_view header, const Url& from) {
    if (header.size() > kMostBytes) return;
    const std::string_view pair = header.substr(0, header.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)).empty()) return;
    Cookie cookie;
    cookie.name = trimmed(pair.substr(0, equals));
    cookie.value = trimmed(pair.substr(equals + 1));
    cookie.domain = from.origin.host;
    const std::string path = from.target.substr(0, from.target.find('?'));
    cookie.path = path.rfind('/') == 0 ? "/" : path.substr(0, path.rfind('/'));
    bool gone = false;
    std::string_view rest = header.substr(std::min(pair.size() + 1, header.size()));
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        const std::size_t is = part.find('=');
        const std::string_view name = trimmed(part.substr(0, is));
        const std::string_view value = is == std::string_view::npos ? std::string_view() : trimmed(part.substr(is + 1));
        if (same_without_case(name, "secure")) cookie.secure = true;
        if (same_without_case(name, "path") && value.starts_with('/')) cookie.path = value;
        if (same_without_case(name, "max-age")) gone = value.starts_with('0') || value.starts_with('-');
        if (same_without_case(name, "expires") && is_past(value)) gone = true;
        if (same_without_case(name, "domain") && !value.empty()) {
            cookie.domain = lower_case(value.starts_with('.') ? value.substr(1) : value);
            cookie.host_only = cookie.domain == from.origin.host;
            if (!domain_fits(from.origin.host, cookie.domain) || cookie.domain.find('.') == std::string::npos) {
                if (cookie.domain != from.origin.host) return;
            }
        }
    }
    std::erase_if(cookies_, [&](const Cookie& old) {
        return old.name == cookie.name && old.domain == cookie.domain && old.path == cookie.path;
    });
    if (!gone && cookies_.size() < kMostCookies) cookies_.push_back(std::move(cookie));
}

std::string CookieJar::for_request(const Url& to) const {
    std::string out;
    for (const Cookie& cookie : cookies_) {
        const bool host = cookie.host_only ? to.origin.host == cookie.domain : domain_fits(to.origin.host, cookie.domain);
        if (!host || !path_fits(to.target, cookie.path) || (cookie.secure && to.origin.scheme == Scheme::http)) continue;
        out += (out.empty() ? "" : "; ") + cookie.name + "=" + cookie.value;
    }
    return out;
}

std::vector<std::string> CookieJar::values() const {
    std::vector<std::string> out;
    for (const Cookie& one : cookies_) out.push_back(one.value);
    return out;
}

const std::string* CookieJar::find(std::string_view name) const {
    for (const Cookie& cookie : cookies_)
        if (cookie.name == name) return &cookie.value;
    return nullptr;
}

}  // namespace lastunit::drivers::http
