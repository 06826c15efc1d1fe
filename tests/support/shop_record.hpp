// What a live run against a shop over HTTP has beside a live run of any other target: two steps, its processor time, books of
// which a counter does not agree. Invented numbers.
#pragma once

#include "model/run_record.pb.h"
#include "tests/support/live_record.hpp"

namespace lastunit::test {

inline void add_answer(model::FlowStepLoad& step, const char* answer, std::uint32_t status, const char* why,
                       std::uint64_t requests) {
    model::FlowAnswer& out = *step.add_answers();
    out.set_answer(answer), out.set_status(status), out.set_why(why), out.set_requests(requests);
}

inline void fill_books(model::ShopBooks& books) {
    books.add_read("orders"), books.add_read("counters");
    books.set_stock(400), books.set_told(400), books.set_orders(400), books.set_counter_moved_by(371);
    books.set_shoppers_judged(900);
    auto& kind = *books.add_kinds();
    kind.set_kind("lost_update"), kind.set_skus(3), kind.set_units(29);
    auto& finding = *books.add_findings();
    finding.set_kind("lost_update"), finding.set_sku("sku-7"), finding.set_units(12), finding.set_shoppers_in_all(15);
    finding.set_sentence("15 units ordered, and the counter moved by 3");
    auto& what = *finding.mutable_disagreement();
    what.set_form("counter_left_orders"), what.set_units(15), what.set_beside(3);
    finding.add_side_by_side(51), finding.add_side_by_side(52);
    for (const std::uint64_t number : {std::uint64_t{51}, std::uint64_t{52}}) {
        auto& shopper = *books.add_shoppers();
        shopper.set_number(number), shopper.set_last_step("pay");
        auto& request = *shopper.add_requests();
        request.set_step("pay"), request.set_status(200), request.set_answer("accepted");
        request.set_sent_us(static_cast<std::int64_t>(number) * 1000), request.set_answered_us(80'000);
    }
}

inline void add_shop(model::LoadReport& load) {
    const auto step = [&](const char* name, std::uint64_t shoppers, std::uint64_t passed) -> model::FlowStepLoad& {
        model::FlowStepLoad& out = *load.add_flow_steps();
        out.set_step(name), out.set_shoppers(shoppers), out.set_passed(passed), out.set_requests(shoppers);
        return out;
    };
    add_answer(step("cart", 1200, 1200), "accepted", 200, "rule 1: status 200", 1200);
    model::FlowStepLoad& pay = step("pay", 900, 400);
    add_answer(pay, "out_of_stock", 409, "rule 2: status 409", 500), add_answer(pay, "accepted", 200, "rule 1: status 200", 390);
    add_answer(pay, "unknown", 0, "", 10);
    Latencies latency;
    for (int i = 1; i <= 890; ++i) latency.add(i * 1e-3);
    latency.write(*pay.mutable_latency());
    auto& cpu = *load.mutable_shop_cpu();
    cpu.set_target("vendure"), cpu.set_shop_us(8'000'000), cpu.set_database_us(4'000'000), cpu.set_checkouts(400);
    cpu.set_us_per_checkout(30'000);
    fill_books(*load.mutable_shop_books());
}

}  // namespace lastunit::test
