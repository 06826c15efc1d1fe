// Processor time of a shop while its shoppers were there, in microseconds of user and system together.
#pragma once

#include <cstdint>
#include <string>

namespace lastunit::drivers::http {

struct ShopCpu {
    std::string target;  // vendure, or the processes: node (812), postgres (904)
    std::int64_t shop_us = 0, database_us = 0, redis_us = 0;
    std::int64_t total_us() const { return shop_us + database_us + redis_us; }
};

}  // namespace lastunit::drivers::http
