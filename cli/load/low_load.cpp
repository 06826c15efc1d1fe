#include "cli/load/low_load.hpp"

#include "cli/command.hpp"
#include "cli/load/client_id.hpp"
#include "drivers/load/low_load.hpp"

namespace lastunit::cli {

Calibration measure_at_low_load(Target& target, const drivers::InitialStock& stock) {
    drivers::LowLoadOptions options;
    options.client = fresh_client();
    const drivers::LowLoad measured = drivers::measure_low_load(*target.driver, stock, options);
    if (measured.operations.empty()) throw BadInput("--target: nothing could be measured: " + measured.first_failure);
    return measured.operations;
}

}  // namespace lastunit::cli
