// An operation on its way through a session.
#pragma once

#include <cstdint>

#include "drivers/driver.hpp"
#include "drivers/postgres/statements.hpp"

namespace lastunit::drivers::postgres {

struct Work {
    enum class Step : std::uint8_t {
        begin,   // not sent yet: look first where the mode does
        act,     // has looked, or tried at once
        repeat,  // its key is known: the answer is read
    };
    // `asks`: on its way, and changes nothing.
    enum class Place : std::uint8_t { waits, asks, sent };
    enum class Told : std::uint8_t { no, yes };  // yes: it timed out, what comes back now is for nobody

    std::uint64_t tag = 0;
    Request request;
    std::int64_t deadline_ns = 0;
    std::uint64_t serial = 0;  // tells the uses of one object apart
    unsigned attempts = 0;     // that were rolled back
    Step step = Step::begin;
    Seen seen = Seen::enough;
    Place place = Place::waits;
    Told told = Told::no;
};

}  // namespace lastunit::drivers::postgres
