// The state file of a running shop (target_state.proto), and whether its keeper lives.
#pragma once

#include <optional>
#include <string>

#include "drivers/targets/folders.hpp"
#include "drivers/targets/target_state.pb.h"

namespace lastunit::drivers::targets {

// Complete or not at all, readable by its owner only: the database's password is in it. Throws DriverError.
void write_state(const std::string& folder, const lastunit::targets::TargetState& state);
// nullopt: there is none. Throws DriverError when it cannot be understood.
std::optional<lastunit::targets::TargetState> read_state(const std::string& folder);
void remove_state(const std::string& folder);

std::string keeper_lock(const std::string& folder);  // path of the file that a keeper holds locked all its life
bool has_keeper(const std::string& folder);

// The flow file of the target of that name that is up, with its URLs; nullopt: there is none.
std::optional<std::string> running_flow(const TargetFolders& folders, const std::string& name);

}  // namespace lastunit::drivers::targets
