// Where a private server may listen.
#pragma once

#include <cstdint>

namespace lastunit::drivers {

// A TCP port of 127.0.0.1 that nobody listens on, below the range from which outgoing connections take theirs: while the server
// is dead, no client's own end of a connection takes its place (a client that keeps knocking can even meet itself there). Never
// the same one twice in a process. Somebody else may still be faster: a server that cannot listen is started again on another
// port. Throws DriverError when none is free.
std::uint16_t free_loopback_port();

}  // namespace lastunit::drivers
