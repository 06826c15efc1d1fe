// The files a run leaves behind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "model/run_record.pb.h"

namespace lastunit::cli {

struct Output {
    enum class Format : std::uint8_t { json, html, protobuf, markdown, openmetrics, csv };
    Format format;
    std::string path;  // "-" is stdout; csv: the folder of its tables
};

// What --json, --html, --markdown, --openmetrics, --csv and --out ask for. Makes the folders, and tries every file: a run of
// minutes must not end at a path that could not be written from the start. Throws BadInput.
std::vector<Output> planned_outputs(const Arguments& arguments);

// Each file whole or not at all; stops at the first that fails and returns why.
std::optional<std::string> write_outputs(const std::vector<Output>& outputs, const model::RunRecord& record);

bool uses_stdout(const std::vector<Output>& outputs);

}  // namespace lastunit::cli
