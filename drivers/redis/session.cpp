#include "drivers/redis/session.hpp"

#include <poll.h>

#include <algorithm>
#include <ctime>

#include "drivers/redis/sweep_flow.hpp"

namespace lastunit::drivers::redis {

namespace {

constexpr std::int64_t kFirstPauseNs = 2'000'000;
constexpr std::int64_t kLongestPauseNs = 100'000'000;

}  // namespace

RedisSession::RedisSession(const Address& address, const RedisOptions& options, const ShopSize& size, Duration patience)
    : address_(address), options_(options), size_(size) {
    const std::int64_t end_ns = steady_now_ns() + patience.us * 1000;
    for (unsigned i = 0; i < options_.connections_per_session(); ++i) {
        Lane& lane = lanes_.emplace_back();
        lane.connection = std::make_unique<Connection>(address_, options_);
        lane.connection->connect();
    }
    for (Lane& lane : lanes_) {
        while (lane.connection->state() != Connection::State::ready) {
            const std::int64_t now_ns = steady_now_ns();
            if (lane.connection->state() == Connection::State::down)
                throw DriverError(options_.target() + ": " + lane.connection->problem());
            if (now_ns >= end_ns) throw DriverError(options_.target() + ": no connection in time");
            pollfd ask{lane.connection->descriptor(), lane.connection->wanted(), 0};
            ::poll(&ask, 1, 1 + static_cast<int>((end_ns - now_ns) / 1'000'000));
            std::int64_t ignored = 0;
            lane.connection->advance(arrived_, ignored);
        }
    }
    arrived_.clear();
}

RedisSession::~RedisSession() = default;

std::uint32_t RedisSession::new_flight(std::uint64_t tag, std::unique_ptr<Flow> flow, Owner owner) {
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(flights_.size()));
        flights_.emplace_back();
    }
    const std::uint32_t number = free_.back();
    free_.pop_back();
    Flight& flight = flights_[number];
    flight.tag = tag;
    flight.flow = std::move(flow);
    flight.owner = owner;
    flight.given_up = flight.begun = false;
    flight.sweep = nullptr;
    return number;
}

void RedisSession::free_flight(std::uint32_t flight) {
    ++flights_[flight].use;
    flights_[flight].flow.reset();
    free_.push_back(flight);
}

// The next one that is ready, and free where an operation needs it to itself.
RedisSession::Lane* RedisSession::lane_for_another(Completion& refusal) {
    refusal.settled = Settled::refused;
    refusal.cause = Cause::unavailable;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        Lane& lane = lanes_[turn_++ % lanes_.size()];
        if (lane.steps.empty()) serve(lane);  // a connection that was closed while nothing was under way is seen here
        if (lane.connection->state() != Connection::State::ready) continue;
        refusal.cause = Cause::overloaded;
        if (exclusive() ? lane.steps.empty() : lane.steps.size() < kMostUnderWay) return &lane;
    }
    return nullptr;
}

void RedisSession::start(std::uint32_t flight) {
    Completion refusal;
    if (Lane* lane = lane_for_another(refusal)) {
        begin(flight, *lane);
    } else if (exclusive() && refusal.cause == Cause::overloaded && waiting_.size() < kMostUnderWay) {
        waiting_.push_back(flight);
    } else {
        tell(flight, refusal.settled, refusal.cause);
        free_flight(flight);
    }
}

void RedisSession::begin(std::uint32_t flight, Lane& lane) {
    Step step{.flight = flight, .replies_left = 0, .from = lane.connection->appended()};
    flights_[flight].begun = true;
    step.replies_left = flights_[flight].flow->begin(lane.connection->out());
    step.to = lane.connection->appended();
    lane.steps.push_back(step);
}

void RedisSession::begin_waiting() {
    while (!waiting_.empty()) {
        const std::uint32_t flight = waiting_.front();
        if (!flights_[flight].given_up) {
            Completion refusal;
            Lane* lane = lane_for_another(refusal);
            if (lane == nullptr && refusal.cause == Cause::overloaded) return;
            if (lane != nullptr) {
                begin(flight, *lane);
                lane->connection->flush();
                waiting_.pop_front();
                continue;
            }
            tell(flight, refusal.settled, refusal.cause);
        }
        waiting_.pop_front();
        free_flight(flight);
    }
}

