// One shopper's way through a flow's steps up to its promise, at a shop of the test.
#pragma once

#include <optional>
#include <string>

#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {

struct Walked {
    drivers::http::WayResult way;
    std::shared_ptr<drivers::http::Actor> shopper;
    std::shared_ptr<const drivers::http::Plan> plan;
    std::optional<std::string> variable(const std::string& name) const {
        for (std::size_t i = 0; i < plan->variable_names.size(); ++i)
            if (plan->variable_names[i] == name) return shopper->variables[i];
        return "no such variable";
    }
};

inline Walked walked(const std::string& flow) {
    using namespace drivers::http;
    Walked out;
    out.plan = plan_of(flow);
    Engine engine(engine_options(*out.plan));
    Shop shop(engine, out.plan, "r1", {"TEE"});
    out.shopper = shop.shopper(1, {{shop.skus().data(), 2}});
    bool over = false;
    run_steps(shop.runner(), out.plan->steps, out.shopper, {.from = 0, .to = out.plan->promise + 1, .gate = {}, .think = {}},
              [&](const WayResult& way) {
                  out.way = way;
                  over = true;
              });
    REQUIRE(engine.run_until([&] { return over; }, seconds(240)));
    return out;
}

}  // namespace lastunit::test
