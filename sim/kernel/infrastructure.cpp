#include "sim/kernel/infrastructure.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <deque>
#include <queue>
#include <set>
#include <simgrid/s4u.hpp>

#include "core/assert.hpp"
#include "sim/pool.hpp"

namespace lastunit::sim {

namespace sg = simgrid::s4u;

namespace {

constexpr double kFlops = 1e9;  // of one core: a computation's cost is its CPU time in nanoseconds

// SimGrid counts double seconds, we count int64 microseconds: this is the one place where they meet. A double holds the
// microseconds of 285 years exactly to the nearest one.
double to_seconds(SimTime at) { return static_cast<double>(at.us) * 1e-6; }
SimTime to_time(double seconds) { return SimTime{std::llround(seconds * 1e6)}; }

sg::Engine& the_engine() {
    static sg::Engine* engine = [] {
        // Without logs, without TCP's start-up and window factors: a 50 ms link is 50 ms.
        static char name[] = "lastunit";
        static char log[] = "--log=root.thresh:error";
        static char model[] = "--cfg=network/model:CM02";
        static char latency[] = "--cfg=network/latency-factor:1";
        static char bandwidth[] = "--cfg=network/bandwidth-factor:1";
        static char gamma[] = "--cfg=network/TCP-gamma:0";
        static char cross[] = "--cfg=network/crosstraffic:0";
        static char* arguments[] = {name, log, model, latency, bandwidth, gamma, cross, nullptr};
        int count = 7;
        // SimGrid takes SIGINT for itself, and ends the process on it: whoever runs us decides that, not the simulator.
        struct sigaction interrupt {};
        sigaction(SIGINT, nullptr, &interrupt);
        auto* made = new sg::Engine(&count, arguments);  // never destroyed: SimGrid tears down its own statics at exit
        sigaction(SIGINT, &interrupt, nullptr);
        return made;
    }();
    return *engine;
}

}  // namespace

struct Infrastructure::Engine {
    // A step in flight. SimGrid carries its slot's number as the activity's data: 1 + index, since 0 is "none".
    struct InFlight {
        sg::ActivityPtr keeps_alive;  // an activity nobody holds dies before it ends
        std::uint32_t ticket = 0;
        std::uint64_t serial = 0;        // 0: the slot is free
        std::uint16_t from = 0, to = 0;  // hosts; a computation's are the same
    };
    // A computation that waits for one of its host's threads.
    struct Waiting {
        Duration cpu;
        std::uint32_t ticket = 0;
    };
    struct Threads {
        std::uint32_t all = 0, busy = 0;
        std::deque<Waiting> queue;
    };
    // No step can end before its bound, the uncontended time; entries of ended steps are dropped when they come up.
    struct Bound {
        SimTime at;
        std::uint64_t serial = 0;
        std::uint32_t slot = 0;
        bool operator<(const Bound& other) const { return at > other.at; }
    };

    void track(sg::Activity& activity, std::uint32_t ticket, SimTime bound, std::uint16_t from, std::uint16_t to) {
        const std::uint32_t slot = in_flight.take();
        if (slot >= slots) slots = slot + 1;
        in_flight[slot] = {sg::ActivityPtr(&activity), ticket, ++serials, from, to};
        if (from == to) ++threads[from].busy;
        activity.set_data(reinterpret_cast<void*>(std::uintptr_t{slot} + 1));
        bounds.push({bound, serials, slot});
    }
    void make_hosts(sg::NetZone& zone, const model::Design& design, std::span<const model::Fault> faults);
    void make_routes(sg::NetZone& zone, const model::Design& design);
    SimTime earliest_end() {
        while (!bounds.empty() && in_flight[bounds.top().slot].serial != bounds.top().serial) bounds.pop();
        // One microsecond of grace: SimGrid's doubles may round to just below our bound.
        return bounds.empty() ? kNever : bounds.top().at - microseconds(1);
    }

    bool everything_on() const {
        const auto all = [](const std::vector<char>& on) { return std::find(on.begin(), on.end(), 0) == on.end(); };
        return all(host_on) && all(link_on);
    }

