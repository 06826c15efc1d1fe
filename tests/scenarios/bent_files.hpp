// data/good.yaml, bent in one place a row, and the whole text that a person then reads.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/scenarios/scenario_files.hpp"

namespace lastunit::scenarios::test {

struct Row {
    std::string from;
    std::string to;
    std::string errors;
};

inline void check(const std::vector<Row>& rows) {
    const std::string good = read_file(data_file("good.yaml"));
    const Folder folder;
    for (const Row& row : rows) {
        folder.write("s.yaml", replaced(good, row.from, row.to));
        INFO("with " << row.to);
        CHECK(folder.errors("s.yaml") == row.errors);
    }
}

}  // namespace lastunit::scenarios::test
