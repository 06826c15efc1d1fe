// Everything that descends from a process, found through /proc. Neither process groups nor sessions will do: PostgreSQL's
// backends each make a session of their own. What was orphaned before (its parent ended earlier) belongs to init and is not
// found.
#pragma once

#include <sys/types.h>

#include <vector>

namespace lastunit::drivers {

// The process itself, then its descendants; zombies are left out. Empty when it is gone.
std::vector<pid_t> process_tree(pid_t root);

// SIGSTOP to all of it, the root first, again and again until a look finds all of them stopped and nobody new: none forks away.
// Returns who was stopped. Gives up after some seconds on what cannot be stopped (in an uninterruptible wait) and counts it as
// stopped.
std::vector<pid_t> stop_tree(pid_t root);

void resume_tree(const std::vector<pid_t>& stopped);

// kill -9 of the whole tree, stopped first; returns when every process but the root is gone, and the root is dead: it is the
// caller's to wait for.
void kill_tree(pid_t root);

}  // namespace lastunit::drivers
