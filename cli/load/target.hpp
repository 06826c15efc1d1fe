// A live back end, ready to be prepared and loaded: its driver, and the server behind it where the run owns one.
#pragma once

#include <memory>
#include <string>

#include "cli/load/target_url.hpp"
#include "drivers/driver.hpp"
#include "model/scenario.hpp"

namespace lastunit::cli {

struct Target {
    std::string mode;    // of reservation; empty where the back end has one only
    std::string system;  // as it calls itself
    std::unique_ptr<drivers::Driver> driver;
    std::string reachable;  // the URL by which another process finds it; empty: none can
};

// Connects, or starts a private server and connects. Throws BadInput in one line: nobody there, a driver that this build lacks
// (with the package and the option that bring it), a wrong token.
Target open_target(const TargetUrl& url);

// Names and stock of the scenario as a back end keeps them.
drivers::InitialStock stock_of(const model::Scenario& scenario, std::uint64_t seed);

}  // namespace lastunit::cli
