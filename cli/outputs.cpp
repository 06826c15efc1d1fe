#include "cli/outputs.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/openmetrics.hpp"
#include "reports/record_csv.hpp"
#include "reports/run_markdown.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

std::string content(Output::Format format, const model::RunRecord& record) {
    switch (format) {
        case Output::Format::json:
            return reports::to_json(record);
        case Output::Format::html:
            return reports::to_html(record);
        case Output::Format::protobuf:
            return record.SerializeAsString();
        case Output::Format::markdown:
            return reports::run_markdown(record);
        case Output::Format::openmetrics:
            return reports::openmetrics(record);
        case Output::Format::csv:
            break;  // several files
    }
    return {};
}

void make_folder(const char* option, const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error && fs::is_directory(folder)) return;
    throw BadInput(std::string(option) + ": cannot make the folder " + folder + ": " +
                   (error ? error.message() : "there is a file of that name"));
}

std::optional<std::string> write_tables(const std::string& folder, const model::RunRecord& record) {
    for (const reports::CsvFile& file : reports::record_csv(record))
        if (auto problem = reports::write_file((fs::path(folder) / file.name).string(), file.text)) return problem;
    return std::nullopt;
}

}  // namespace

std::vector<Output> planned_outputs(const Arguments& arguments) {
    std::vector<Output> outputs;
    if (const auto path = arguments.get("json")) outputs.push_back({Output::Format::json, *path});
    if (const auto path = arguments.get("html")) outputs.push_back({Output::Format::html, *path});
    if (const auto path = arguments.get("markdown")) outputs.push_back({Output::Format::markdown, *path});
    if (const auto path = arguments.get("openmetrics")) outputs.push_back({Output::Format::openmetrics, *path});
    if (const auto folder = arguments.get("out")) {
        make_folder("--out", *folder);
        outputs.push_back({Output::Format::json, (fs::path(*folder) / "run.json").string()});
        outputs.push_back({Output::Format::protobuf, (fs::path(*folder) / "run.pb").string()});
        outputs.push_back({Output::Format::html, (fs::path(*folder) / "report.html").string()});
    }
    if (const auto folder = arguments.get("csv")) {
        if (*folder == "-") throw BadInput("--csv: writes several tables, and needs a folder for them: --csv DIR");
        make_folder("--csv", *folder);
        if (const auto problem = reports::check_writable((fs::path(*folder) / "day.csv").string())) throw BadInput(*problem);
        outputs.push_back({Output::Format::csv, *folder});
    }
    std::set<std::string> seen;
    for (const Output& output : outputs) {
        if (output.format == Output::Format::csv) continue;
        if (!seen.insert(fs::path(output.path).lexically_normal().string()).second)
            throw BadInput("two reports would be written to " + output.path);
        if (const auto problem = reports::check_writable(output.path)) throw BadInput(*problem);
    }
    return outputs;
}

std::optional<std::string> write_outputs(const std::vector<Output>& outputs, const model::RunRecord& record) {
    for (const Output& output : outputs) {
        auto problem = output.format == Output::Format::csv ? write_tables(output.path, record)
                                                            : reports::write_file(output.path, content(output.format, record));
        if (problem) return problem;
    }
    return std::nullopt;
}

bool uses_stdout(const std::vector<Output>& outputs) {
    return std::any_of(outputs.begin(), outputs.end(), [](const Output& output) { return output.path == "-"; });
}

}  // namespace lastunit::cli
