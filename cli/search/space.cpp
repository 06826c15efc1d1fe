#include "cli/search/space.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/scenario.hpp"
#include "scenarios/yaml_reader.hpp"

namespace lastunit::cli {
namespace {

constexpr double kRounding = 1e-9;  // a third times six is two

std::string last_part(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string::npos ? name : name.substr(dot + 1);
}

}  // namespace

std::optional<Effective> effective_scenario(const Arguments& arguments) {
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return std::nullopt;
    scenarios::Report report;
    return Effective{scenarios::read_yaml(scenario->text, arguments.words[0], scenarios::Origin::file, report),
                     arguments.number("seed").value_or(scenario->run.seed)};
}

std::vector<Variable> variables_of(const Arguments& arguments, const scenarios::Tree& tree) {
    std::vector<Variable> out;
    std::set<std::string> seen;
    for (const std::string& text : arguments.all("vary")) {
        out.push_back(parse_vary(text, tree));
        for (const std::string& path : out.back().paths)
            if (!seen.insert(path).second) throw BadInput("--vary: `" + path + "` is varied twice");
    }
    return out;
}

SearchSpace::SearchSpace(const Arguments& arguments, std::vector<Variable> variables)
    : arguments_(arguments), design_(arguments.get("design").value_or("")), variables_(std::move(variables)) {
    for (const Variable& one : variables_) {
        const std::string last = last_part(one.name);
        const auto same = std::count_if(variables_.begin(), variables_.end(),
                                        [&](const Variable& other) { return last_part(other.name) == last; });
        labels_.push_back(same == 1 ? last : one.name);
    }
}

double SearchSpace::size() const {
    double out = 1;
    for (const Variable& one : variables_) out *= static_cast<double>(one.values.size());
    return out;
}

std::vector<Point> SearchSpace::grid() const {
    std::vector<Point> out{Point()};
    for (const Variable& one : variables_) {
        std::vector<Point> longer;
        for (const Point& point : out)
            for (std::size_t value = 0; value < one.values.size(); ++value) {
                longer.push_back(point);
                longer.back().push_back(value);
            }
        out = std::move(longer);
    }
    return out;
}

std::vector<std::string> SearchSpace::settings(const Point& point) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < point.size(); ++i) out.push_back(labels_[i] + "=" + variables_[i].values[point[i]]);
    return out;
}

std::string SearchSpace::name(const Point& point) const {
    std::string out;
    for (const std::string& one : settings(point)) out += (out.empty() ? "" : ", ") + one;
    return out;
}

std::vector<std::string> SearchSpace::changes(const Point& point) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < point.size(); ++i)
        for (std::string& one : variables_[i].changes(point[i])) out.push_back(std::move(one));
    return out;
}

Arm SearchSpace::arm(const Point& point) const {
    Arguments with = arguments_;
    auto& set = with.options["set"];
    for (std::string& one : changes(point)) set.push_back(std::move(one));
    scenarios::Loaded loaded = load_scenario(with.words[0], design_, with);
    if (!loaded.scenario) {
        std::string why;
        for (const scenarios::Diagnostic& error : loaded.errors) why += (why.empty() ? "" : "\n") + error.text();
        throw BadInput(name(point) + ": " + why);
    }
    const std::string design_name = loaded.scenario->design.name;
    Arm out = make_arm(with, design_, std::move(*loaded.scenario));
    out.name = name(point).empty() ? design_name : name(point);
    return out;
}

Point SearchSpace::at(const std::vector<double>& cube) const {
    Point out;
    for (std::size_t i = 0; i < variables_.size(); ++i) {
        const std::size_t count = variables_[i].values.size();
        out.push_back(std::min(count - 1, static_cast<std::size_t>(cube[i] * static_cast<double>(count) + kRounding)));
    }
    return out;
}

std::size_t SearchArms::of(const Point& point) {
    const auto found = arms_.find(point);
    if (found != arms_.end()) return found->second;
    const std::size_t arm = study_.add_arm(space_.arm(point));
    arms_.emplace(point, arm);
    points_.resize(arm + 1);
    points_[arm] = point;
    return arm;
}

}  // namespace lastunit::cli
