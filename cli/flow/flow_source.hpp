// Where a flow comes from: a file, or the name of one that ships.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/plan.hpp"

namespace lastunit::cli {

enum class Environment : std::uint8_t {
    may_lack,  // a check: what is not set is said
    needed,    // somebody is going to be asked
};

// `file_or_name`: a path, or NAME of a target: the flow of the one that is up, else as it ships, at its usual port.
// `urls`: each NAME=URL, or URL of the first. Null after every mistake was printed. Throws BadInput in one line when there is no
// such file or name (with those that there are), or a variable of the environment is needed and not set.
std::shared_ptr<const drivers::http::Plan> load_flow_or_explain(const std::string& file_or_name,
                                                                const std::vector<std::string>& urls, Environment environment);

}  // namespace lastunit::cli
