// One shopper's cookies. What a shop needs of RFC 6265: domain, path, secure, and deletion by Max-Age or a date in the past; a
// cookie otherwise lives as long as the shopper.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drivers/http/url.hpp"

namespace lastunit::drivers::http {

class CookieJar {
   public:
    // A Set-Cookie header's value. What is malformed, too large or of a foreign domain is passed over.
    void set(std::string_view header, const Url& from);
    // "a=1; b=2", or nothing.
    std::string for_request(const Url& to) const;
    const std::string* find(std::string_view name) const;
    std::vector<std::string> values() const;

   private:
    struct Cookie {
        std::string name, value, domain, path;
        bool host_only = true, secure = false;
    };
    std::vector<Cookie> cookies_;
};

}  // namespace lastunit::drivers::http
