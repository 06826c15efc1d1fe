// The generator against the served core: one that stalls, and one that is killed and comes back.
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <thread>

#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/load/constant_rate.hpp"
#include "model/history.pb.h"
#include "tests/drivers/served.hpp"
#include "tests/drivers/shop.hpp"

namespace lastunit::drivers::tests {
namespace {

constexpr Quantity kUnits = 1'000'000;

std::vector<std::string> words_for(const std::string& data, const std::string& listen) {
    return {"serve",
            "--listen",
            listen,
            "--nodes",
            std::to_string(kNodes),
            "--skus",
            std::to_string(kSkus),
            "--units",
            std::to_string(kUnits),
            "--data",
            data};
}

InitialStock stock_of(const Served& served) {
    const auto there = served.client().describe(seconds(10));
    InitialStock stock;
    stock.shape.nodes.assign(there.nodes().begin(), there.nodes().end());
    stock.shape.skus.assign(there.skus().begin(), there.skus().end());
    stock.shape.channels.assign(there.channels().begin(), there.channels().end());
    stock.units.assign(std::size_t{kNodes} * kSkus, kUnits);
    return stock;
}

ConstantRateOptions two_thousand_a_second() {
    ConstantRateOptions options;
    options.phases = {{seconds(3), 1000, 1000}};  // pairs
    return options;
}

std::int64_t allocated_in(const FinalState& state) {
    std::int64_t sum = 0;
    for (const FinalState::Stock& cell : state.stock) sum += cell.allocated;
    return sum;
}

TEST_CASE("load: a server that stops for a second holds up its answers and not the generator") {
    const auto way = GENERATE(GrpcDriver::Way::calls, GrpcDriver::Way::stream);
    const TempFolder folder;
    const Served served(LASTUNIT_BINARY, words_for(folder.path("data"), "127.0.0.1:0"));
    GrpcDriver driver({.target = served.address(), .token = "", .roots = ""}, way);
    const InitialStock stock = stock_of(served);
    DispatcherOptions options;
    options.client = 1;
    Dispatcher dispatcher(driver, stock, options, {});
    std::thread stall([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        served.send(SIGSTOP);
        std::this_thread::sleep_for(std::chrono::seconds(1));
        served.send(SIGCONT);
    });
    const ConstantRateResult result = run_constant_rate(dispatcher, stock, two_thousand_a_second());
    stall.join();
    CHECK(result.holds > 2500);
    CHECK(result.confirmed == result.holds);
    model::LoadReport report;
    dispatcher.fill(report);
    CHECK(report.response().max_ns() > 900'000'000);
    CHECK(report.intended() == report.applied());
    // A thread that had waited for the server would have been late for a third of the schedule.
    CAPTURE(dispatcher.lag_p99_ns());
    CHECK(dispatcher.lag_p99_ns() < 500'000'000);
}

TEST_CASE("load: a server that is killed and comes back has everything that it acknowledged, and every answer becomes known") {
    const auto way = GENERATE(GrpcDriver::Way::calls, GrpcDriver::Way::stream);
    const TempFolder folder;
    auto served = std::make_unique<Served>(LASTUNIT_BINARY, words_for(folder.path("data"), "127.0.0.1:0"));
    const std::string address = served->address();
    GrpcDriver driver({.target = address, .token = "", .roots = ""}, way);
    const InitialStock stock = stock_of(*served);
    DispatcherOptions options;
    options.client = 1;
    options.history = folder.path("run.luh");
    Dispatcher dispatcher(driver, stock, options, {});
    std::thread crash([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        served->send(SIGKILL);
        served->wait();
        served = std::make_unique<Served>(LASTUNIT_BINARY, words_for(folder.path("data"), address));
    });
    const ConstantRateResult result = run_constant_rate(dispatcher, stock, two_thousand_a_second());
    crash.join();
    std::vector<DispatchAnswer> late;
    CHECK(dispatcher.finish(seconds(60), ReadBack::whole, late).empty());
    model::LoadReport report;
    dispatcher.fill(report);
    CAPTURE(report.attempts(), report.no_answer(), report.overloaded(), report.resolved());
    CHECK(report.attempts() > report.intended());
    CHECK(result.unknown == 0);
    CHECK(report.unknown() == 0);
    CHECK(result.confirmed == result.holds);
    CHECK(allocated_in(driver.read_back()) == static_cast<std::int64_t>(result.confirmed));
    CHECK(std::system((std::string(LASTUNIT_BINARY) + " audit " + options.history + " > /dev/null").c_str()) == 0);  // sound
}

}  // namespace
}  // namespace lastunit::drivers::tests
