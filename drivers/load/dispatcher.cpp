#include "drivers/load/dispatcher.hpp"

#include <sys/prctl.h>

#include <chrono>
#include <ctime>
#include <functional>
#include <thread>

#include "core/assert.hpp"
#include "drivers/load/dispatcher_impl.hpp"
#include "drivers/load/validity.hpp"
#include "model/random.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::int64_t kSpinNs = 100'000;  // what a sleep may be late by on a calm machine, and some
// A turn without anything to do that took longer was interrupted: another's processor time.
constexpr std::int64_t kMostTurnNs = 2'000;
constexpr std::int64_t kShortSleepNs = 50'000;  // where a line comes back from waiting at once
constexpr std::size_t kSendAt = 64;             // ready operations that are not kept for poll()
constexpr std::size_t kMostTogether = 1000;     // in one submit()

std::int64_t unix_now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t thread_cpu_ns() {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return std::int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec;
}

model::HistoryHeader header_of(const model::HistoryHeader& named, const Driver& driver, const DispatcherOptions& options,
                               std::int64_t started_unix_us) {
    model::HistoryHeader header = named;
    header.set_target(driver.target());
    header.set_started_unix_us(started_unix_us);
    header.set_shard(options.shard);
    header.set_shards(options.shards);
    return header;
}

}  // namespace

Dispatcher::Impl::Impl(Driver& driver, const InitialStock& stock, DispatcherOptions options, const model::HistoryHeader& header)
    : driver_(driver),
      options_(std::move(options)),
      unix_minus_steady_ns_(unix_now_ns() - steady_now_ns()),
      start_ns_(options_.started_unix_us == 0 ? steady_now_ns() : options_.started_unix_us * 1000 - unix_minus_steady_ns_),
      line_(driver),
      flights_(options_.most_in_flight),
      tally_(unix_minus_steady_ns_),
      pool_(options_.pool == 0 ? options_.most_in_flight : options_.pool) {
    LASTUNIT_ASSERT(options_.client != 0, "a generator without a client number");
    if (options_.started_unix_us != 0) tally_.begins(start_ns_);
    if (!options_.history.empty())
        recording_.emplace(options_.history, stock,
                           header_of(header, driver, options_, (start_ns_ + unix_minus_steady_ns_) / 1000),
                           options_.shards > 1 ? Generators::several : Generators::one, driver.contract());
    // The kernel may put a wake-up off by 50 us to join it with others: not here.
    prctl(PR_SET_TIMERSLACK, 1UL);
    cpu_before_ns_ = thread_cpu_ns();
}

void Dispatcher::Impl::take(Asker asker, std::uint64_t tag, const core::Command& command, std::int64_t intended_ns) {
    tally_.intended(command.kind, intended_ns);
    const Flights::Added added = flights_.add(command);
    if (added.index == Flights::kNone) return refuse_at_once(asker, tag, command.kind, intended_ns);
    Flight& flight = flights_[added.index];
    flight.command.key = {options_.client, ++sequence_};
    flight.tag = tag;
    flight.asked = asker == Asker::waits;
    flight.intended_ns = intended_ns;
    flight.taken_ns = steady_now_ns();
    tally_.in_flight_peak(flights_.size());
    if (added.turn == Flights::Turn::later) return;
    ready_.push_back(added.index);
    if (ready_.size() - sent_of_ready_ >= kSendAt) send_ready();
}

void Dispatcher::Impl::refuse_at_once(Asker asker, std::uint64_t tag, core::CommandKind kind, std::int64_t intended_ns) {
    ++beyond_most_in_flight_;
    const std::int64_t now_ns = steady_now_ns();
    tally_.settled(
        {.kind = kind, .settled = Settled::refused, .cause = Cause::overloaded, .intended_ns = intended_ns, .at_ns = now_ns});
    if (asker == Asker::waits)
        answers_.push_back({.tag = tag,
                            .settled = Settled::refused,
                            .cause = Cause::overloaded,
                            .response_ns = now_ns - intended_ns,
                            .at_ns = now_ns});
}

void Dispatcher::Impl::send_ready() {
    while (sent_of_ready_ < ready_.size() && flights_.under_way() < pool_) {
        const std::size_t count = std::min({kMostTogether, ready_.size() - sent_of_ready_, pool_ - flights_.under_way()});
        send(std::span(ready_).subspan(sent_of_ready_, count));
        sent_of_ready_ += count;
    }
    // Moved up seldom enough to cost nothing for each.
    if (sent_of_ready_ * 2 < ready_.size()) return;
    ready_.erase(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(sent_of_ready_));
    sent_of_ready_ = 0;
}