    // The step's slot is free; a computation frees its thread, which somebody may be waiting for.
    void give_back(std::uint32_t slot) {
        InFlight& step = in_flight[slot];
        step.serial = 0;
        if (step.from == step.to) --threads[step.from].busy;
        in_flight.give_back(slot);
    }

    std::vector<sg::Host*> hosts;
    std::vector<Threads> threads;  // [host]
    std::uint64_t waiting = 0;     // computations in all their queues
    std::vector<std::vector<char>> routed;
    std::vector<std::vector<Duration>> latency;                     // of the route
    std::vector<std::vector<std::vector<std::uint16_t>>> links_on;  // [from][to]
    std::vector<char> host_on, link_on;
    std::vector<std::vector<double>> slowness;  // [host]: its factors, by SimGrid's number of the speed
    Pool<InFlight> in_flight;
    std::uint32_t slots = 0;  // of `in_flight`, ever used
    std::priority_queue<Bound> bounds;
    std::uint64_t serials = 0;
    // SimGrid ends a cancelled activity twice, at once as cancelled and at its next step as failed, and needs it until then.
    void forget(const sg::Activity& activity) {
        if (activity.get_state() != sg::Activity::State::FAILED) return;
        const auto found = std::find_if(cancelled.begin(), cancelled.end(),
                                        [&](const sg::ActivityPtr& other) { return other.get() == &activity; });
        if (found == cancelled.end()) return;
        ended.push_back(std::move(*found));
        cancelled.erase(found);
    }

    std::vector<sg::ActivityPtr> cancelled;
    std::vector<sg::ActivityPtr> ended;  // freed once SimGrid has left its loop
    std::set<sg::Activity*> stop;        // SimGrid leaves run_until while this is not empty
};

void Infrastructure::Engine::make_hosts(sg::NetZone& zone, const model::Design& design, std::span<const model::Fault> faults) {
    for (std::uint16_t i = 0; i < design.hosts.size(); ++i) {
        std::vector<double>& factors = slowness.emplace_back(1, 1.0);
        for (const model::Fault& fault : faults) {
            const std::uint16_t stalled = fault.host == model::kNoHost ? design.core_host : fault.host;
            if (fault.kind == model::FaultKind::slow_host && fault.host == i) factors.push_back(fault.factor);
            if (fault.kind == model::FaultKind::stall && stalled == i) factors.push_back(kStalled);
        }
        std::vector<double> speeds;
        for (const double factor : factors) speeds.push_back(kFlops / factor);
        hosts.push_back(
            zone.create_host(design.hosts[i].name, speeds)->set_core_count(static_cast<int>(design.hosts[i].cores))->seal());
    }
    for (const model::Host& host : design.hosts) threads.push_back({host.threads, 0, {}});
    host_on.assign(design.hosts.size(), 1);
    link_on.assign(design.links.size(), 1);
}

// Every pair that links connect gets the route of least latency (Floyd): a scenario names links, not routing tables.
void Infrastructure::Engine::make_routes(sg::NetZone& zone, const model::Design& design) {
    const std::size_t n = design.hosts.size();
    std::vector<std::vector<std::int64_t>> span(n, std::vector<std::int64_t>(n, INT64_MAX / 4));
    links_on.assign(n, std::vector<std::vector<std::uint16_t>>(n));
    std::vector<sg::Link*> wires;
    for (std::uint16_t i = 0; i < design.links.size(); ++i) {
        const model::Link& link = design.links[i];
        wires.push_back(zone.create_link(link.name, link.bytes_per_second)->set_latency(link.latency.seconds())->seal());
        if (link.latency.us >= span[link.a][link.b]) continue;
        span[link.a][link.b] = span[link.b][link.a] = link.latency.us;
        links_on[link.a][link.b] = links_on[link.b][link.a] = {i};
    }
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                if (i != j && i != k && j != k && span[i][k] + span[k][j] < span[i][j]) {
                    span[i][j] = span[i][k] + span[k][j];
                    links_on[i][j] = links_on[i][k];
                    links_on[i][j].insert(links_on[i][j].end(), links_on[k][j].begin(), links_on[k][j].end());
                }
    routed.assign(n, std::vector<char>(n, 0));
    latency.assign(n, std::vector<Duration>(n));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (i == j || links_on[i][j].empty()) continue;
            routed[i][j] = 1;
            latency[i][j] = Duration{span[i][j]};
            std::vector<sg::LinkInRoute> hops;
            for (const std::uint16_t hop : links_on[i][j]) hops.emplace_back(wires[hop]);
            zone.add_route(hosts[i]->get_netpoint(), hosts[j]->get_netpoint(), nullptr, nullptr, hops, false);
        }
    }
}

