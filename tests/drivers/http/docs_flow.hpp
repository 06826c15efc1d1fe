// The flows of docs/flows, against shops that behave so.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "drivers/http/race/judge.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {

// The flow of docs/flows, at another address.
inline std::shared_ptr<const drivers::http::Plan> plan_of_docs(const std::string& name, const std::string& url) {
    drivers::http::FlowOptions options;
    options.urls = {{"shop", url}};
    options.environment = [](const std::string& variable) -> std::optional<std::string> {
        if (variable.starts_with("LASTUNIT_")) return std::nullopt;
        return variable == "SHOP_WEBHOOK_SECRET"                     ? "whsec"
               : variable.ends_with("USER") || variable == "WOO_KEY" ? "admin"
                                                                     : "s3cret";
    };
    std::stringstream text;
    text << std::ifstream(LASTUNIT_SOURCE_DIR "/docs/flows/" + name).rdbuf();
    std::string flow = text.str();
    const std::size_t settle = flow.rfind("settle: ");  // nothing is processed in the background here
    REQUIRE(settle != std::string::npos);
    flow.replace(settle, flow.find('\n', settle) - settle, "settle: 0");
    const drivers::http::LoadedFlow loaded = drivers::http::load_flow_text(flow, name, options);
    for (const auto& error : loaded.errors) FAIL_CHECK(error.text());
    REQUIRE(loaded.plan);
    return loaded.plan;
}

// Twelve shoppers for seven units.
inline drivers::http::RaceRun raced_by_twelve(const std::shared_ptr<const drivers::http::Plan>& plan, const std::string& run,
                                              drivers::http::RaceOptions options = {}) {
    options.run = run;
    options.sku = "TEE";
    options.shoppers = 12;
    options.units = 7;
    drivers::http::RaceRun out = drivers::http::run_race(plan, options);
    INFO(out.problem);
    REQUIRE(out.problem.empty());
    return out;
}

}  // namespace lastunit::test
