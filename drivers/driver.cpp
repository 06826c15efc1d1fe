#include "drivers/driver.hpp"

#include <chrono>
#include <thread>

namespace lastunit::drivers {

const char* name_of(Settled settled) {
    static constexpr const char* kNames[] = {"applied", "refused", "unknown"};
    return kNames[static_cast<std::size_t>(settled)];
}

const char* name_of(Cause cause) {
    static constexpr const char* kNames[] = {"outcome", "overloaded",  "unavailable", "late",
                                             "failed",  "unsupported", "no_answer"};
    return kNames[static_cast<std::size_t>(cause)];
}

std::int64_t steady_now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Completion repeat_until_known(Driver& driver, const Operation& operation, Duration at_most) {
    const std::int64_t end_ns = steady_now_ns() + at_most.us * 1000;
    Completion last{.tag = operation.tag, .settled = Settled::unknown, .cause = Cause::no_answer};
    std::vector<Completion> out;
    auto pause = std::chrono::milliseconds(2);
    for (;;) {
        const Duration left{(end_ns - steady_now_ns()) / 1000};
        if (left.us <= 0) return last;
        try {
            const std::unique_ptr<Session> session = driver.open();
            Operation again = operation;
            again.timeout = std::min(again.timeout, left);
            session->submit({&again, 1});
            out.clear();
            session->poll(out, again.timeout + milliseconds(200));
            if (!out.empty()) last = out.front();
        } catch (const DriverError&) {
            // Nobody there yet: a restart takes its time.
        }
        // Overload and unavailability say nothing about the first attempt: only the back end's own answer does.
        if (last.cause == Cause::outcome && last.settled != Settled::unknown) return last;
        last.settled = Settled::unknown;
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(200));
    }
}

}  // namespace lastunit::drivers
