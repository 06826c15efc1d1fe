// What a live run of a minute could report: 2,000 operations/s on PostgreSQL, of which one second is a stall. Service times hide
// it, response times do not. Invented numbers, no system: for the tests of reports.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::test {

// Log-linear buckets with 128 per power of two, as a generator keeps them: the middle of a bucket is at most 0.4 % off.
class Latencies {
   public:
    void add(double seconds) {
        const auto ns = static_cast<std::uint64_t>(std::max(0.0, seconds) * 1e9);
        std::uint64_t step = 1;
        while (ns / step >= 256) step *= 2;
        ++counts_[ns / step * step + step / 2];
        sum_ += ns, ++total_;
        most_ = std::max(most_, ns), least_ = std::min(least_, ns);
    }
    void write(model::LatencyHistogram& to) const {
        for (const auto& [value, count] : counts_) to.add_value_ns(value), to.add_count(count);
        to.set_total(total_), to.set_sum_ns(sum_), to.set_max_ns(most_), to.set_min_ns(total_ > 0 ? least_ : 0);
    }

   private:
    std::map<std::uint64_t, std::uint64_t> counts_;
    std::uint64_t total_ = 0, sum_ = 0, most_ = 0, least_ = UINT64_MAX;
};

struct LivePlan {
    double rate = 2000;  // per second
    unsigned seconds = 60;
    double stall_from_s = 30, stall_s = 1;  // nothing is sent in it
};

inline float high_quantile(std::vector<double> sorted, double q) {
    if (sorted.empty()) return -1;
    std::sort(sorted.begin(), sorted.end());
    return static_cast<float>(sorted[static_cast<std::size_t>(q * static_cast<double>(sorted.size() - 1))] * 1000);
}

inline void fill_audit(model::LoadAudit& audit) {
    audit.set_verdict("refuted"), audit.set_operations(120'000), audit.set_history("live-7.luh");
    audit.set_headline(
        "REFUTED: 2 to 5 units were sold twice; 1 against linearizability; 120,000 operations, 8,112 to 8,115 units "
        "sold of 9,000");
    audit.set_sold_low(8'112), audit.set_sold_high(8'115), audit.set_oversold_low(2), audit.set_oversold_high(5);
    const auto check = [&](const char* name, const char* verdict, const char* text) {
        auto& to = *audit.add_checks();
        to.set_name(name), to.set_verdict(verdict), to.set_text(text);
    };
    check("conservation", "sound", "every unit is in the back end's final state: 2,000 judged");
    check("sold_twice", "refuted", "no unit was promised to two: 2,000 judged, 1 offence");
    check("holds", "sound", "each hold ended once, in its time: 31,000 judged");
    check("linearizability", "undecided",
          "all answers fit into one order: 2,000 judged, 3 undecided: the search for an order was given up");
    audit.add_stories(
        "process 12 and process 47 both got the last unit of sku-7 at dc (1 available at the start)\n"
        "  +0.000000 s to +0.008000 s  process 12 (web) allocates 1 of sku-7 at dc (order 55): applied\n"
        "  +0.001000 s to +0.007000 s  process 47 (web) allocates 1 of sku-7 at dc (order 56): applied");
    audit.add_stories("hold 77 ended twice\n  +1.2 s to +1.3 s  process 3 confirms hold 77: applied");
}

inline void fill_prediction(model::LoadPrediction& prediction) {
    const auto figure = [&](const char* name, const char* unit, double predicted, double measured) {
        auto& to = *prediction.add_figures();
        to.set_name(name), to.set_unit(unit), to.set_predicted(predicted), to.set_measured(measured);
    };
    figure("oversold_units", "units", 14, 19), figure("refused_units", "units", 3'100, 3'022);
    figure("throughput", "1/s", 1'998, 1'967), figure("response_p99_ms", "ms", 6.1, 860),
        figure("oversell_rate", "share", 0.0017, 0.0023);
    const auto calibrated = [&](const char* kind, double mean, double p99, double busy) {
        auto& to = *prediction.add_calibration();
        to.set_kind(kind), to.set_samples(400), to.set_mean_ms(mean), to.set_p50_ms(mean * 0.9), to.set_p99_ms(p99),
            to.set_busy_ms(busy);
    };
    calibrated("hold", 0.41, 1.9, 0.12), calibrated("confirm", 0.55, 2.4, 0);
}

inline void fill_live_series(const LivePlan& plan, model::LoadReport& load) {
    // A generator of its own, so that the numbers are the same everywhere.
    std::uint64_t state = 20241129;
    const auto noise = [&] {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<double>(state >> 40) / static_cast<double>(1u << 24);
    };
    Latencies service, response, lag, hold_service, hold_response;
    auto& s = *load.mutable_series();
    s.set_step_s(1);
    const double stall_until = plan.stall_from_s + plan.stall_s;
    for (unsigned second = 0; second < plan.seconds; ++second) {
        const auto count = static_cast<std::uint32_t>(plan.rate);
        std::vector<double> serviced, responded, lagged;
        std::uint32_t refused = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const double at = second + i / plan.rate;
            const bool stalled = at >= plan.stall_from_s && at < stall_until;
            const double own_lag = 2e-5 + 3e-5 * noise(), waits = stalled ? stall_until - at : 0;
            const double takes = 0.0004 * std::exp(1.1 * (noise() + noise() - 1)) + (noise() < 0.004 ? 0.003 : 0);
            serviced.push_back(takes), responded.push_back(takes + own_lag + waits), lagged.push_back(own_lag);
            service.add(takes), response.add(responded.back()), lag.add(own_lag);
            if (i % 2 == 0) hold_service.add(takes), hold_response.add(responded.back());
            refused += noise() < 0.03 * second / plan.seconds ? 1 : 0;
        }
        const bool stalls = second >= plan.stall_from_s && second < stall_until;
        s.add_intended(count), s.add_sent(stalls ? 0 : count), s.add_answered(stalls ? 0 : count), s.add_refused(refused);
        s.add_no_answer(stalls ? 12 : 0), s.add_in_flight(stalls ? count : 3);
        s.add_service_p50_ms(high_quantile(serviced, 0.5)), s.add_service_p99_ms(high_quantile(serviced, 0.99));
        s.add_response_p50_ms(high_quantile(responded, 0.5)), s.add_response_p99_ms(high_quantile(responded, 0.99));
        s.add_lag_p99_ms(high_quantile(lagged, 0.99));
        load.set_refused(load.refused() + refused);
        load.set_intended(load.intended() + count);
    }
    service.write(*load.mutable_service()), response.write(*load.mutable_response()), lag.write(*load.mutable_dispatch_lag());
    auto& hold = *load.add_operations();
    hold.set_kind("hold"), hold.set_intended(load.intended() / 2);
    hold_service.write(*hold.mutable_service()), hold_response.write(*hold.mutable_response());
}

