#include "cli/load/client_id.hpp"

#include <random>

namespace lastunit::cli {

std::uint64_t fresh_client() {
    std::random_device device;
    std::uint64_t client = 0;
    while (client == 0) client = (std::uint64_t{device()} << 32U) | device();
    return client;
}

}  // namespace lastunit::cli
