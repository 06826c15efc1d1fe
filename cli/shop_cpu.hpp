// Processor time of a shop that `target up` has started: its keeper's state file names the processes.
#pragma once

#include <optional>

#include "drivers/http/plan.hpp"
#include "drivers/http/shop_cpu.hpp"

namespace lastunit::cli {

// From start() to stop(). Any other shop (remote, or started by somebody else) has none.
class ShopCpuMeter {
   public:
    explicit ShopCpuMeter(const drivers::http::Plan& plan);  // the target that listens at one of the flow's addresses

    void start();
    void stop();
    const std::optional<drivers::http::ShopCpu>& used() const { return used_; }

   private:
    std::optional<drivers::http::ShopCpu> now() const;

    std::string folder_;  // of the running target; empty: it is none
    std::optional<drivers::http::ShopCpu> begun_, used_;
};

}  // namespace lastunit::cli
