// What a generator costs per operation, in processor time: the dispatcher over a back end that answers at once, and over the
// core's own ledger in the process; with and without a history.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <string>

#include "drivers/inproc/ledger_driver.hpp"
#include "drivers/load/dispatcher.hpp"
#include "drivers/load/instant_driver.hpp"
#include "drivers/load/latency_counts.hpp"
#include "drivers/load/merge_reports.hpp"
#include "model/history.pb.h"

namespace {

using namespace lastunit;
using namespace lastunit::drivers;

constexpr std::uint32_t kNodes = 10, kSkus = 1000;
constexpr std::uint64_t kTogether = 50;  // pairs asked for between two polls

InitialStock shop() {
    InitialStock stock;
    for (std::uint32_t i = 0; i < kNodes; ++i) stock.shape.nodes.push_back("node-" + std::to_string(i));
    for (std::uint32_t i = 0; i < kSkus; ++i) stock.shape.skus.push_back("sku-" + std::to_string(i));
    stock.shape.channels = {"web"};
    stock.units.assign(std::size_t{kNodes} * kSkus, 100'000);
    return stock;
}

// Pairs of hold and confirm, each confirm asked for together with its hold: it waits for its turn in the chain.
void pairs(benchmark::State& state, Driver& driver, const std::string& history) {
    const InitialStock stock = shop();
    driver.prepare(stock);
    DispatcherOptions options;
    options.client = 1;
    options.history = history;
    Dispatcher dispatcher(driver, stock, options, {});
    std::vector<DispatchAnswer> answers;
    core::Command command;
    command.channel = ChannelId(0);
    command.ttl = minutes(10);
    std::uint64_t id = 0;
    for (auto _ : state) {
        for (std::uint64_t i = 0; i < kTogether; ++i) {
            const std::uint64_t scattered = ++id * 0x9e3779b97f4a7c15ULL >> 40U;
            const core::Line line{NodeId(static_cast<std::uint16_t>(scattered % kNodes)),
                                  Sku(static_cast<std::uint32_t>(scattered / kNodes % kSkus)), 1};
            command.kind = core::CommandKind::hold;
            command.id = command.order = id;
            command.lines = {&line, 1};
            const std::int64_t now_ns = steady_now_ns();
            dispatcher.ask(id, command, now_ns);
            command.kind = core::CommandKind::confirm;
            dispatcher.ask(id, command, now_ns);
        }
        while (dispatcher.in_flight() != 0) {
            answers.clear();
            dispatcher.poll(answers, Duration{0});
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(2 * kTogether));
    if (history.empty()) return;
    dispatcher.finish(seconds(10), ReadBack::none, answers);
    unlink(history.c_str());
}

void instant_back_end(benchmark::State& state) {
    InstantDriver driver;
    pairs(state, driver, "");
}
BENCHMARK(instant_back_end);

void instant_back_end_with_history(benchmark::State& state) {
    InstantDriver driver;
    pairs(state, driver, "lastunit-bench-" + std::to_string(getpid()) + ".luh");
}
BENCHMARK(instant_back_end_with_history);

void ledger_in_process(benchmark::State& state) {
    LedgerDriver driver(seconds(1));
    pairs(state, driver, "");
}
BENCHMARK(ledger_in_process);

void counting_a_latency(benchmark::State& state) {
    LatencyCounts counts;
    std::int64_t ns = 1;
    for (auto _ : state) {
        counts.add(ns & 0xfffffff);
        ns = ns * 6364136223846793005LL + 1442695040888963407LL;
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(counting_a_latency);

}  // namespace