inline model::LoadReport live_load(const LivePlan& plan = {}) {
    model::LoadReport load;
    load.set_target("postgres://127.0.0.1:5433/shop"), load.set_mode("check_then_act"), load.set_system("PostgreSQL 15.18");
    load.set_speed(60), load.set_started_unix_us(1'764'115'200'000'000);
    fill_live_series(plan, load);
    load.set_span_s(plan.seconds + 0.4);
    load.set_unknown(3), load.set_applied(load.intended() - load.refused() - 3);
    load.set_no_answer(12), load.set_resolved(9), load.set_attempts(load.intended() + 12), load.set_in_flight_peak(2'003);
    load.set_rate_intended(plan.rate), load.set_rate_held(0.983 * plan.rate), load.set_rate_intended_peak(1.2 * plan.rate);
    load.set_dispatch_capacity(180'000), load.set_beyond_record(2), load.set_refused_with_record(41);
    auto& hold = *load.mutable_operations(0);
    hold.set_refused(load.refused()), hold.set_unknown(3), hold.set_applied(hold.intended() - hold.refused() - 3);
    const auto refusal = [&](const char* outcome, std::uint64_t count) {
        auto& to = *hold.add_refusals();
        to.set_outcome(outcome), to.set_count(count);
    };
    refusal("node_closed", 40), refusal("out_of_stock", load.refused() - 40);
    auto& stall = *load.add_faults();
    stall.set_name("stall"), stall.set_kind("stall_server"), stall.set_from_s(plan.stall_from_s),
        stall.set_until_s(plan.stall_from_s + plan.stall_s), stall.set_done("SIGSTOP of the server, SIGCONT after 1.00 s");
    auto& slow = *load.add_faults();
    slow.set_name("slow disk"), slow.set_kind("slow_disk"), slow.set_left_out("the target is not started by this run");
    fill_audit(*load.mutable_audit());
    fill_prediction(*load.mutable_prediction());
    return load;
}

}  // namespace lastunit::test
