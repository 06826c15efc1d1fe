// What one draw costs: the counter-based generator, each distribution, a weighted choice, an arrival.
#include <benchmark/benchmark.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "model/catalogue.hpp"
#include "model/demand.hpp"
#include "model/distribution.hpp"
#include "model/random.hpp"
#include "model/replay.hpp"

namespace {

using namespace lastunit;
using namespace lastunit::model;

void philox_draw(benchmark::State& state) {
    std::uint64_t entity = 0;
    for (auto _ : state) benchmark::DoNotOptimize(philox(1, Purpose::basket, entity++, 0));
}
BENCHMARK(philox_draw);

void uniform_of_entity(benchmark::State& state) {
    std::uint64_t entity = 0;
    for (auto _ : state) benchmark::DoNotOptimize(model::uniform(1, Purpose::basket, entity++));
}
BENCHMARK(uniform_of_entity);

void stream_uniform(benchmark::State& state) {
    Stream stream(1, Purpose::arrival, 0);
    for (auto _ : state) benchmark::DoNotOptimize(stream.uniform());
}
BENCHMARK(stream_uniform);

// Over uniforms made beforehand, so that only the inversion is timed.
void distribution(benchmark::State& state, Distribution sampled) {
    std::array<double, 1024> uniforms;
    Stream stream(1, Purpose::browse, 0);
    for (double& u : uniforms) u = stream.uniform();
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(sampled.sample_time(uniforms[i++ % uniforms.size()]));
}
BENCHMARK_CAPTURE(distribution, constant, constant(5e6));
BENCHMARK_CAPTURE(distribution, uniform, between(1e6, 5e6));
BENCHMARK_CAPTURE(distribution, exponential, exponential(5e6));
BENCHMARK_CAPTURE(distribution, lognormal, lognormal(5e6, 0.8));
BENCHMARK_CAPTURE(distribution, gamma, gamma(5e6, 0.8));
BENCHMARK_CAPTURE(distribution, weibull, weibull(5e6, 0.8));
BENCHMARK_CAPTURE(distribution, hyperexponential, hyperexponential(5e6, 2));
BENCHMARK_CAPTURE(distribution, weibull_unprepared, Distribution{.kind = Distribution::Kind::weibull, .mean = 5e6, .cv = 0.8});

void discrete_zipf(benchmark::State& state) {
    const Discrete popularity(zipf_weights(static_cast<std::uint32_t>(state.range(0)), 0.87));
    Stream stream(1, Purpose::basket, 0);
    for (auto _ : state) benchmark::DoNotOptimize(popularity(stream.uniform()));
}
BENCHMARK(discrete_zipf)->Arg(10)->Arg(10'000)->Arg(1'000'000);

// Items per second are arrivals per second of wall time.
void arrivals(benchmark::State& state, RatePiece::Shape shape) {
    ArrivalStream stream;
    for (int hour = 0; hour < 24; ++hour)
        stream.rate.push_back({.from = SimTime{hours(hour).us},
                               .until = SimTime{hours(hour + 1).us},
                               .shape = shape,
                               .per_second = 10,
                               .per_second_end = 13,
                               .amplitude = 0.5,
                               .period = hours(24)});
    std::int64_t made = 0;
    for (auto _ : state) {
        Arrivals source(stream, 1, 0, SimTime{hours(24).us});
        while (source.next() < kNever) ++made;
    }
    state.SetItemsProcessed(made);
}
BENCHMARK_CAPTURE(arrivals, flat, RatePiece::Shape::flat)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(arrivals, ramp, RatePiece::Shape::ramp)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(arrivals, sine, RatePiece::Shape::sine)->Unit(benchmark::kMillisecond);

// Items per second are rows; the file is written beforehand.
void replay_load(benchmark::State& state) {
    const std::string path = (std::filesystem::temp_directory_path() / "lastunit-model-bench.csv").string();
    const int rows = 100'000;
    {
        std::ofstream file(path);
        file << "time,order,sku,text,quantity,price\n";
        for (int row = 0; row < rows; ++row)
            file << "2020-05-01 10:" << row / 10'000 % 60 + 10 << ":00," << row / 20 << ",sku" << row % 4'000
                 << ",\"a \"\"quoted\"\" text\"," << 1 + row % 3 << ",9.95\n";
    }
    ReplayOptions options;
    options.columns.time = "time";
    options.columns.order = "order";
    options.columns.sku = "sku";
    options.columns.quantity = "quantity";
    options.columns.price = "price";
    for (auto _ : state) benchmark::DoNotOptimize(load_replay(path, options));
    state.SetItemsProcessed(state.iterations() * rows);
    std::filesystem::remove(path);
}
BENCHMARK(replay_load)->Unit(benchmark::kMillisecond);

}  // namespace
