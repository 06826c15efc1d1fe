// Calls that answer with a stream: the whole state, and its changes.
#pragma once

#include "drivers/grpc/call.hpp"

namespace lastunit::drivers {

void serve_dumps(Host& host);
void serve_watches(Host& host);

}  // namespace lastunit::drivers
