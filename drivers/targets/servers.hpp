// PostgreSQL, and Redis where it is needed, for one shop.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "drivers/targets/kind.hpp"

namespace lastunit::drivers::targets {

class ShopServers {
   public:
    // Returns when they take connections. Throws DriverError. PostgreSQL runs without just-in-time compilation, which takes
    // longer than the short queries of a shop.
    explicit ShopServers(Locking locking);
    ~ShopServers();
    ShopServers(const ShopServers&) = delete;
    ShopServers& operator=(const ShopServers&) = delete;

    std::string database_url() const;
    std::string redis_url() const;  // empty: there is none
    pid_t database_process() const;
    pid_t redis_process() const;  // 0: there is none

   private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace lastunit::drivers::targets
