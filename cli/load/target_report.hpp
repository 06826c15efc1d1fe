// What one kind of back end alone has to do and to say in a live run.
#pragma once

#include <span>
#include <string>

#include "drivers/driver.hpp"
#include "model/load_report.pb.h"

namespace lastunit::cli {

// All of them throw BadInput in one line.
class TargetReport {
   public:
    virtual ~TargetReport() = default;
    // In place of the driver's prepare(): somebody else has prepared it. `prepared`: the file of keep_prepared(); empty: by hand.
    // What is there is compared with the scenario.
    virtual void attach(const drivers::InitialStock& stock, const std::string& prepared) = 0;
    // What those who attach have to know, as a file for its owner's eyes alone.
    virtual void keep_prepared(const std::string& path) = 0;
    virtual double attaching_s() const = 0;  // how long others will need to attach, at least

    // Why the run is worth nothing and ends here; empty: it goes on. Asked all the time, any thread.
    virtual std::string problem() const = 0;
    virtual void begins() = 0;  // it is prepared, the first shopper is about to come

    // Of a shard whose last shopper has left: into its folder, what is needed to judge all shards together.
    virtual void keep_part(const std::string& folder) = 0;
    // All shards have ended, these are their folders: what is read back from now on is of all of them.
    virtual void join(const drivers::InitialStock& stock, std::span<const std::string> folders) = 0;
    virtual void fill(model::LoadReport& report) = 0;  // the last one has left, and the final state was read back
};

}  // namespace lastunit::cli
