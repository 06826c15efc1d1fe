// Whoever makes the requests of a flow: one shopper, or the hooks. Everything that belongs to it alone.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "drivers/http/cookies.hpp"
#include "drivers/http/values.hpp"

namespace lastunit::drivers::http {

struct BasketLine {
    const SkuEntry* sku = nullptr;
    Quantity quantity = 1;
};

struct Actor {
    std::uint64_t number = 0;  // of the shopper, in the run; 0: the hooks
    std::uint32_t attempt = 1;
    std::uint64_t requests = 0;  // begun, for a spread by request
    Slots variables;
    CookieJar cookies;
    std::vector<BasketLine> lines;
};

}  // namespace lastunit::drivers::http
