#include "drivers/http/url.hpp"

#include <algorithm>
#include <charconv>

#include "drivers/http/text.hpp"

namespace lastunit::drivers::http {
namespace {

std::uint16_t usual_port(Scheme scheme) { return scheme == Scheme::https ? 443 : 80; }

bool host_characters(std::string_view host) {
    return !host.empty() && host.size() <= 255 && host.find_first_of("@/\\?#[]<>\"{}|^`% ") == std::string_view::npos;
}

// "host", "host:port", "[::1]:port"
bool read_authority(std::string_view text, std::string& host, std::optional<std::uint16_t>& port) {
    std::string_view rest;
    if (!text.empty() && text[0] == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return false;
        host = lower_case(text.substr(1, close - 1));
        rest = text.substr(close + 1);
        if (host.find_first_not_of("0123456789abcdef:.") != std::string::npos) return false;
    } else {
        const std::size_t colon = text.find(':');
        host = lower_case(text.substr(0, colon));
        rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
    }
    if (!host_characters(host)) return false;
    if (rest.empty()) return true;
    if (rest[0] != ':') return false;
    std::uint16_t number = 0;
    const auto [stop, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), number);
    if (error != std::errc{} || stop != rest.data() + rest.size() || number == 0) return false;
    port = number;
    return true;
}

}  // namespace

std::string Origin::authority() const {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return port == usual_port(scheme) ? name : name + ":" + std::to_string(port);
}

std::optional<Url> parse_url(std::string_view text) {
    Url url;
    const std::string begin = lower_case(text.substr(0, 8));
    std::size_t at = 0;
    if (begin.starts_with("http://"))
        at = 7;
    else if (begin == "https://") {
        at = 8;
        url.origin.scheme = Scheme::https;
    } else {
        return std::nullopt;
    }
    text = text.substr(0, text.find('#'));
    if (at > text.size()) return std::nullopt;
    const std::size_t end = std::min(text.find_first_of("/?", at), text.size());
    std::optional<std::uint16_t> port;
    if (!read_authority(text.substr(at, end - at), url.origin.host, port)) return std::nullopt;
    url.origin.port = port.value_or(usual_port(url.origin.scheme));
    const std::string_view target = text.substr(end);
    if (!fits_in_a_line(target)) return std::nullopt;
    url.target = target.empty() || target[0] == '?' ? "/" + std::string(target) : std::string(target);
    return url;
}

std::optional<Url> resolve(std::string_view location, const Url& base) {
    location = location.substr(0, location.find('#'));
    if (location.empty()) return base;
    if (location.starts_with("//"))
        return parse_url((base.origin.scheme == Scheme::https ? "https:" : "http:") + std::string(location));
    const std::size_t colon = location.find(':');
    if (colon != std::string_view::npos && colon < location.find_first_of("/?")) return parse_url(location);
    if (!fits_in_a_line(location)) return std::nullopt;
    Url out = base;
    const std::string path = base.target.substr(0, base.target.find('?'));
    if (location[0] == '/')
        out.target = std::string(location);
    else if (location[0] == '?')
        out.target = path + std::string(location);
    else
        out.target = path.substr(0, path.rfind('/') + 1) + std::string(location);
    return out;
}

std::string HostList::add(std::string_view text) {
    Host host;
    std::optional<std::uint16_t> port;
    if (!read_authority(text, host.name, port)) return "expected HOST or HOST:PORT, not `" + std::string(text) + "`";
    host.port = port.value_or(0);
    hosts_.push_back(std::move(host));
    return "";
}

bool HostList::has(const Origin& origin) const {
    return std::any_of(hosts_.begin(), hosts_.end(), [&](const Host& host) {
        return host.name == origin.host && (host.port == 0 || host.port == origin.port);
    });
}

}  // namespace lastunit::drivers::http
