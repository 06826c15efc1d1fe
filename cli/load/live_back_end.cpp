#include "cli/load/live_back_end.hpp"

#include <sys/prctl.h>

#include <algorithm>
#include <ctime>

namespace lastunit::cli {
namespace {

constexpr std::int64_t kTickNs = 100'000'000;
constexpr std::int64_t kLongGapNs = 1'000'000'000;
constexpr std::int64_t kNapsNs = 300'000, kNapNs = 50'000;  // so long before an event it naps, so long at a time
constexpr std::size_t kFewInFlight = 32;                    // that nobody waits for
constexpr Duration kLeastTtl = milliseconds(1);             // of a hold at the back end, whatever the speed

}  // namespace

LiveBackEnd::LiveBackEnd(drivers::Dispatcher& dispatcher, LiveBackEndOptions options)
    : dispatcher_(dispatcher), options_(std::move(options)) {}

void LiveBackEnd::begin() {
    if (clock_) return;
    prctl(PR_SET_TIMERSLACK, 1UL);  // of this thread's sleeps, ns; 50 us otherwise
    clock_.emplace(options_.speed, options_.start_ns.value_or(drivers::steady_now_ns()));
}

core::Command LiveBackEnd::on_the_clock(const core::Command& command, SimTime intended) {
    begin();
    holds_.sent(command, intended);
    core::Command out = command;
    if (command.kind == core::CommandKind::hold || command.kind == core::CommandKind::extend)
        out.ttl = std::max(kLeastTtl, Duration{static_cast<std::int64_t>(static_cast<double>(command.ttl.us) / options_.speed)});
    return out;
}

void LiveBackEnd::ask(std::uint64_t tag, const core::Command& command, SimTime intended) {
    const core::Command live = on_the_clock(command, intended);
    ++unanswered_;
    dispatcher_.ask(tag, live, clock_->ns_of(intended));
}

void LiveBackEnd::tell(const core::Command& command, SimTime intended) {
    const core::Command live = on_the_clock(command, intended);
    dispatcher_.tell(live, clock_->ns_of(intended));
}

bool LiveBackEnd::collect(Duration at_most, std::vector<Answer>& answers) {
    answered_.clear();
    dispatcher_.poll(answered_, at_most);
    for (const drivers::DispatchAnswer& one : answered_) {
        Answer answer{.tag = one.tag, .settled = Answer::Settled::unknown, .outcome = one.outcome};
        if (one.settled == drivers::Settled::applied) answer.settled = Answer::Settled::applied;
        if (one.settled == drivers::Settled::refused)
            answer.settled = one.cause == drivers::Cause::outcome || one.cause == drivers::Cause::unsupported
                                 ? Answer::Settled::refused
                                 : Answer::Settled::unreachable;
        answers.push_back(answer);
    }
    unanswered_ -= answered_.size();
    return !answered_.empty();
}

bool LiveBackEnd::may_skip(SimTime now, SimTime at) {
    if (at == kNever || now < SimTime{0}) return false;
    const bool over = now >= options_.horizon;
    if (!over && options_.gaps == LiveBackEndOptions::Gaps::waited_for) return false;
    if (!over && clock_->ns_of(at) - clock_->ns_of(now) < kLongGapNs) return false;
    if (options_.broken && options_.broken()) return false;
    if (unanswered_ > 0) return false;
    return over ? dispatcher_.in_flight() <= kFewInFlight : dispatcher_.in_flight() == 0 && !holds_.any(now);
}

SimTime LiveBackEnd::risen(SimTime now) {
    last_ = std::max(last_, now);
    return last_;
}

SimTime LiveBackEnd::wait(SimTime at, std::vector<Answer>& answers) {
    begin();
    const std::int64_t asked_ns = drivers::steady_now_ns();
    bool answered = collect(Duration{0}, answers);
    for (;;) {
        const std::int64_t ns = drivers::steady_now_ns();
        const SimTime now = clock_->at(ns);
        if (options_.tick && ns - ticked_ns_ >= kTickNs) {
            ticked_ns_ = ns;
            options_.tick(now);
        }
        if (answered || now >= at) return risen(now);
        if (at == kNever && ns - asked_ns >= kTickNs) return risen(now);
        // Whoever wants to stop is asked between events: the next one comes at once.
        if ((options_.stop && options_.stop() && at != kNever) || may_skip(now, at)) {
            clock_->skip(ns, at);
            continue;
        }
        std::int64_t until_ns = ns + kTickNs;
        if (at != kNever) until_ns = std::min(until_ns, clock_->ns_of(at));
        answered = rest(until_ns - ns, answers);
    }
}

// Sleeps as far as that can be done exactly enough. The dispatcher spins before an instant that it is to meet; with an event
// every few microseconds it would spin always, and be taken for a hog of the processor that it may share with the back end.
bool LiveBackEnd::rest(std::int64_t ns, std::vector<Answer>& answers) {
    if (ns > kNapsNs) return collect(Duration{(ns - kNapsNs) / 1000}, answers);
    const timespec nap{0, std::clamp<std::int64_t>(ns, 1, kNapNs)};
    nanosleep(&nap, nullptr);
    return collect(Duration{0}, answers);
}

Duration LiveBackEnd::least_wait() const {
    constexpr double kLeastWaitUs = 50;  // as a sleep of the dispatcher's is late by
    return Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(options_.speed * kLeastWaitUs))};
}

void LiveBackEnd::fault(const model::Fault& fault, Moment moment) {
    if (options_.fault) options_.fault(fault, moment);
}

}  // namespace lastunit::cli