std::int64_t Dispatcher::Impl::lag_ns(const Flight& flight, std::int64_t sent_ns) const {
    const std::int64_t could_be_sent_ns = std::max({flight.taken_ns, flight.intended_ns, flight.ready_ns, pool_full_until_ns_});
    return std::max<std::int64_t>(flight.taken_ns - flight.intended_ns, 0) +
           std::max<std::int64_t>(sent_ns - could_be_sent_ns, 0);
}

void Dispatcher::Impl::send(std::span<const std::uint32_t> indices) {
    const std::int64_t now_ns = steady_now_ns();
    operations_.clear();
    for (const std::uint32_t index : indices) {
        Flight& flight = flights_[index];
        if (flight.attempts == 0) {
            tally_.first_sent(now_ns, lag_ns(flight, now_ns));
            if (recording_) recording_->begins(flight.command);
        }
        flights_.sent(index, now_ns);
        flight.session = line_.number();
        tally_.attempt();
        operations_.push_back({std::uint64_t{flight.generation} << 32U | index, flight.command, options_.attempt_timeout});
    }
    if (line_.submit(operations_)) return;
    for (const Operation& operation : operations_)
        completions_.push_back(
            {.tag = operation.tag, .settled = Settled::unknown, .cause = Cause::no_answer, .at_ns = steady_now_ns()});
}

std::int64_t Dispatcher::Impl::collect(Duration at_most) {
    line_.poll(completions_, at_most);
    const std::int64_t now_ns = steady_now_ns();
    collected_ = completions_.size();
    if (completions_.empty()) return now_ns;
    if (recording_) recording_->settled(flights_.oldest_sent_ns(now_ns) - start_ns_);
    // An answer may lead to another one at once, where a session throws.
    for (std::size_t i = 0; i < completions_.size(); ++i) answered(Completion(completions_[i]), now_ns);
    completions_.clear();
    return now_ns;
}

void Dispatcher::Impl::answered(const Completion& completion, std::int64_t now_ns) {
    const auto index = static_cast<std::uint32_t>(completion.tag);
    if (index >= flights_.places()) return;
    Flight& flight = flights_[index];
    if (flight.generation != completion.tag >> 32U || !flight.under_way) return;
    const std::int64_t at_ns = std::max(completion.at_ns == 0 ? now_ns : completion.at_ns, flight.sent_ns);
    if (flights_.under_way() == pool_) pool_full_until_ns_ = at_ns;
    flights_.answered(index);
    record(flight, index, completion, at_ns);
    const bool not_looked_at =
        completion.cause == Cause::overloaded || completion.cause == Cause::unavailable || completion.cause == Cause::late;
    if (completion.settled == Settled::unknown || not_looked_at) return again_or_given_up(index, completion, at_ns);
    line_.works(flight.session);
    if (flight.was_unknown) tally_.resolved();
    settle(index, {completion.settled, completion.cause, completion.outcome, at_ns});
}

void Dispatcher::Impl::again_or_given_up(std::uint32_t index, const Completion& completion, std::int64_t at_ns) {
    Flight& flight = flights_[index];
    if (completion.settled == Settled::unknown) {
        flight.was_unknown = true;
        tally_.no_answer(at_ns);
        // Long before its deadline: the connection was cut.
        if (at_ns - flight.sent_ns < options_.attempt_timeout.us * 500) line_.suspect(flight.session);
    } else {
        tally_.overloaded();
        if (completion.cause == Cause::unavailable) line_.suspect(flight.session);
    }
    const std::int64_t next_ns = at_ns + pause_ns(flight);
    if (next_ns - flight.first_sent_ns < options_.resolve_for.us * 1000) {
        again_.push_back({next_ns, index});
        std::push_heap(again_.begin(), again_.end(), std::greater<>());
        return;
    }
    const Settled settled = flight.was_unknown ? Settled::unknown : Settled::refused;
    settle(index, {settled, flight.was_unknown ? Cause::no_answer : completion.cause, {}, at_ns});
}

std::int64_t Dispatcher::Impl::pause_ns(const Flight& flight) const {
    const std::uint32_t doublings = std::min<std::uint32_t>(flight.attempts - 1, 20);
    const std::int64_t pause_us = std::min(options_.first_pause.us << doublings, options_.longest_pause.us);
    const double drawn =
        model::uniform(options_.client, model::Purpose::edge_retry, flight.command.key.sequence, flight.attempts);
    return static_cast<std::int64_t>(static_cast<double>(pause_us) * (0.5 + 0.5 * drawn) * 1e3);
}

