// The audit that follows a live run: of the histories of its generators, as a part of the run record.
#pragma once

#include <span>
#include <string>

#include "model/run_record.pb.h"

namespace lastunit::cli {

// Reads and judges them together. `kept`: where the history stays for others to read; empty: nowhere.
model::LoadAudit audit_histories(std::span<const std::string> histories, const std::string& kept);

}  // namespace lastunit::cli
