#include "cli/flow/flow_source.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "cli/command.hpp"
#include "drivers/http/flow_file.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;
namespace http = drivers::http;

fs::path shipped_folder() {
    std::error_code error;
    const fs::path binary = fs::read_symlink("/proc/self/exe", error);
    const fs::path installed = (binary.parent_path() / "../share/lastunit/targets").lexically_normal();
    if (!error && fs::is_directory(installed, error)) return installed;
    return LASTUNIT_TARGETS_FOLDER;
}

std::vector<std::string> shipped_names() {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(shipped_folder(), ignored))
        if (fs::is_regular_file(entry.path() / "flow.yaml", ignored)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::string path_of(const std::string& file_or_name) {
    std::error_code ignored;
    if (fs::exists(file_or_name, ignored)) return file_or_name;
    if (file_or_name.find('/') != std::string::npos || file_or_name.ends_with(".yaml") || file_or_name.ends_with(".yml"))
        throw BadInput(file_or_name + ": there is no such file");
    const std::vector<std::string> names = shipped_names();
    if (std::find(names.begin(), names.end(), file_or_name) == names.end())
        throw BadInput(file_or_name + ": there is no such file, and no flow of that name ships" +
                       scenarios::suggest(file_or_name, names));
    return (shipped_folder() / file_or_name / "flow.yaml").string();
}

std::pair<std::string, std::string> url_of(const std::string& text) {
    const std::size_t equals = text.find('='), slashes = text.find("://");
    if (slashes == std::string::npos) throw BadInput("--url: '" + text + "' is not [NAME=]http://HOST:PORT");
    if (equals == std::string::npos || equals > slashes) return {"", text};
    return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace

std::shared_ptr<const http::Plan> load_flow_or_explain(const std::string& file_or_name, const std::vector<std::string>& urls,
                                                       Environment environment) {
    http::FlowOptions options;
    options.environment = http::process_environment();
    for (const std::string& url : urls) options.urls.push_back(url_of(url));
    const http::LoadedFlow loaded = http::load_flow(path_of(file_or_name), options);
    for (const scenarios::Diagnostic& one : loaded.errors) std::fprintf(stderr, "%s\n", one.text().c_str());
    if (!loaded.plan) return nullptr;
    if (environment == Environment::needed && !loaded.plan->unset.empty())
        throw BadInput(loaded.plan->file + ": needs the variable " + loaded.plan->unset.front() +
                       " in the environment, which is not set");
    return loaded.plan;
}

}  // namespace lastunit::cli
