// The files that each kind brings along: complete, of the version that it says, and at the URLs of the shop that runs.
#include <catch2/catch.hpp>

#include "drivers/targets/keeper.hpp"
#include "drivers/targets/ports.hpp"

using namespace lastunit::drivers::targets;
using Catch::Contains;

namespace {

std::string file_of(const TargetKind& kind, const std::string& name) {
    for (const TargetFile& file : kind.files)
        if (file.name == name) return std::string(file.text);
    return "";
}

}  // namespace

TEST_CASE("targets: package.json pins exact versions, among them the one that is shown") {
    for (const TargetKind& kind : target_kinds()) {
        CAPTURE(kind.name);
        const std::string package = file_of(kind, "package.json");
        CHECK_THAT(package, Contains("\": \"" + kind.version + "\""));
        for (const char* loose : {"\"^", "\"~", "\"latest\"", "\"*\"", "\">="}) CHECK_THAT(package, !Contains(loose));
    }
}

TEST_CASE("targets: what is run is among the files, or npm brings it") {
    for (const TargetKind& kind : target_kinds()) {
        CAPTURE(kind.name);
        std::vector<std::vector<std::string>> programs = kind.prepare;
        programs.push_back(kind.start);
        programs.push_back(kind.warm_up);
        for (const auto& words : programs)
            if (!words[0].starts_with("node_modules/")) CHECK_FALSE(file_of(kind, words[0]).empty());
        CHECK_FALSE(file_of(kind, "README.md").empty());
        CHECK(kind.lockings.front() == Locking::as_delivered);
    }
    CHECK(find_target("magento") == nullptr);
}

TEST_CASE("targets: the flow file of a running shop has its URLs, hooks ask the first process") {
    for (const TargetKind& kind : target_kinds()) {
        CAPTURE(kind.name);
        const std::string flow = flow_with_urls(kind, {"http://127.0.0.1:7001", "http://127.0.0.1:7002"});
        CHECK_THAT(flow, Contains("\n  shop: http://127.0.0.1:7001 http://127.0.0.1:7002\n"));
        CHECK_THAT(flow, Contains("\n  admin: http://127.0.0.1:7001\n"));
        CHECK_THAT(flow, !Contains(loopback_url(kind.port)));
        CHECK(flow_with_urls(kind, {loopback_url(kind.port)}) == file_of(kind, "flow.yaml"));
    }
}
