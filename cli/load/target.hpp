// A live back end, ready to be prepared and loaded: its driver, and the server behind it where the run owns one.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "cli/load/options.hpp"
#include "cli/load/target_report.hpp"
#include "cli/load/target_url.hpp"
#include "drivers/driver.hpp"
#include "drivers/faults/breakable.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "model/scenario.hpp"

namespace lastunit::cli {

// The driver goes first, then what it speaks to.
struct Target {
    std::string mode;         // of reservation; empty where the back end has one only
    std::string system;       // as it calls itself
    std::string reachable;    // the URL by which another process finds it; empty: none can
    Duration expiry_late{0};  // how long after its end a hold's units may still be held: what an audit has to allow

    std::unique_ptr<drivers::TemporaryFolder> folder;
    std::unique_ptr<drivers::SlowDisk> disk;
    std::shared_ptr<void> server;
    std::unique_ptr<drivers::Proxy> proxy;
    drivers::Breakable breakable;  // by the scenario's faults
    std::unique_ptr<drivers::Driver> driver;
    std::unique_ptr<TargetReport> report;  // null: it has nothing of its own to say
};

// What a target has to be made for.
struct TargetNeeds {
    const drivers::InitialStock& stock;      // a private server may begin with it
    std::span<const model::Fault> faults{};  // a proxy stands before the back end where its connection is cut
    const LiveOptions* options = nullptr;    // null: nothing is played
};

// Connects, or starts a private server and connects. Throws BadInput in one line: nobody there, a driver that this build lacks
// (with the package and the option that bring it), a wrong token.
Target open_target(const TargetUrl& url, const TargetNeeds& needs);

// Names and stock of the scenario as a back end keeps them.
drivers::InitialStock stock_of(const model::Scenario& scenario, std::uint64_t seed);

}  // namespace lastunit::cli
