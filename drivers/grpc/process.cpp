#include "drivers/grpc/process.hpp"

#include <absl/synchronization/mutex.h>
#include <grpc/support/log.h>

#include <cstdlib>

namespace lastunit::drivers {

void set_up_grpc() {
    static const bool done = [] {
        if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
        absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
        return true;
    }();
    static_cast<void>(done);
}

}  // namespace lastunit::drivers
