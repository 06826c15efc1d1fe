#include "reports/gate/result.hpp"

#include <algorithm>

namespace lastunit::reports::gate {

const char* name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::pass:
            return "PASS";
        case Outcome::invalid:
            return "INVALID";
        case Outcome::fail:
            return "FAIL";
    }
    return "INVALID";
}

Outcome Result::outcome() const {
    if (cases.empty()) return Outcome::invalid;
    return std::max_element(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.outcome < b.outcome; })
        ->outcome;
}

std::size_t Result::count(Outcome wanted) const {
    return static_cast<std::size_t>(
        std::count_if(cases.begin(), cases.end(), [wanted](const Case& one) { return one.outcome == wanted; }));
}

}  // namespace lastunit::reports::gate