void RedisSession::submit(std::span<const Operation> operations) {
    const std::int64_t now_ns = steady_now_ns();
    look_after(now_ns);
    for (const Operation& operation : operations) {
        ++in_flight_;
        if (!supports(options_.mode, operation.command.kind)) {
            done_.push_back(
                {.tag = operation.tag, .settled = Settled::refused, .cause = Cause::unsupported, .at_ns = steady_now_ns()});
            continue;
        }
        auto flow = options_.mode == RedisMode::lua
                        ? lua_flow(operation.command, size_, options_.key_retention)
                        : client_flow(options_.mode, operation.command, size_, options_.key_retention);
        const std::uint32_t flight = new_flight(operation.tag, std::move(flow), Owner::caller);
        deadlines_.push({now_ns + operation.timeout.us * 1000, flight, flights_[flight].use});
        start(flight);
    }
    for (Lane& lane : lanes_) lane.connection->flush();
}

std::size_t RedisSession::poll(std::vector<Completion>& out, Duration at_most) {
    std::int64_t now_ns = steady_now_ns();
    const std::int64_t end_ns = now_ns + std::max<std::int64_t>(0, at_most.us) * 1000;
    for (;;) {
        for (Lane& lane : lanes_)
            if (!lane.steps.empty() || lane.connection->state() != Connection::State::ready) serve(lane);
        look_after(now_ns);
        if (!waiting_.empty()) begin_waiting();
        if (!done_.empty() || now_ns >= end_ns) break;
        wait(end_ns);
        now_ns = steady_now_ns();
    }
    const std::size_t count = done_.size();
    out.insert(out.end(), done_.begin(), done_.end());
    done_.clear();
    in_flight_ -= count;
    return count;
}

// Until something happens on a connection, or the next thing is due.
void RedisSession::wait(std::int64_t until_ns) {
    std::vector<pollfd> asked;
    asked.reserve(lanes_.size());
    for (const Lane& lane : lanes_) {
        if (lane.connection->state() == Connection::State::down) {
            until_ns = std::min(until_ns, lane.retry_ns);
        } else {
            asked.push_back({lane.connection->descriptor(), lane.connection->wanted(), 0});
        }
    }
    if (!deadlines_.empty()) until_ns = std::min(until_ns, deadlines_.top().at_ns);
    if (options_.mode != RedisMode::lua && !sweeping_) until_ns = std::min(until_ns, next_sweep_ns_);
    const std::int64_t span = std::max<std::int64_t>(0, until_ns - steady_now_ns());
    const timespec time{span / 1'000'000'000, span % 1'000'000'000};
    const int ready = ::ppoll(asked.data(), asked.size(), &time, nullptr);
    if (ready <= 0) return;
    // Connections with nothing under way too: the end of one is seen here.
    for (Lane& lane : lanes_)
        if (lane.steps.empty()) serve(lane);
}

void RedisSession::serve(Lane& lane) {
    if (lane.connection->state() == Connection::State::down) return;
    std::int64_t arrived_ns = steady_now_ns();
    arrived_.clear();
    lane.connection->advance(arrived_, arrived_ns);
    for (Reply& reply : arrived_) {
        if (lane.steps.empty()) continue;  // said to nobody: what it means shows in the connection's end
        lane.replies.push_back(std::move(reply));
        if (--lane.steps.front().replies_left == 0) finish_step(lane, arrived_ns);
    }
    if (lane.connection->state() == Connection::State::down) return lose(lane);
    if (lane.connection->state() == Connection::State::ready) {
        lane.pause_ns = 0;
        lane.connection->flush();
    }
}

