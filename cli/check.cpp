#include "cli/check.hpp"

#include <cmath>
#include <cstdio>
#include <sstream>

#include "cli/scenario.hpp"

namespace lastunit::cli {
namespace {

double expected_shoppers(const model::Scenario& scenario) {
    double sum = 0;
    for (const model::ArrivalStream& stream : scenario.arrivals)
        sum += stream.exactly ? static_cast<double>(*stream.exactly) : stream.expected(SimTime{0} + scenario.run.horizon);
    return sum;
}

// The scenario's own words, as one line.
std::string unfolded(const std::string& text) {
    std::istringstream words(text);
    std::string out;
    for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
    return out;
}

std::string summary(const model::Scenario& scenario) {
    char text[160];
    std::snprintf(text, sizeof text, "%zu SKUs, %zu nodes, %zu channels, ", scenario.catalogue.skus.size(),
                  scenario.network.nodes.size(), scenario.channels.size());
    std::string out = "ok: " + scenario.name + ", " + text;
    if (scenario.replay)
        std::snprintf(text, sizeof text, "%zu replayed orders, ", scenario.replay->orders.size());
    else
        std::snprintf(text, sizeof text, "about %.0f shoppers ", std::round(expected_shoppers(scenario)));
    out += text;
    std::snprintf(text, sizeof text, "in %.4g h, design %s, hash %s", scenario.run.horizon.seconds() / 3600,
                  scenario.design.name.c_str(), scenario.hash.c_str());
    return out + text;
}

}  // namespace

int check(const Arguments& arguments) {
    int status = kOk;
    for (const std::string& file : arguments.words) {
        const auto scenario = load_or_explain(file, arguments);
        if (!scenario) {
            status = kBadInput;
            continue;
        }
        std::printf("%s\n", summary(*scenario).c_str());
        if (!scenario->description.empty()) std::printf("    %s\n", unfolded(scenario->description).c_str());
    }
    return status;
}

}  // namespace lastunit::cli