Infrastructure::Infrastructure(const model::Design& design, std::span<const model::Fault> faults) {
    if (design.hosts.empty()) return;
    static bool used = false;
    LASTUNIT_ASSERT(!used, "one simulated infrastructure per process: fork for the next replication");
    used = true;

    engine_ = std::make_unique<Engine>();
    the_engine();
    auto* zone = sg::create_full_zone("retailer");
    engine_->make_hosts(*zone, design, faults);
    engine_->make_routes(*zone, design);
    zone->seal();

    sg::Activity::set_vetoed_activities(&engine_->stop);
    sg::Activity::on_completion_cb([this](sg::Activity const& activity) {
        const auto number = reinterpret_cast<std::uintptr_t>(activity.get_data<void>());
        if (number == 0) {
            engine_->forget(activity);
            return;
        }
        const auto slot = static_cast<std::uint32_t>(number - 1);
        Engine::InFlight& step = engine_->in_flight[slot];
        LASTUNIT_ASSERT(activity.get_state() != sg::Activity::State::FAILED, "SimGrid is never told that anything is off");
        finished_.push_back({to_time(sg::Engine::get_clock()), step.ticket, false});
        engine_->stop.insert(step.keeps_alive.get());
        engine_->ended.push_back(std::move(step.keeps_alive));
        engine_->give_back(slot);
    });
}

// The run is over: what is still in flight stays in flight, and nobody listens any more.
Infrastructure::~Infrastructure() {
    if (!engine_) return;
    sg::Activity::set_vetoed_activities(nullptr);
    [[maybe_unused]] auto* outlives = engine_.release();  // SimGrid's own clean-up at exit still refers to the activities
}

bool Infrastructure::connected(std::uint16_t from, std::uint16_t to) const { return exists() && engine_->routed[from][to] != 0; }

void Infrastructure::compute(SimTime now, std::uint16_t host, Duration cpu, std::uint32_t ticket) {
    if (!is_on(host)) {
        fail(now, ticket);
        return;
    }
    Engine::Threads& threads = engine_->threads[host];
    if (threads.busy < threads.all) catch_up(now);  // may end steps, and begin those that wait for their threads
    if (threads.busy >= threads.all || !threads.queue.empty()) {
        threads.queue.push_back({cpu, ticket});
        ++engine_->waiting;
        return;
    }
    execute(host, now, cpu, ticket);
    earliest_end_ = engine_->earliest_end();
}

void Infrastructure::execute(std::uint16_t host, SimTime now, Duration cpu, std::uint32_t ticket) {
    sg::ExecPtr exec = sg::Exec::init();
    exec->set_flops_amount(cpu.seconds() * kFlops);
    exec->set_host(engine_->hosts[host]);
    engine_->track(*exec, ticket, now + cpu, host, host);
    exec->start();
    ++activities_;
}

// SimGrid has stopped at the end of a step: whoever waits for its thread begins at that very instant.
void Infrastructure::begin_waiting() {
    if (engine_->waiting == 0) return;
    const SimTime now = to_time(sg::Engine::get_clock());
    for (std::uint16_t host = 0; host < engine_->threads.size(); ++host) {
        Engine::Threads& threads = engine_->threads[host];
        while (!threads.queue.empty() && threads.busy < threads.all) {
            const Engine::Waiting next = threads.queue.front();
            threads.queue.pop_front();
            --engine_->waiting;
            execute(host, now, next.cpu, next.ticket);
        }
    }
}

