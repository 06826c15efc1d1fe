// The files a run leaves behind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "model/autopsy.pb.h"
#include "model/run_record.pb.h"
#include "reports/page.hpp"

namespace lastunit::cli {

struct Output {
    enum class Format : std::uint8_t { json, html, protobuf, markdown, openmetrics, csv, charts };
    Format format;
    std::string path;                                         // "-" is stdout; of csv and charts a folder
    reports::Language language = reports::Language::english;  // of html and charts
};

// What --json, --html, --markdown, --openmetrics, --csv, --charts and --out ask for. Makes the folders, and tries every file: a
// run of minutes must not end at a path that could not be written from the start. Throws BadInput.
std::vector<Output> planned_outputs(const Arguments& arguments);

// Each file whole or not at all; stops at the first that fails and returns why. `autopsies`: for the page.
std::optional<std::string> write_outputs(const std::vector<Output>& outputs, const model::RunRecord& record,
                                         const std::vector<model::Autopsy>& autopsies = {});

bool has_page(const std::vector<Output>& outputs);
bool uses_stdout(const std::vector<Output>& outputs);

}  // namespace lastunit::cli
