// kill -9 under load, again and again: what was acknowledged is there, what was not is applied once or not at all.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdio>
#include <thread>

#include "drivers/grpc/grpc_driver.hpp"
#include "tests/drivers/served.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

constexpr std::uint64_t kClient = 7;
constexpr std::size_t kBatch = 50;

std::vector<std::string> words_for(const std::string& data) {
    return {"--nodes", std::to_string(kNodes), "--skus", std::to_string(kSkus), "--units", "100000000", "--data",
            data,      "--snapshot-every",     "20000"};
}

struct Sent {
    Settled settled = Settled::unknown;
    std::uint64_t sequence = 0;
};

// Sends holds n = sent.size() + 1 ... until the stream breaks.
void load(Session& session, std::vector<Sent>& sent) {
    std::vector<core::Line> lines(kBatch);
    std::vector<Operation> operations(kBatch);
    std::vector<Completion> out;
    const auto take = [&](Duration at_most) {
        out.clear();
        session.poll(out, at_most);
        bool broken = false;
        for (const Completion& completion : out) {
            sent[completion.tag - 1] = {completion.settled, completion.sequence};
            broken = broken || completion.settled == Settled::unknown;
        }
        return broken;
    };
    for (bool broken = false; !broken;) {
        const std::size_t first = sent.size();
        sent.resize(first + kBatch);
        for (std::size_t i = 0; i < kBatch; ++i)
            operations[i] = {.tag = first + i + 1, .command = hold_of(kClient, first + i + 1, lines[i])};
        session.submit(operations);
        do broken = take(session.in_flight() < 8 * kBatch ? Duration{0} : milliseconds(100));
        while (!broken && session.in_flight() >= 8 * kBatch);
    }
    while (session.in_flight() != 0) take(milliseconds(100));
}

// Repeats every command that was sent after the first `checked` under its key.
void check_all(Session& session, std::vector<Sent>& sent, std::size_t checked) {
    constexpr std::size_t kChunk = 1000;
    std::vector<core::Line> lines(kChunk);
    std::vector<Operation> operations;
    std::vector<Completion> out;
    for (std::size_t first = checked; first < sent.size(); first += kChunk) {
        operations.clear();
        for (std::size_t n = first + 1; n <= std::min(first + kChunk, sent.size()); ++n)
            operations.push_back({.tag = n, .command = hold_of(kClient, n, lines[n - first - 1])});
        session.submit(operations);
        out.clear();
        while (out.size() < operations.size()) session.poll(out, seconds(10));
        for (const Completion& again : out) {
            Sent& before = sent[again.tag - 1];
            INFO("command " << again.tag);
            REQUIRE(again.settled == Settled::applied);
            if (before.settled == Settled::applied) REQUIRE(again.sequence == before.sequence);
            before = {again.settled, again.sequence};
        }
    }
}

void kill_again_and_again(int times) {
    const TempFolder folder;
    std::vector<Sent> sent;
    std::uint64_t acknowledged = 0;
    std::size_t checked = 0;  // since then; all of it once more at the end
    double slowest_s = 0;
    for (int kill = 0; kill < times; ++kill) {
        Served served(words_for(folder.path("data")));
        double recovery_s = 0;
        const std::size_t told = served.said().find("recovered in ");
        REQUIRE(std::sscanf(served.said().c_str() + told, "recovered in %lf s", &recovery_s) == 1);
        slowest_s = std::max(slowest_s, recovery_s);
        GrpcDriver driver({.target = served.address(), .token = "", .roots = ""}, GrpcDriver::Way::stream);
        const auto session = driver.open();
        check_all(*session, sent, checked);
        checked = sent.size();
        std::thread killer([&] {
            usleep(static_cast<useconds_t>(100'000 + kill * 7919 % 300'000));
            served.send(SIGKILL);
        });
        load(*session, sent);
        killer.join();
        REQUIRE(served.wait() == 128 + SIGKILL);
        for (std::size_t i = checked; i < sent.size(); ++i)
            if (sent[i].settled == Settled::applied) ++acknowledged;
    }
    Served served(words_for(folder.path("data")));
    GrpcDriver driver({.target = served.address(), .token = "", .roots = ""}, GrpcDriver::Way::stream);
    check_all(*driver.open(), sent, 0);
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : driver.read_back().stock) held += cell.held;
    CHECK(held == static_cast<std::int64_t>(sent.size()));
    CHECK(acknowledged > 0);
    served.send(SIGTERM);
    CHECK(served.wait() == 0);
    std::printf("%d kills, %zu commands sent, %llu acknowledged before a kill; slowest recovery %.2f s\n", times, sent.size(),
                static_cast<unsigned long long>(acknowledged), slowest_s);
}

}  // namespace

TEST_CASE("serve: killed under load five times, nothing acknowledged is lost and nothing is applied twice") {
    kill_again_and_again(5);
}

TEST_CASE("serve: killed under load a hundred times", "[.][slow]") { kill_again_and_again(100); }
