#include "drivers/http/flow_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "drivers/http/compile.hpp"
#include "scenarios/files.hpp"
#include "scenarios/yaml_reader.hpp"

namespace lastunit::drivers::http {
namespace {

namespace fs = std::filesystem;

std::string name_of_file(const std::string& path) {
    const fs::path file(path);
    const std::string folder = fs::absolute(file).parent_path().filename().string();
    return file.stem() == "flow" && !folder.empty() ? folder : file.stem().string();
}

LoadedFlow finished(scenarios::Report& report, std::shared_ptr<const Plan> plan) {
    LoadedFlow out;
    out.errors = report.sorted();
    if (out.errors.empty()) out.plan = std::move(plan);
    return out;
}

}  // namespace

bool Plan::takes_several_lines() const {
    return std::any_of(steps.begin(), steps.end(), [](const StepPlan& step) { return step.each == StepPlan::Each::line; });
}

std::vector<std::string> Plan::named_skus() const {
    std::vector<std::string> out;
    for (const SkuDefaults& one : skus)
        if (one.sku != "*") out.push_back(one.sku);
    return out;
}

LoadedFlow load_flow_text(const std::string& text, const std::string& path, const FlowOptions& options) {
    scenarios::Report report;
    const scenarios::Position whole{std::make_shared<const std::string>(path), 0, 0};
    scenarios::Tree tree = scenarios::read_yaml(text, path, scenarios::Origin::file, report);
    if (tree.kind != scenarios::Tree::Kind::map && !report.is_fatal())
        report.fatal(whole, "", "a flow is a map of fields: urls, steps, promise, ...");
    if (report.is_fatal()) return finished(report, nullptr);
    scenarios::prune_nulls(tree);
    flow::Flow from;
    const scenarios::Bound bound = scenarios::bind_fields(tree, from, "PLN", report);
    scenarios::check_references(bound, report);
    auto plan = std::make_shared<Plan>(Compiler(from, bound, options, report).compile(path));
    plan->name = from.name().empty() ? name_of_file(path) : from.name();
    return finished(report, std::move(plan));
}

LoadedFlow load_flow(const std::string& path, const FlowOptions& options) {
    const auto text = scenarios::read_text(path);
    if (text) return load_flow_text(*text, path, options);
    scenarios::Report report;
    std::error_code ignored;
    report.fatal({std::make_shared<const std::string>(path), 0, 0}, "",
                 fs::is_directory(path, ignored) ? "is a folder, not a flow file"
                 : fs::exists(path, ignored)     ? "cannot be read as a flow file"
                                                 : "there is no such file");
    return finished(report, nullptr);
}

Names::Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
}

std::string masked(std::string text, const std::vector<std::string>& secrets) {
    constexpr std::size_t kBegin = 8;
    const auto mask = [&](std::string_view begin, const std::string& secret) {
        for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 3)) {
            std::size_t size = begin.size();
            while (size < secret.size() && at + size < text.size() && text[at + size] == secret[size]) ++size;
            text.replace(at, size, "***");
        }
    };
    for (const std::string& secret : secrets)
        if (!secret.empty()) mask(secret, secret);
    for (const std::string& secret : secrets)
        if (secret.size() > kBegin) mask(std::string_view(secret).substr(0, kBegin), secret);
    return text;
}

}  // namespace lastunit::drivers::http
