// A small scenario played against the stub shop by the command.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "reports/json.hpp"
#include "tests/cli/process.hpp"
#include "tests/cli/stub.hpp"

namespace lastunit::cli_tests {

inline const std::string kDrop = LASTUNIT_SOURCE_DIR "/tests/cli/drop.yaml";

struct Played {
    Result result;
    model::RunRecord record;
    const model::LoadReport& load() const { return record.load(); }
};

inline Played played(const char* flaw, std::vector<std::string> more = {}) {
    const Sandbox sandbox;
    const Stub stub(sandbox, flaw);
    std::vector<std::string> words{"load",    kDrop,  "--target", "http:" + stub.flow,
                                   "--speed", "240x", "--json",   sandbox.path("run.json")};
    words.insert(words.end(), more.begin(), more.end());
    Played out;
    out.result = sandbox.run(words);
    INFO(out.result.err);
    const auto parsed = reports::parse_json(sandbox.read("run.json"));
    INFO(parsed.error);
    REQUIRE(parsed.record);
    out.record = *parsed.record;
    return out;
}

inline const model::LoadAuditCheck& books_check(const model::LoadReport& load) {
    for (const auto& check : load.audit().checks())
        if (check.name() == "books") return check;
    FAIL("the audit has no check of the books");
    return load.audit().checks(0);
}

inline const model::ShopFindingKind* kind(const model::LoadReport& load, const std::string& name) {
    for (const auto& one : load.shop_books().kinds())
        if (one.kind() == name) return &one;
    return nullptr;
}

}  // namespace lastunit::cli_tests
