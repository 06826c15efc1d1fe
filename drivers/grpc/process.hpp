// What gRPC is told once for the whole process.
#pragma once

namespace lastunit::drivers {

// gRPC writes its own account of every broken connection to stderr: dropped, unless GRPC_VERBOSITY is set. Debian's Abseil looks
// for deadlocks at each lock, some 5 % of a call: off. Called by every server and client; does its work once.
void set_up_grpc();

}  // namespace lastunit::drivers
