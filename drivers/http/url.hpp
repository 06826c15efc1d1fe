// http:// and https:// URLs, and to which of them requests may go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lastunit::drivers::http {

enum class Scheme : std::uint8_t { http, https };

struct Origin {
    Scheme scheme = Scheme::http;
    std::string host;  // lower case; an IPv6 address without brackets
    std::uint16_t port = 80;

    // "host:port" for a Host header: without the scheme's usual port, with the brackets of an IPv6 address.
    std::string authority() const;
    auto operator<=>(const Origin&) const = default;
};

struct Url {
    Origin origin;
    std::string target = "/";  // path and query, without fragment
};

// Nothing where it is no such URL, has a user in it, or characters that a request line cannot hold.
std::optional<Url> parse_url(std::string_view text);

// A Location header's value against the URL that it was an answer to: whole, "//host/path", "/path", "path" or "?query".
std::optional<Url> resolve(std::string_view location, const Url& base);

// HOST or HOST:PORT; without a port it stands for every port of that host.
class HostList {
   public:
    std::string add(std::string_view text);  // what is wrong with it, or nothing
    void add(const Origin& origin) { hosts_.push_back({origin.host, origin.port}); }
    bool has(const Origin& origin) const;

   private:
    struct Host {
        std::string name;
        std::uint16_t port = 0;  // 0: any
    };
    std::vector<Host> hosts_;
};

}  // namespace lastunit::drivers::http
