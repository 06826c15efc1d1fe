#include "cli/check.hpp"

#include <cmath>
#include <cstdio>

#include "cli/scenario.hpp"

namespace lastunit::cli {
namespace {

double expected_shoppers(const model::Scenario& scenario) {
    double sum = 0;
    for (const model::ArrivalStream& stream : scenario.arrivals)
        sum += stream.exactly ? static_cast<double>(*stream.exactly) : stream.expected(SimTime{0} + scenario.run.horizon);
    return sum;
}

std::string description(const model::Scenario& scenario) {
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
        if (scenario)
            std::printf("%s\n", description(*scenario).c_str());
        else
            status = kBadInput;
    }
    return status;
}

}  // namespace lastunit::cli
