// The flow files that ship, and those of docs/flows: the loader takes them.
#include <catch2/catch.hpp>
#include <filesystem>

#include "drivers/http/flow_file.hpp"
#include "drivers/targets/keeper.hpp"

using namespace lastunit::drivers;

namespace {

std::string problems(const http::LoadedFlow& flow) {
    std::string text;
    for (const auto& error : flow.errors) text += error.text() + "\n";
    return text;
}

http::FlowOptions anything_set() {
    http::FlowOptions options;
    options.environment = [](const std::string& name) {
        return name.starts_with("LASTUNIT_URL_") ? std::nullopt : std::optional<std::string>("value");
    };
    return options;
}

}  // namespace

TEST_CASE("flows: those of the targets are right as they ship, and with the URLs of two processes") {
    for (const targets::TargetKind& kind : targets::target_kinds()) {
        for (const auto& urls : {std::vector<std::string>{"http://127.0.0.1:7001"},
                                 std::vector<std::string>{"http://127.0.0.1:7001", "http://127.0.0.1:7002"}}) {
            const auto flow = http::load_flow_text(targets::flow_with_urls(kind, urls), kind.name + "/flow.yaml", {});
            CHECK(problems(flow).empty());
            INFO(problems(flow));
            CHECK(flow.plan != nullptr);
        }
    }
}

TEST_CASE("flows: those of docs/flows are right") {
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(LASTUNIT_SOURCE_DIR "/docs/flows")) {
        if (entry.path().extension() != ".yaml") continue;
        const auto flow = http::load_flow(entry.path().string(), anything_set());
        INFO(problems(flow));
        CHECK(flow.plan != nullptr);
        ++seen;
    }
    CHECK(seen >= 7);
}
