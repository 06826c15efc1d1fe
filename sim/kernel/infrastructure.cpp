#include "sim/kernel/infrastructure.hpp"

#include <cmath>
#include <csignal>
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
        std::uint64_t serial = 0;  // 0: the slot is free
    };
    // No step can end before its bound, the uncontended time; entries of ended steps are dropped when they come up.
    struct Bound {
        SimTime at;
        std::uint64_t serial = 0;
        std::uint32_t slot = 0;
        bool operator<(const Bound& other) const { return at > other.at; }
    };

    void track(sg::Activity& activity, std::uint32_t ticket, SimTime bound) {
        const std::uint32_t slot = in_flight.take();
        in_flight[slot] = {sg::ActivityPtr(&activity), ticket, ++serials};
        activity.set_data(reinterpret_cast<void*>(std::uintptr_t{slot} + 1));
        bounds.push({bound, serials, slot});
    }
    SimTime earliest_end() {
        while (!bounds.empty() && in_flight[bounds.top().slot].serial != bounds.top().serial) bounds.pop();
        // One microsecond of grace: SimGrid's doubles may round to just below our bound.
        return bounds.empty() ? kNever : bounds.top().at - microseconds(1);
    }

    std::vector<sg::Host*> hosts;
    std::vector<std::vector<char>> routed;
    std::vector<std::vector<Duration>> latency;  // of the route
    Pool<InFlight> in_flight;
    std::priority_queue<Bound> bounds;
    std::uint64_t serials = 0;
    std::vector<sg::ActivityPtr> ended;  // freed once SimGrid has left its loop
    std::set<sg::Activity*> stop;        // SimGrid leaves run_until while this is not empty
};

Infrastructure::Infrastructure(const model::Design& design) {
    if (design.hosts.empty()) return;
    static bool used = false;
    LASTUNIT_ASSERT(!used, "one simulated infrastructure per process: fork for the next replication");
    used = true;

    engine_ = std::make_unique<Engine>();
    the_engine();
    auto* zone = sg::create_full_zone("retailer");
    for (const model::Host& host : design.hosts)
        engine_->hosts.push_back(zone->create_host(host.name, kFlops)->set_core_count(static_cast<int>(host.cores))->seal());

    // Every pair that links connect gets the route of least latency (Floyd): a scenario names links, not routing tables.
    const std::size_t n = design.hosts.size();
    std::vector<std::vector<std::int64_t>> span(n, std::vector<std::int64_t>(n, INT64_MAX / 4));
    std::vector<std::vector<std::vector<sg::Link*>>> path(n, std::vector<std::vector<sg::Link*>>(n));
    for (const model::Link& link : design.links) {
        auto* wire = zone->create_link(link.name, link.bytes_per_second)->set_latency(link.latency.seconds())->seal();
        if (link.latency.us >= span[link.a][link.b]) continue;
        span[link.a][link.b] = span[link.b][link.a] = link.latency.us;
        path[link.a][link.b] = path[link.b][link.a] = {wire};
    }
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                if (i != j && i != k && j != k && span[i][k] + span[k][j] < span[i][j]) {
                    span[i][j] = span[i][k] + span[k][j];
                    path[i][j] = path[i][k];
                    path[i][j].insert(path[i][j].end(), path[k][j].begin(), path[k][j].end());
                }
    engine_->routed.assign(n, std::vector<char>(n, 0));
    engine_->latency.assign(n, std::vector<Duration>(n));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (i == j || path[i][j].empty()) continue;
            engine_->routed[i][j] = 1;
            engine_->latency[i][j] = Duration{span[i][j]};
            std::vector<sg::LinkInRoute> hops;
            for (sg::Link* hop : path[i][j]) hops.emplace_back(hop);
            zone->add_route(engine_->hosts[i]->get_netpoint(), engine_->hosts[j]->get_netpoint(), nullptr, nullptr, hops, false);
        }
    }
    zone->seal();

    sg::Activity::set_vetoed_activities(&engine_->stop);
    sg::Activity::on_completion_cb([this](sg::Activity const& activity) {
        const auto number = reinterpret_cast<std::uintptr_t>(activity.get_data<void>());
        if (number == 0) return;
        const auto slot = static_cast<std::uint32_t>(number - 1);
        Engine::InFlight& step = engine_->in_flight[slot];
        LASTUNIT_ASSERT(activity.get_state() != sg::Activity::State::FAILED, "no scenario takes a host or a link down yet");
        finished_.push_back({to_time(sg::Engine::get_clock()), step.ticket});
        engine_->stop.insert(step.keeps_alive.get());
        engine_->ended.push_back(std::move(step.keeps_alive));
        step.serial = 0;
        engine_->in_flight.give_back(slot);
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
    catch_up(now);
    sg::ExecPtr exec = sg::Exec::init();
    exec->set_flops_amount(cpu.seconds() * kFlops);
    exec->set_host(engine_->hosts[host]);
    engine_->track(*exec, ticket, now + cpu);
    exec->start();
    started();
}

void Infrastructure::transfer(SimTime now, std::uint16_t from, std::uint16_t to, double bytes, std::uint32_t ticket) {
    catch_up(now);
    sg::CommPtr comm = sg::Comm::sendto_init(engine_->hosts[from], engine_->hosts[to]);
    comm->set_payload_size(static_cast<std::uint64_t>(std::max(1.0, bytes)));
    engine_->track(*comm, ticket, now + engine_->latency[from][to]);
    comm->start();
    started();
}

void Infrastructure::started() {
    ++activities_;
    earliest_end_ = engine_->earliest_end();
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
    earliest_end_ = engine_->earliest_end();
    return true;
}

// A step begins at SimGrid's present: bring it to ours. The main loop has seen every end before now already.
void Infrastructure::catch_up(SimTime now) {
    const double target = to_seconds(now);
    while (sg::Engine::get_clock() < target) {
        the_engine().run_until(target);
        engine_->stop.clear();
    }
}

}  // namespace lastunit::sim