void RedisSession::finish_step(Lane& lane, std::int64_t arrived_ns) {
    Step step = lane.steps.front();
    lane.steps.pop_front();
    Flight& flight = flights_[step.flight];
    if (!flight.given_up) {
        Completion completion{.tag = flight.tag};
        step.from = lane.connection->appended();
        step.replies_left = flight.flow->next(lane.replies, lane.connection->out(), completion);
        step.to = lane.connection->appended();
        if (step.replies_left != 0) {
            lane.replies.clear();
            lane.steps.push_back(step);
            return;
        }
        completion.at_ns = arrived_ns;
        if (flight.owner == Owner::caller) done_.push_back(completion);
    }
    lane.replies.clear();
    if (flight.sweep != nullptr) {
        sweeping_ = false;
        due_.insert(due_.end(), flight.sweep->due().begin(), flight.sweep->due().end());
        if (flight.sweep->more()) next_sweep_ns_ = 0;
    }
    free_flight(step.flight);
}

void RedisSession::tell(std::uint32_t number, Settled settled, Cause cause) {
    const Flight& flight = flights_[number];
    if (flight.owner == Owner::caller)
        done_.push_back({.tag = flight.tag, .settled = settled, .cause = cause, .at_ns = steady_now_ns()});
}

void RedisSession::settle_lost(const Step& step, const Lane& lane) {
    const Flight& flight = flights_[step.flight];
    if (flight.sweep != nullptr) sweeping_ = false;
    if (!flight.given_up) {
        const std::uint64_t sent = lane.connection->sent();
        const Flow::Effect effect = flight.flow->effect();
        const bool harmless = effect == Flow::Effect::none || (effect == Flow::Effect::whole && sent < step.to) ||
                              (effect == Flow::Effect::anywhere && sent <= step.from);
        if (harmless) {
            tell(step.flight, Settled::refused, Cause::unavailable);
        } else {
            tell(step.flight, Settled::unknown, Cause::no_answer);
        }
    }
    free_flight(step.flight);
}

void RedisSession::lose(Lane& lane) {
    for (const Step& step : lane.steps) settle_lost(step, lane);
    lane.steps.clear();
    lane.replies.clear();
    lane.retry_ns = steady_now_ns() + lane.pause_ns;
    lane.pause_ns = std::clamp(lane.pause_ns * 2, kFirstPauseNs, kLongestPauseNs);
}

void RedisSession::look_after(std::int64_t now_ns) {
    give_up_late(now_ns);
    for (Lane& lane : lanes_) {
        if (lane.connection->state() != Connection::State::down || lane.retry_ns > now_ns) continue;
        lane.connection->connect();
        lane.connection->state() == Connection::State::down ? lose(lane) : serve(lane);
    }
    if (options_.mode == RedisMode::lua) return;
    for (const std::string& hold : due_)
        start(new_flight(0, expiry_flow(options_.mode, hold, options_.key_retention), Owner::session));
    due_.clear();
    sweep_when_due(now_ns);
    for (Lane& lane : lanes_) lane.connection->flush();
}

void RedisSession::give_up_late(std::int64_t now_ns) {
    while (!deadlines_.empty()) {
        const Deadline next = deadlines_.top();
        Flight& flight = flights_[next.flight];
        const bool over = flight.use != next.use;
        if (!over && next.at_ns > now_ns) return;
        deadlines_.pop();
        if (over) continue;
        // What is sent only reads, or nothing is: it goes no further. Anything else may take effect as late as it likes.
        const bool harmless = !flight.begun || flight.flow->effect() == Flow::Effect::none;
        tell(next.flight, harmless ? Settled::refused : Settled::unknown, harmless ? Cause::late : Cause::no_answer);
        flight.given_up = true;
    }
}

void RedisSession::sweep_when_due(std::int64_t now_ns) {
    if (sweeping_ || now_ns < next_sweep_ns_) return;
    next_sweep_ns_ = now_ns + kSweepEvery.us * 1000;
    Completion refusal;
    Lane* lane = lane_for_another(refusal);
    if (lane == nullptr) return;
    auto flow = std::make_unique<SweepFlow>();
    SweepFlow* sweep = flow.get();
    const std::uint32_t flight = new_flight(0, std::move(flow), Owner::session);
    flights_[flight].sweep = sweep;
    sweeping_ = true;
    begin(flight, *lane);
}

}  // namespace lastunit::drivers::redis
