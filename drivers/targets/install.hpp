// A platform from the npm registry into its folder, once.
#pragma once

#include <functional>
#include <string>

#include "drivers/targets/folders.hpp"
#include "drivers/targets/kind.hpp"
#include "drivers/targets/program.hpp"
#include "drivers/targets/tools.hpp"

namespace lastunit::drivers::targets {

using Say = std::function<void(const std::string&)>;  // one line of progress

// Whether what lies there is a finished installation of this kind's package.json.
bool is_installed(const TargetKind& kind, const TargetFolders& folders);

// Returns at once when it is installed. Two at a time wait for each other; one that was interrupted is thrown away and begun
// anew. The kind's own files are brought up to date in any case. Throws DriverError: no space, no network, what npm says. npm's
// log goes to `log`.
void install(const TargetKind& kind, const TargetFolders& folders, const Tools& tools, const std::string& log, const Say& say,
             const Tick& tick);

}  // namespace lastunit::drivers::targets
