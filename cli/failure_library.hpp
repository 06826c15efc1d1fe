// The files of the published failures: found, chosen, and read as the two designs that each of them compares.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "model/scenario.hpp"

namespace lastunit::cli {

struct FailureCase {
    std::string number;      // "05": of the published failure; what the file's name begins with
    std::string run_as;      // what `lastunit run` finds it by
    model::Scenario sound;   // as written
    model::Scenario flawed;  // with the overrides of its `failure.flawed`
};

// The failures in --library, or those that came with this binary, in the order of their names; only those that `words` name: by
// number (5 or 05), or by the file's name with or without its number. Throws BadInput for a folder without failures, for a name
// that none has, and for a file that cannot be read as both designs; its mistakes have then been printed.
std::vector<FailureCase> load_failures(const Arguments& arguments);

}  // namespace lastunit::cli
