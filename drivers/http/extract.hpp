// What a step takes from an answer.
#pragma once

#include <optional>
#include <string>

#include "drivers/http/actor.hpp"
#include "drivers/http/plan.hpp"

namespace lastunit::drivers::http {

struct Extracted {
    std::optional<std::string> value;
    std::string note;  // where there is none: what is there instead
};

// `asked`: as for the rules. Without the fallback.
Extracted extracted(const ExtractPlan& plan, const Asked& asked, const CookieJar& cookies);

// The target of a Link header (RFC 8288) with that relation: `<https://a/b?page=2>; rel="next", <...>; rel="last"`.
std::optional<std::string> link_of(std::string_view header, std::string_view relation);

}  // namespace lastunit::drivers::http
