#include "cli/outputs.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/charts.hpp"
#include "cli/page_language.hpp"
#include "reports/json.hpp"
#include "reports/openmetrics.hpp"
#include "reports/page.hpp"
#include "reports/record_csv.hpp"
#include "reports/run_markdown.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

std::string content(const Output& output, const model::RunRecord& record, const std::vector<model::Autopsy>& autopsies) {
    switch (output.format) {
        case Output::Format::json:
            return reports::to_json(record);
        case Output::Format::html:
        case Output::Format::charts:  // drawn from the page
            return reports::run_page(record, output.language, autopsies);
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
    const reports::Language language = page_language(arguments);
    if (const auto path = arguments.get("json")) outputs.push_back({Output::Format::json, *path});
    if (const auto path = arguments.get("html")) outputs.push_back({Output::Format::html, *path, language});
    if (const auto path = arguments.get("markdown")) outputs.push_back({Output::Format::markdown, *path});
    if (const auto path = arguments.get("openmetrics")) outputs.push_back({Output::Format::openmetrics, *path});
    if (const auto folder = arguments.get("out")) {
        make_folder("--out", *folder);
        outputs.push_back({Output::Format::json, (fs::path(*folder) / "run.json").string()});
        outputs.push_back({Output::Format::protobuf, (fs::path(*folder) / "run.pb").string()});
        outputs.push_back({Output::Format::html, (fs::path(*folder) / "report.html").string(), language});
    }
    check_charts(arguments);
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
    if (const auto folder = arguments.get("charts")) outputs.push_back({Output::Format::charts, *folder, language});
    return outputs;
}

std::optional<std::string> write_outputs(const std::vector<Output>& outputs, const model::RunRecord& record,
                                         const std::vector<model::Autopsy>& autopsies) {
    for (const Output& output : outputs) {
        if (output.format == Output::Format::csv) {
            if (auto problem = write_tables(output.path, record)) return problem;
            continue;
        }
        const std::string text = content(output, record, autopsies);
        if (output.format == Output::Format::charts)
            draw_charts(text, output.path);
        else if (auto problem = reports::write_file(output.path, text))
            return problem;
    }
    return std::nullopt;
}

bool has_page(const std::vector<Output>& outputs) {
    return std::any_of(outputs.begin(), outputs.end(),
                       [](const Output& output) { return output.format == Output::Format::html; });
}

bool uses_stdout(const std::vector<Output>& outputs) {
    return std::any_of(outputs.begin(), outputs.end(), [](const Output& output) { return output.path == "-"; });
}

}  // namespace lastunit::cli
