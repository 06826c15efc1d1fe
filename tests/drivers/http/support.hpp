// Flow files of the tests.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/flow_file.hpp"
#include "tests/drivers/http/stub_shop.hpp"

namespace lastunit::test {

inline drivers::http::FlowOptions test_options() {
    drivers::http::FlowOptions options;
    options.environment = [](const std::string& name) -> std::optional<std::string> {
        if (name == "STUB_PASSWORD") return "s3cret";
        return std::nullopt;
    };
    return options;
}

// The plan of a flow that has no mistakes. `changes`: text that is replaced before it is read.
inline std::shared_ptr<const drivers::http::Plan> plan_of(std::string text,
                                                          const std::vector<std::pair<std::string, std::string>>& changes = {}) {
    for (const auto& [from, to] : changes) {
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
    }
    const drivers::http::LoadedFlow loaded = drivers::http::load_flow_text(text, "stub.yaml", test_options());
    for (const auto& error : loaded.errors) FAIL_CHECK(error.text());
    REQUIRE(loaded.plan);
    return loaded.plan;
}

}  // namespace lastunit::test
