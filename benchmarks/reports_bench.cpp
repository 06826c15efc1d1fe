// The audit of a history: one million operations on 10,000 SKUs, as popular as Zipf's law has it, by 64 processes, one in a
// hundred without an answer. The target is 10 s on one core, file to verdict.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "reports/audit/audit.hpp"
#include "tests/support/simulated_history.hpp"

namespace {

using namespace lastunit;

const test::MadeHistory& million() {
    static const test::MadeHistory made = [] {
        test::HistoryPlan plan;
        plan.processes = 64;
        plan.nodes = 4;
        plan.skus = 10'000;
        plan.operations = 1'000'000;
        plan.stock = 5;
        plan.zipf = 1;
        plan.lost_answers = 0.01;
        plan.ttl_us = 500'000;
        return test::simulated_history(plan);
    }();
    return made;
}

// Written once, gone with the process.
struct File {
    std::string path = (std::filesystem::temp_directory_path() / "lastunit-million.luh").string();
    File() {
        if (!million().write(path).empty()) std::abort();
    }
    ~File() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};
const std::string& file() {
    static const File written;
    return written.path;
}

void bench_write_history(benchmark::State& state) {
    const std::string path = file() + ".again";
    for (auto _ : state) benchmark::DoNotOptimize(million().write(path));
    state.counters["operations/s"] =
        benchmark::Counter(static_cast<double>(million().operations.size()), benchmark::Counter::kIsIterationInvariantRate);
    state.counters["bytes/operation"] =
        static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(million().operations.size());
    std::filesystem::remove(path);
}
BENCHMARK(bench_write_history)->Unit(benchmark::kMillisecond);

void bench_read_history(benchmark::State& state) {
    const std::vector<std::string> paths{file()};
    for (auto _ : state) benchmark::DoNotOptimize(reports::audit::read_evidence(paths));
}
BENCHMARK(bench_read_history)->Unit(benchmark::kMillisecond);

void bench_audit_a_million(benchmark::State& state) {
    const std::vector<std::string> paths{file()};
    for (auto _ : state) {
        auto read = reports::audit::read_evidence(paths);
        const auto report = reports::audit::audit(std::move(read.evidence));
        state.SetLabel(report.headline());
    }
}
BENCHMARK(bench_audit_a_million)->Unit(benchmark::kMillisecond);

// One SKU, 200 at a time, no reads: what a live run makes of a drop.
void bench_audit_hot_cell_of_a_live_run(benchmark::State& state) {
    test::HistoryPlan plan;
    plan.processes = 200;
    plan.skus = 1;
    plan.operations = 1'000'000;
    plan.stock = 1'000;
    plan.tills = false;
    plan.lost_answers = static_cast<double>(state.range(0)) / 1'000;
    test::MadeHistory made = test::simulated_history(plan);
    std::erase_if(made.operations, [](const auto& of) { return of.op.kind == model::OperationKind::read; });
    const std::string path = (std::filesystem::temp_directory_path() / "lastunit-live.luh").string();
    if (!made.write(path).empty()) std::abort();
    const std::vector<std::string> paths{path};
    for (auto _ : state) {
        auto read = reports::audit::read_evidence(paths);
        state.SetLabel(reports::audit::audit(std::move(read.evidence)).headline());
    }
    std::filesystem::remove(path);
}
BENCHMARK(bench_audit_hot_cell_of_a_live_run)
    ->ArgName("lost_per_mille")
    ->Arg(0)
    ->Arg(1)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

// Everything on one SKU at one node: the hardest cell there can be.
void bench_audit_one_hot_cell(benchmark::State& state) {
    test::HistoryPlan plan;
    plan.processes = 64;
    plan.skus = 1;
    plan.operations = static_cast<std::uint32_t>(state.range(0));
    plan.stock = 1'000;
    plan.tills = state.range(1) != 0;
    plan.lost_answers = static_cast<double>(state.range(2)) / 1'000;
    const std::string path = (std::filesystem::temp_directory_path() / "lastunit-hot.luh").string();
    if (!test::simulated_history(plan).write(path).empty()) std::abort();
    const std::vector<std::string> paths{path};
    for (auto _ : state) {
        auto read = reports::audit::read_evidence(paths);
        state.SetLabel(reports::audit::audit(std::move(read.evidence)).headline());
    }
    std::filesystem::remove(path);
}
BENCHMARK(bench_audit_one_hot_cell)
    ->ArgNames({"operations", "tills", "lost_per_mille"})
    ->Args({100'000, 0, 0})
    ->Args({100'000, 0, 1})
    ->Args({100'000, 0, 10})
    ->Args({100'000, 1, 0})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
