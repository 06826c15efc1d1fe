// A keeper in a process of its own, and its progress on this terminal.
#pragma once

#include "drivers/targets/keeper.hpp"

namespace lastunit::cli {

// Returns an exit status when the shop is up, or has failed, or Ctrl-C has ended it. What went wrong is thrown as DriverError.
int bring_up_in_background(const drivers::targets::UpOptions& options, const drivers::targets::TargetFolders& folders,
                           const drivers::targets::Tools& tools);

}  // namespace lastunit::cli
