// A flow file to a Plan, or every mistake in it with line and column.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/plan.hpp"
#include "scenarios/diagnostic.hpp"

namespace lastunit::drivers::http {

struct FlowOptions {
    // Takes the place of a base URL: name (empty: the first) and address, as `--url shop=http://127.0.0.1:9000`.
    std::vector<std::pair<std::string, std::string>> urls;
    Names::Environment environment;  // absent: nothing is set
};

struct LoadedFlow {
    std::shared_ptr<const Plan> plan;           // only when there are no errors
    std::vector<scenarios::Diagnostic> errors;  // sorted by position
};

LoadedFlow load_flow(const std::string& path, const FlowOptions& options);
// The same of text; `path` names it in errors.
LoadedFlow load_flow_text(const std::string& text, const std::string& path, const FlowOptions& options);

// That of the process.
Names::Environment process_environment();

// `text` with every secret in it as `***`, and with what begins as one does for at least 8 characters: a shop that shortens what
// it repeats.
std::string masked(std::string text, const std::vector<std::string>& secrets);

}  // namespace lastunit::drivers::http
