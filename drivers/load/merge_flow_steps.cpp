#include "drivers/load/merge_flow_steps.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "drivers/load/latency_counts.hpp"

namespace lastunit::drivers {
namespace {

struct Sum {
    std::uint64_t shoppers = 0, passed = 0, requests = 0;
    std::map<std::tuple<std::string, std::uint32_t, std::string>, std::uint64_t> answers;  // class, status, why
    LatencyCounts latency;

    void add(const model::FlowStepLoad& from) {
        shoppers += from.shoppers(), passed += from.passed(), requests += from.requests();
        for (const model::FlowAnswer& one : from.answers()) answers[{one.answer(), one.status(), one.why()}] += one.requests();
        latency.merge(from.latency());
    }
    void write(const std::string& step, model::FlowStepLoad& to) const {
        to.set_step(step);
        to.set_shoppers(shoppers), to.set_passed(passed), to.set_requests(requests);
        for (const auto& [what, count] : answers) {
            model::FlowAnswer& one = *to.add_answers();
            one.set_answer(std::get<0>(what)), one.set_status(std::get<1>(what)), one.set_why(std::get<2>(what));
            one.set_requests(count);
        }
        std::stable_sort(to.mutable_answers()->begin(), to.mutable_answers()->end(),
                         [](const auto& a, const auto& b) { return a.requests() > b.requests(); });
        *to.mutable_latency() = latency.to_proto();
    }
};

// A generator that was no shop's has none.
std::vector<std::string> in_order(std::span<const model::LoadReport> reports, const std::map<std::string, Sum>& all) {
    const model::LoadReport* first = nullptr;
    int common = 0;
    for (const model::LoadReport& report : reports) {
        if (report.flow_steps().empty()) continue;
        if (first == nullptr) first = &report, common = report.flow_steps_size();
        int same = 0;
        while (same < std::min(common, report.flow_steps_size()) &&
               report.flow_steps(same).step() == first->flow_steps(same).step())
            ++same;
        common = same;
    }
    std::vector<std::string> out;
    for (int i = 0; i < common; ++i) out.push_back(first->flow_steps(i).step());
    for (const auto& [step, sum] : all)
        if (std::find(out.begin(), out.begin() + common, step) == out.begin() + common) out.push_back(step);
    return out;
}

}  // namespace

void merge_flow_steps(model::LoadReport& out, std::span<const model::LoadReport> reports) {
    std::map<std::string, Sum> sums;
    for (const model::LoadReport& report : reports)
        for (const model::FlowStepLoad& step : report.flow_steps()) sums[step.step()].add(step);
    for (const std::string& step : in_order(reports, sums)) sums[step].write(step, *out.add_flow_steps());
}

}  // namespace lastunit::drivers