namespace {

// Of the steady clock -> since time 0.
LeftAside since(LeftAside left, std::int64_t start_ns) {
    left.since_ns -= start_ns;
    if (left.made_ns) *left.made_ns -= start_ns;
    if (left.back) left.back->from_ns -= start_ns, left.back->until_ns -= start_ns;
    return left;
}

}  // namespace

void Dispatcher::Impl::record(const Flight& flight, std::uint32_t index, const Completion& completion, std::int64_t at_ns) {
    if (!recording_) return;
    std::optional<LeftAside> left;
    if (completion.left) left = since(*completion.left, start_ns_);
    recording_->attempt(flight.command, {.process = index,
                                         .intended_ns = flight.intended_ns - start_ns_,
                                         .sent_ns = flight.sent_ns - start_ns_,
                                         .at_ns = at_ns - start_ns_,
                                         .settled = completion.settled,
                                         .cause = completion.cause,
                                         .outcome = completion.outcome,
                                         .weight = completion.weight,
                                         .left = left ? &*left : nullptr});
}

void Dispatcher::Impl::count(std::uint32_t index, const Verdict& verdict) {
    const Flight& flight = flights_[index];
    if (recording_ && flight.first_sent_ns != 0) recording_->ends(flight.command, verdict.settled);
    tally_.settled({.kind = flight.command.kind,
                    .settled = verdict.settled,
                    .cause = verdict.cause,
                    .outcome = verdict.outcome,
                    .intended_ns = flight.intended_ns,
                    .first_sent_ns = flight.first_sent_ns,
                    .at_ns = verdict.at_ns});
    if (flight.asked)
        answers_.push_back({.tag = flight.tag,
                            .settled = verdict.settled,
                            .cause = verdict.cause,
                            .outcome = verdict.outcome,
                            .response_ns = verdict.at_ns - flight.intended_ns,
                            .at_ns = verdict.at_ns});
}

void Dispatcher::Impl::settle(std::uint32_t index, const Verdict& verdict) {
    count(index, verdict);
    const std::size_t before = ready_.size();
    flights_.settle(index, ready_);
    for (std::size_t i = before; i < ready_.size(); ++i) {
        std::int64_t& ready_ns = flights_[ready_[i]].ready_ns;
        ready_ns = std::max(ready_ns, verdict.at_ns);
    }
}

void Dispatcher::Impl::wake(std::int64_t now_ns) {
    while (!again_.empty() && again_.front().at_ns <= now_ns) {
        ready_.push_back(again_.front().index);
        std::pop_heap(again_.begin(), again_.end(), std::greater<>());
        again_.pop_back();
    }
}

void Dispatcher::Impl::wait(std::int64_t now_ns, std::int64_t until_ns) {
    const std::int64_t left_ns = until_ns - now_ns;
    if (left_ns <= kSpinNs) return;
    const std::int64_t asleep_ns = left_ns - kSpinNs;
    if (!line_.anything_under_way()) {
        std::this_thread::sleep_for(std::chrono::nanoseconds(asleep_ns));
        return;
    }
    const std::int64_t then_ns = collect({std::max<std::int64_t>(asleep_ns / 1000, 1)});
    if (collected_ == 0 && then_ns - now_ns < asleep_ns / 4)
        std::this_thread::sleep_for(std::chrono::nanoseconds(std::min(kShortSleepNs, asleep_ns)));
}

std::size_t Dispatcher::Impl::poll(std::vector<DispatchAnswer>& out, Duration at_most) {
    std::int64_t now_ns = steady_now_ns();
    const std::int64_t end_ns = now_ns + at_most.us * 1000;
    for (;;) {
        const std::int64_t turn_ns = now_ns;
        wake(now_ns);
        send_ready();
        now_ns = collect({0});
        tally_.in_flight(now_ns, flights_.size());
        const bool idle = collected_ == 0;
        // What follows from these answers leaves before they are looked at.
        send_ready();
        if (!answers_.empty() || now_ns >= end_ns) return hand_out(out);
        const std::int64_t until_ns = again_.empty() ? end_ns : std::min(end_ns, again_.front().at_ns);
        if (idle && until_ns - now_ns <= kSpinNs) spun_ns_ += std::min(now_ns - turn_ns, kMostTurnNs);
        wait(now_ns, until_ns);
        now_ns = steady_now_ns();
    }
}

std::size_t Dispatcher::Impl::hand_out(std::vector<DispatchAnswer>& out) {
    const std::size_t count = answers_.size();
    out.insert(out.end(), answers_.begin(), answers_.end());
    answers_.clear();
    return count;
}

