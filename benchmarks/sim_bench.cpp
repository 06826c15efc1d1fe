// The simulator's speed: a whole Black Friday beside a bare binary heap of as many pending events, in the same run, because
// absolute figures move with the machine.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <vector>

#include "model/random.hpp"
#include "scenarios/loader.hpp"
#include "sim/kernel/event_queue.hpp"
#include "sim/simulation.hpp"
#include "tests/support/forked.hpp"

namespace {

using namespace lastunit;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Later {
    bool operator()(const sim::PendingEvent& a, const sim::PendingEvent& b) const { return b < a; }
};
using BareHeap = std::priority_queue<sim::PendingEvent, std::vector<sim::PendingEvent>, Later>;

// The hold model: pop the earliest, push one a random time later, with `pending` events in the heap. Events per second.
template <class Push, class Pop> double hold_model(std::size_t pending, std::size_t events, Push push, Pop pop) {
    model::Stream random(1, model::Purpose::property, 0);
    std::vector<std::int64_t> delays(4096);
    for (std::int64_t& delay : delays) delay = static_cast<std::int64_t>(random() % 600'000'000);
    for (std::size_t i = 0; i < pending; ++i) push(SimTime{delays[i % delays.size()] + static_cast<std::int64_t>(i)}, i);
    const auto start = Clock::now();
    for (std::size_t i = 0; i < events; ++i) push(pop() + Duration{delays[i % delays.size()]}, i);
    return static_cast<double>(events) / seconds_since(start);
}

double bare_heap_rate(std::size_t pending, std::size_t events) {
    BareHeap heap;
    std::uint64_t sequence = 0;
    return hold_model(
        pending, events,
        [&](SimTime at, std::size_t i) {
            heap.push({at, sequence++, static_cast<std::uint32_t>(i), sim::EventKind::shopper});
        },
        [&] {
            const SimTime at = heap.top().at;
            heap.pop();
            return at;
        });
}

double event_queue_rate(std::size_t pending, std::size_t events) {
    sim::EventQueue queue;
    return hold_model(
        pending, events,
        [&](SimTime at, std::size_t i) { queue.push(at, sim::EventKind::shopper, static_cast<std::uint32_t>(i)); },
        [&] { return queue.pop().at; });
}

void bare_binary_heap(benchmark::State& state) {
    double rate = 0;
    for (auto _ : state) rate = bare_heap_rate(static_cast<std::size_t>(state.range(0)), 2'000'000);
    state.counters["events/s"] = rate;
}
BENCHMARK(bare_binary_heap)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);

void event_queue(benchmark::State& state) {
    double rate = 0;
    for (auto _ : state) rate = event_queue_rate(static_cast<std::size_t>(state.range(0)), 2'000'000);
    state.counters["events/s"] = rate;
}
BENCHMARK(event_queue)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);

struct Whole {
    double seconds = 0, cpu_seconds = 0, events = 0, pending = 0, memory_mib = 0;
};

double cpu_seconds(const rusage& usage) {
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// One run in a process of its own: SimGrid's engine lives once per process, and the peak memory is the run's own.
Whole run_once(const std::string& name, std::uint64_t seed, sim::Judging judging = sim::Judging::on) {
    const std::string answer = tests::in_child([&] {
        const scenarios::Library library({scenarios::library_folder()});
        const scenarios::Loaded loaded = scenarios::load(name, {}, library);
        if (!loaded.scenario) std::abort();
        sim::RunOptions options;
        options.seed = seed;
        options.judging = judging;
        rusage before{}, usage{};
        getrusage(RUSAGE_SELF, &before);
        const auto start = Clock::now();
        const model::RunRecord record = sim::run(*loaded.scenario, options);
        const double seconds = seconds_since(start);
        getrusage(RUSAGE_SELF, &usage);
        return std::to_string(seconds) + " " + std::to_string(cpu_seconds(usage) - cpu_seconds(before)) + " " +
               std::to_string(record.identity().events()) + " " + std::to_string(record.identity().peak_pending_events()) + " " +
               std::to_string(usage.ru_maxrss / 1024);
    });
    Whole whole;
    if (std::sscanf(answer.c_str(), "%lf %lf %lf %lf %lf", &whole.seconds, &whole.cpu_seconds, &whole.events, &whole.pending,
                    &whole.memory_mib) != 5)
        std::abort();
    return whole;
}

void whole_run(benchmark::State& state, const std::string& name) {
    Whole whole;
    std::uint64_t seed = 0;
    for (auto _ : state) {
        whole = run_once(name, ++seed);
        state.SetIterationTime(whole.seconds);
    }
    const double heap = bare_heap_rate(static_cast<std::size_t>(whole.pending), 2'000'000);
    state.counters["events"] = whole.events;
    state.counters["events/s"] = whole.events / whole.seconds;
    state.counters["pending"] = whole.pending;
    state.counters["bare_heap/s"] = heap;
    state.counters["of_bare_heap"] = whole.events / whole.seconds / heap;
    state.counters["MiB"] = whole.memory_mib;
}
BENCHMARK_CAPTURE(whole_run, black_friday, std::string("black-friday"))
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(5)
    ->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(whole_run, flash_drop, std::string("flash-drop"))
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(3)
    ->Unit(benchmark::kSecond);

// What holding every promise against the truth costs, causes included: the same runs with and without, in turns; CPU time, since
// machines have other things to do.
void judging(benchmark::State& state, const std::string& name) {
    double with = 0, without = 0;
    std::uint64_t seed = 0;
    for (auto _ : state) {
        without += run_once(name, ++seed, sim::Judging::off).cpu_seconds;
        with += run_once(name, seed, sim::Judging::on).cpu_seconds;
    }
    state.counters["with_s"] = with / static_cast<double>(seed);
    state.counters["without_s"] = without / static_cast<double>(seed);
    state.counters["cost_of_judging"] = with / without - 1;
}
BENCHMARK_CAPTURE(judging, black_friday, std::string("black-friday"))->Iterations(5)->Unit(benchmark::kSecond);

}  // namespace
