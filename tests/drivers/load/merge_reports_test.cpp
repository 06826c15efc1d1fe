// Reports of several generators as one: exact, in whatever order and grouping.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "drivers/load/latency_counts.hpp"
#include "drivers/load/merge_reports.hpp"
#include "drivers/load/tally.hpp"
#include "model/random.hpp"

namespace lastunit::drivers {
namespace {

// Shards that begin at other times, last longer or shorter, and have other kinds and refusals.
model::LoadReport shard(std::uint32_t number) {
    Tally tally(0);
    model::Stream draw(9, model::Purpose::property, number);
    std::int64_t at_ns = 1'700'000'000'000'000'000 + number * 777'000'000;
    const std::int64_t until_ns = at_ns + (40 + 90 * number) * 1'000'000'000LL;
    for (; at_ns < until_ns; at_ns += static_cast<std::int64_t>(draw.uniform() * 60e6)) {
        const auto kind = static_cast<core::CommandKind>(8 + static_cast<int>(draw.uniform() * (2 + number)));
        const auto lag = static_cast<std::int64_t>(draw.uniform() * 1e5),
                   service = static_cast<std::int64_t>(draw.uniform() * 3e7);
        tally.intended(kind, at_ns);
        tally.attempt();
        tally.first_sent(at_ns + lag, lag);
        tally.in_flight_peak(number * 10);
        const double fate = draw.uniform();
        tally.settled({.kind = kind,
                       .settled = fate < 0.8    ? Settled::applied
                                  : fate < 0.95 ? Settled::refused
                                                : Settled::unknown,
                       .cause = fate < 0.9 ? Cause::outcome : Cause::overloaded,
                       .outcome = fate < 0.85 ? core::Outcome::out_of_stock : core::Outcome::hold_expired,
                       .intended_ns = at_ns,
                       .first_sent_ns = at_ns + lag,
                       .at_ns = at_ns + lag + service});
        tally.in_flight(at_ns, number);
    }
    model::LoadReport report;
    tally.fill(report);
    report.set_target("grpc://127.0.0.1:50051");
    report.set_speed(60);
    report.set_shard(number);
    report.set_shards(4);
    report.set_dispatch_capacity(1000.7 * number);
    if (number % 2 == 0) report.add_invalid("the generator sent late");
    const std::vector<std::string> steps[] = {
        {}, {"cart", "pay"}, {"cart", "pay", "paid"}, {"cart", "pay", "cancel", "paid"}, {"cart", "pay", "cancel"}};
    for (const std::string& step : steps[number]) {
        model::FlowStepLoad& to = *report.add_flow_steps();
        to.set_step(step);
        to.set_shoppers(10 * number), to.set_passed(number), to.set_requests(12 * number);
        for (std::uint32_t i = 0; i < 12 * number; i += 6) {
            to.add_answers()->set_answer(i == 0 ? "accepted" : "error");
            to.mutable_answers()->rbegin()->set_status(i == 0 ? 200 : 500 + i % (number + 1));
            to.mutable_answers()->rbegin()->set_requests(6);
        }
        LatencyCounts latency;
        for (std::uint32_t i = 0; i < 12 * number; ++i) latency.add(1'000'000 + static_cast<std::int64_t>(draw.uniform() * 1e7));
        *to.mutable_latency() = latency.to_proto();
    }
    report.add_faults()->set_name("crash");
    if (number == 3) report.add_faults()->set_name("stall");
    return report;
}

std::string merged(std::vector<model::LoadReport> reports) { return merge_reports(reports).SerializeAsString(); }

TEST_CASE("merged reports: the same bytes in whatever order the shards come") {
    const std::vector<model::LoadReport> shards{shard(1), shard(2), shard(3), shard(4)};
    const std::string whole = merged(shards);
    std::vector<std::size_t> order{0, 1, 2, 3};
    do {
        std::vector<model::LoadReport> permuted;
        for (const std::size_t i : order) permuted.push_back(shards[i]);
        CHECK(merged(permuted) == whole);
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("merged reports: the same bytes however the shards are grouped on the way") {
    const model::LoadReport a = shard(1), b = shard(2), c = shard(3), d = shard(4);
    const std::string whole = merged({a, b, c, d});
    CHECK(merged({merge_reports(std::vector{a, b}), merge_reports(std::vector{c, d})}) == whole);
    CHECK(merged({d, merge_reports(std::vector{c, merge_reports(std::vector{a, b})})}) == whole);
    CHECK(merged({merge_reports(std::vector{d, a}), c, b}) == whole);
    CHECK(merged({merge_reports(std::vector{a, b, c, d})}) == whole);
}

TEST_CASE("merged reports: counts, histograms and steps are sums of the shards'") {
    const std::vector<model::LoadReport> shards{shard(1), shard(4)};
    const model::LoadReport out = merge_reports(shards);
    CHECK(out.shard() == 0);
    CHECK(out.shards() == 2);
    CHECK(out.intended() == shards[0].intended() + shards[1].intended());
    CHECK(out.intended() == out.applied() + out.refused() + out.unknown());
    CHECK(out.in_flight_peak() == 50);
    CHECK(out.response().total() == out.intended());
    CHECK(out.response().max_ns() == std::max(shards[0].response().max_ns(), shards[1].response().max_ns()));
    const auto& intended = out.series().intended();
    CHECK(std::accumulate(intended.begin(), intended.end(), std::uint64_t{0}) == out.intended());
    CHECK(out.series().step_s() == shards[1].series().step_s());
    CHECK(out.series().intended_size() <= 1000);
    CHECK(out.span_s() > shards[1].span_s());
    CHECK(out.rate_intended() == Approx(static_cast<double>(out.intended()) / out.span_s()));
    std::uint64_t by_kind = 0, refusals = 0;
    for (const model::OperationLoad& kind : out.operations()) {
        by_kind += kind.intended();
        for (const model::RefusalCount& refusal : kind.refusals()) refusals += refusal.count();
    }
    CHECK(by_kind == out.intended());
    CHECK(refusals == out.refused());
    CHECK(out.operations(0).kind() == "hold");
}

TEST_CASE("merged reports: a shop's steps add up, the purchase first in its order, the others by name") {
    const model::LoadReport out = merge_reports(std::vector{shard(4), shard(1), shard(2)});
    std::vector<std::string> names;
    for (const model::FlowStepLoad& step : out.flow_steps()) names.push_back(step.step());
    CHECK(names == std::vector<std::string>{"cart", "pay", "cancel", "paid"});
    CHECK(out.flow_steps(0).shoppers() == 70);
    CHECK(out.flow_steps(0).passed() == 7);
    CHECK(out.flow_steps(2).shoppers() == 40);
    for (const model::FlowStepLoad& step : out.flow_steps()) {
        std::uint64_t sum = 0;
        for (const model::FlowAnswer& answer : step.answers()) sum += answer.requests();
        CHECK(sum == step.requests());
        CHECK(step.latency().total() == step.requests());
    }
    CHECK(out.flow_steps(0).answers(0).answer() == "error");
}

TEST_CASE("merged reports: reasons and faults are united, each once") {
    const model::LoadReport out = merge_reports(std::vector{shard(2), shard(3), shard(4)});
    REQUIRE(out.invalid_size() == 1);
    CHECK(out.invalid(0) == "the generator sent late");
    CHECK(out.faults_size() == 2);
}

TEST_CASE("merged reports: a shard that had nothing to do changes nothing but their number") {
    model::LoadReport idle;
    idle.set_shard(2);
    idle.set_shards(2);
    const model::LoadReport alone = merge_reports(std::vector{shard(1)});
    model::LoadReport both = merge_reports(std::vector{shard(1), idle});
    CHECK(both.shards() == 2);
    both.set_shards(1);
    CHECK(both.SerializeAsString() == alone.SerializeAsString());
}

}  // namespace
}  // namespace lastunit::drivers
