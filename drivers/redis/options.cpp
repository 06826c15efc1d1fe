#include "drivers/redis/options.hpp"

#include <charconv>
#include <string_view>

namespace lastunit::drivers {

namespace {

constexpr std::string_view kScheme = "redis://";
constexpr unsigned kMostConnections = 64;

[[noreturn]] void wrong(const std::string& what) { throw DriverError("redis URL: " + what); }

unsigned number(std::string_view text, unsigned least, unsigned most, const std::string& what) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
        wrong(what + " '" + std::string(text) + "' is no number from " + std::to_string(least) + " to " + std::to_string(most));
    return value;
}

// %40 for @ and the like, which a password may need.
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        if (text[i] == '%') {
            const char* from = text.data() + i + 1;
            if (i + 2 >= text.size() || std::from_chars(from, from + 2, byte, 16).ptr != from + 2)
                wrong("a % in user or password is not followed by two hexadecimal digits");
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

template <class Enum> Enum named(std::string_view text, std::initializer_list<Enum> all, const std::string& what) {
    std::string known;
    for (const Enum one : all) {
        if (text == name_of(one)) return one;
        known += (known.empty() ? "" : ", ") + std::string(name_of(one));
    }
    wrong(what + " '" + std::string(text) + "' is not known: " + known);
}

void read_setting(std::string_view setting, RedisOptions& options) {
    const std::size_t equals = setting.find('=');
    const std::string_view name = setting.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? "" : setting.substr(equals + 1);
    if (name == "mode") {
        options.mode = named(value, {RedisMode::lua, RedisMode::watch, RedisMode::get_decr}, "mode");
    } else if (name == "connections") {
        options.connections = number(value, 1, kMostConnections, "connections");
    } else if (name == "appendfsync") {
        options.append_fsync = named(value, {AppendFsync::always, AppendFsync::everysec, AppendFsync::no}, "appendfsync");
    } else {
        wrong("setting '" + std::string(name) + "' is not known: mode, connections, appendfsync");
    }
}

void read_settings(std::string_view query, RedisOptions& options) {
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        read_setting(query.substr(0, end), options);
        query = end == std::string_view::npos ? "" : query.substr(end + 1);
    }
}

void read_login(std::string_view login, RedisOptions& options) {
    const std::size_t colon = login.find(':');
    if (colon == std::string_view::npos) wrong("before the @ stands USER:PASSWORD or :PASSWORD");
    options.user = decoded(login.substr(0, colon));
    options.password = decoded(login.substr(colon + 1));
    if (options.password.empty()) wrong("the password before the @ is empty");
}

void read_host(std::string_view place, RedisOptions& options) {
    std::string_view port;
    if (place.starts_with('[')) {  // IPv6
        const std::size_t close = place.find(']');
        if (close == std::string_view::npos) wrong("the [ before the host is not closed");
        options.host = place.substr(1, close - 1);
        port = place.substr(close + 1);
    } else {
        const std::size_t colon = std::min(place.find(':'), place.size());
        options.host = place.substr(0, colon);
        port = place.substr(colon);
    }
    if (options.host.empty()) wrong("no host: redis://HOST:PORT");
    if (port.empty()) return;
    if (port[0] != ':') wrong("after the host stands :PORT");
    options.port = static_cast<std::uint16_t>(number(port.substr(1), 1, 65535, "port"));
}

}  // namespace

const char* name_of(RedisMode mode) {
    static constexpr const char* kNames[] = {"lua", "watch", "get_decr"};
    return kNames[static_cast<std::size_t>(mode)];
}

const char* name_of(AppendFsync policy) {
    static constexpr const char* kNames[] = {"as it is", "always", "everysec", "no"};
    return kNames[static_cast<std::size_t>(policy)];
}

std::string RedisOptions::target() const {
    const bool v6 = host.find(':') != std::string::npos;
    std::string text = std::string(kScheme) + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
    if (database != 0) text += "/" + std::to_string(database);
    text += std::string("?mode=") + name_of(mode);
    if (connections != 0) text += "&connections=" + std::to_string(connections);
    if (append_fsync != AppendFsync::as_it_is) text += std::string("&appendfsync=") + name_of(append_fsync);
    return text;
}

RedisOptions redis_options(const std::string& url) {
    RedisOptions options;
    std::string_view rest = url;
    const std::size_t query = rest.find('?');
    // A '?' in a password is written %3F, so the first one begins the settings.
    if (query != std::string_view::npos) {
        read_settings(rest.substr(query + 1), options);
        rest = rest.substr(0, query);
    }
    if (rest == "redis") return options;
    if (!rest.starts_with(kScheme)) wrong("it has to begin with redis://");
    rest.remove_prefix(kScheme.size());
    if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
        read_login(rest.substr(0, at), options);
        rest.remove_prefix(at + 1);
    }
    if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
        if (slash + 1 < rest.size()) options.database = number(rest.substr(slash + 1), 0, 1'000'000, "database");
        rest = rest.substr(0, slash);
    }
    read_host(rest, options);
    return options;
}

}  // namespace lastunit::drivers
