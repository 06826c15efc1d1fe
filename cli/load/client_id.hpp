// Who asks: the name that a generator puts into every idempotency key.
#pragma once

#include <cstdint>

namespace lastunit::cli {

// Never 0, drawn by the system: two runs with one name would answer each other's keys.
std::uint64_t fresh_client();

}  // namespace lastunit::cli
