// Processor time of a shop: of the processes that `--cpu-of` names, else of a target that `target up` has started, whose keeper's
// state file names them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/cpu_of.hpp"
#include "drivers/http/plan.hpp"
#include "drivers/http/shop_cpu.hpp"

namespace lastunit::cli {

// From start() to stop(). Any other shop has none.
class ShopCpuMeter {
   public:
    // Without `watched`, the target that listens at one of the flow's addresses. Of those watched PostgreSQL, MySQL and MariaDB
    // count as the database, Redis and Valkey as redis, all others as the shop; `target` names each.
    ShopCpuMeter(const drivers::http::Plan& plan, std::vector<WatchedProcess> watched);

    void start();
    void stop();
    const std::optional<drivers::http::ShopCpu>& used() const { return used_; }
    // Which watched process was gone before stop(), so that nothing is known, in one line; empty: none.
    std::string gone() const;

   private:
    std::optional<drivers::http::ShopCpu> now() const;
    std::optional<drivers::http::ShopCpu> of_target() const;
    std::optional<drivers::http::ShopCpu> of_watched() const;

    const std::vector<WatchedProcess> watched_;
    std::string folder_;  // of the running target; empty: it is none
    std::optional<drivers::http::ShopCpu> begun_, used_;
};

}  // namespace lastunit::cli