void Dispatcher::Impl::abandon() {
    const std::int64_t now_ns = steady_now_ns();
    for (std::uint32_t index = 0; index < flights_.places(); ++index) {
        const Flight& flight = flights_[index];
        if (!flight.live) continue;
        const bool unknown = flight.under_way || flight.was_unknown;
        if (flight.under_way) record(flight, index, {.settled = Settled::unknown, .cause = Cause::no_answer}, now_ns);
        count(index,
              {unknown ? Settled::unknown : Settled::refused, unknown ? Cause::no_answer : Cause::unavailable, {}, now_ns});
    }
    flights_ = Flights(options_.most_in_flight);
    ready_.clear();
    sent_of_ready_ = 0;
    again_.clear();
}

std::string Dispatcher::Impl::finish(Duration at_most, ReadBack read_back, std::vector<DispatchAnswer>& out) {
    const std::int64_t end_ns = steady_now_ns() + at_most.us * 1000;
    for (std::int64_t now_ns = steady_now_ns(); flights_.size() != 0 && now_ns < end_ns; now_ns = steady_now_ns())
        poll(out, {std::min<std::int64_t>((end_ns - now_ns + 999) / 1000, 100'000)});
    abandon();
    tally_.in_flight(steady_now_ns(), 0);
    hand_out(out);
    cpu_ns_ = working_cpu_ns();
    if (!recording_) return error_;
    try {
        if (read_back == ReadBack::whole) {
            const FinalState state = driver_.read_back();
            recording_->read_back(steady_now_ns() - start_ns_, state);
        }
    } catch (const DriverError& error) {
        error_ = error.what();
    }
    const std::string unwritten = recording_->close();
    if (!unwritten.empty()) error_ = unwritten;
    recording_.reset();
    return error_;
}

std::int64_t Dispatcher::Impl::working_cpu_ns() const {
    return cpu_ns_ >= 0 ? cpu_ns_ : std::max<std::int64_t>(thread_cpu_ns() - cpu_before_ns_ - spun_ns_, 0);
}

LiveFigures Dispatcher::Impl::snapshot() const {
    const std::int64_t now_ns = steady_now_ns();
    LiveFigures out = tally_.live(now_ns);
    out.elapsed_s = static_cast<double>(now_ns - start_ns_) / 1e9;
    out.in_flight = flights_.size();
    out.waiting = flights_.size() - flights_.under_way();
    return out;
}

void Dispatcher::Impl::fill(model::LoadReport& report) const {
    report.set_target(driver_.target());
    report.set_shard(options_.shard);
    report.set_shards(options_.shards);
    tally_.fill(report);
    if (const std::int64_t cpu_ns = working_cpu_ns(); cpu_ns > 0)
        report.set_dispatch_capacity(static_cast<double>(tally_.sent()) * 1e9 / static_cast<double>(cpu_ns));
    const ValidityFigures figures{.lag_p99_ns = tally_.lag().quantile_ns(0.99),
                                  .service_p99_ns = tally_.service().quantile_ns(0.99),
                                  .intended = report.intended(),
                                  .beyond_most_in_flight = beyond_most_in_flight_,
                                  .history_error = error_};
    for (const std::string& reason : reasons_for_invalid(figures, options_)) report.add_invalid(reason);
}

Dispatcher::Dispatcher(Driver& driver, const InitialStock& stock, DispatcherOptions options, const model::HistoryHeader& header)
    : impl_(std::make_unique<Impl>(driver, stock, std::move(options), header)) {}
Dispatcher::~Dispatcher() = default;
std::int64_t Dispatcher::start_ns() const { return impl_->start_ns(); }
std::int64_t Dispatcher::series_begin_ns() const { return impl_->series_begin_ns(); }
void Dispatcher::ask(std::uint64_t tag, const core::Command& command, std::int64_t intended_ns) {
    impl_->take(Impl::Asker::waits, tag, command, intended_ns);
}
void Dispatcher::tell(const core::Command& command, std::int64_t intended_ns) {
    impl_->take(Impl::Asker::goes_on, 0, command, intended_ns);
}
std::size_t Dispatcher::poll(std::vector<DispatchAnswer>& out, Duration at_most) { return impl_->poll(out, at_most); }
std::size_t Dispatcher::in_flight() const { return impl_->in_flight(); }
std::string Dispatcher::finish(Duration at_most, ReadBack read_back, std::vector<DispatchAnswer>& out) {
    return impl_->finish(at_most, read_back, out);
}
std::int64_t Dispatcher::lag_p99_ns() const { return impl_->lag_p99_ns(); }
LiveFigures Dispatcher::snapshot() const { return impl_->snapshot(); }
void Dispatcher::fill(model::LoadReport& report) const { impl_->fill(report); }

}  // namespace lastunit::drivers