void Infrastructure::transfer(SimTime now, std::uint16_t from, std::uint16_t to, double bytes, std::uint32_t ticket) {
    if (!all_on_ && !passable(from, to)) {
        fail(now, ticket);
        return;
    }
    catch_up(now);
    sg::CommPtr comm = sg::Comm::sendto_init(engine_->hosts[from], engine_->hosts[to]);
    comm->set_payload_size(static_cast<std::uint64_t>(std::max(1.0, bytes)));
    engine_->track(*comm, ticket, now + engine_->latency[from][to], from, to);
    comm->start();
    started();
}

void Infrastructure::started() {
    ++activities_;
    earliest_end_ = engine_->earliest_end();
}

// --- what is off, and what is slow ---

bool Infrastructure::is_host_on(std::uint16_t host) const { return engine_->host_on[host] != 0; }

bool Infrastructure::passable(std::uint16_t from, std::uint16_t to) const {
    if (!is_on(from) || !is_on(to)) return false;
    const std::vector<std::uint16_t>& links = engine_->links_on[from][to];
    return std::all_of(links.begin(), links.end(), [&](std::uint16_t link) { return engine_->link_on[link] != 0; });
}

// In the order of their slots: the same in every build.
template <class Hit> void Infrastructure::fail_all(SimTime now, Hit hit) {
    catch_up(now);
    for (std::uint32_t slot = 0; slot < engine_->slots; ++slot) {
        Engine::InFlight& step = engine_->in_flight[slot];
        if (step.serial == 0 || !hit(step)) continue;
        fail(now, step.ticket);
        step.keeps_alive->set_data(nullptr);  // nobody listens to its end any more
        step.keeps_alive->suspend();          // cancelled alone, it would keep its share until SimGrid's next step
        step.keeps_alive->cancel();
        engine_->cancelled.push_back(std::move(step.keeps_alive));
        engine_->give_back(slot);
    }
    earliest_end_ = engine_->earliest_end();
}

void Infrastructure::turn_host(SimTime now, std::uint16_t host, Power power) {
    engine_->host_on[host] = power == Power::on ? 1 : 0;
    all_on_ = engine_->everything_on();
    if (power == Power::on) return;
    fail_all(now, [&](const Engine::InFlight& step) { return step.from == host || step.to == host; });
    std::deque<Engine::Waiting>& queue = engine_->threads[host].queue;
    for (const Engine::Waiting& waiting : queue) fail(now, waiting.ticket);
    engine_->waiting -= queue.size();
    queue.clear();
}

void Infrastructure::turn_link(SimTime now, std::uint16_t link, Power power) {
    engine_->link_on[link] = power == Power::on ? 1 : 0;
    all_on_ = engine_->everything_on();
    if (power == Power::on) return;
    fail_all(now, [&](const Engine::InFlight& step) {
        const std::vector<std::uint16_t>& links = engine_->links_on[step.from][step.to];
        return std::find(links.begin(), links.end(), link) != links.end();
    });
}

void Infrastructure::slow_down(SimTime now, std::uint16_t host, double factor) {
    catch_up(now);
    earliest_end_ = engine_->earliest_end();
    const std::vector<double>& factors = engine_->slowness[host];
    const auto found = std::find(factors.begin(), factors.end(), factor);
    LASTUNIT_ASSERT(found != factors.end(), "a host was not made with this speed");
    engine_->hosts[host]->set_pstate(static_cast<unsigned long>(found - factors.begin()));
}

// Moves SimGrid's clock to `until`, or to the first end of a step before it.
bool Infrastructure::run(SimTime until) {
    const double target = to_seconds(until);
    // run_until stops within 10 us of its target: ask again until it is there.
    while (sg::Engine::get_clock() < target && finished_.empty()) {
        the_engine().run_until(target);
        engine_->stop.clear();
    }
    engine_->ended.clear();
    if (finished_.empty()) return false;
    begin_waiting();
    earliest_end_ = engine_->earliest_end();
    return true;
}

// A step begins at SimGrid's present: bring it to ours. The main loop has seen every end before now already, but for those that
// rounding puts just before it.
void Infrastructure::catch_up(SimTime now) {
    const double target = to_seconds(now);
    while (sg::Engine::get_clock() < target) {
        the_engine().run_until(target);
        engine_->stop.clear();
        begin_waiting();
    }
}

}  // namespace lastunit::sim
