// Where targets are kept: under $XDG_CACHE_HOME/lastunit/targets, or ~/.cache/lastunit/targets.
//
//   NAME-VERSION/    the installed platform; may be deleted while it does not run, `up` installs it again
//   running/NAME/    of the one shop of that name: state.json, flow.yaml, logs
#pragma once

#include <optional>
#include <string>

#include "drivers/engine/files.hpp"
#include "drivers/targets/kind.hpp"

namespace lastunit::drivers::targets {

struct TargetFolders {
    std::string root;
    std::string installed(const TargetKind& kind) const { return root + "/" + kind.name + "-" + kind.version; }
    std::string running(const TargetKind& kind) const { return root + "/running/" + kind.name; }
};

// The values of the two variables; nullptr where one is not set. Throws DriverError when there is neither.
TargetFolders target_folders(const char* xdg_cache_home, const char* home);

void make_folder(const std::string& path);  // with those above it; throws DriverError

// An exclusive lock on a file, which is made if need be; the kernel lets go of it when its owner ends, however that ends.
// nullopt: somebody else has it. Throws DriverError when the file cannot be made.
std::optional<File> try_lock(const std::string& path);

}  // namespace lastunit::drivers::targets
