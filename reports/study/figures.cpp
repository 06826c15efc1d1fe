#include "reports/study/figures.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "reports/kpi_values.hpp"

namespace lastunit::reports {

std::optional<double> Replication::kpi(std::string_view path) const {
    const auto found = std::lower_bound(kpis.begin(), kpis.end(), path,
                                        [](const auto& entry, std::string_view wanted) { return *entry.first < wanted; });
    if (found == kpis.end() || *found->first != path) return std::nullopt;
    return found->second;
}

StudyFigures::StudyFigures(std::vector<std::string> arms) {
    for (std::string& name : arms) add_arm(std::move(name));
}

std::size_t StudyFigures::add_arm(std::string name) {
    arms_.push_back({std::move(name), {}});
    return arms_.size() - 1;
}

// Runs of one scenario have the same KPIs in the same order, mostly: looking a thousand paths up for each took a fifth of the
// leading process's time.
void StudyFigures::learn_layout(const std::vector<KpiValue>& kpis) {
    const auto same = [](const std::string* path, const KpiValue& kpi) { return *path == kpi.path; };
    if (std::equal(layout_.paths.begin(), layout_.paths.end(), kpis.begin(), kpis.end(), same)) return;
    layout_.paths.clear();
    for (const KpiValue& kpi : kpis) layout_.paths.push_back(&*paths_.insert(kpi.path).first);
    std::vector<std::size_t> order(kpis.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *layout_.paths[a] < *layout_.paths[b]; });
    layout_.place.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) layout_.place[order[i]] = i;
}

void StudyFigures::add(std::size_t arm, const model::RunRecord& record) {
    LASTUNIT_ASSERT(arm < arms_.size(), "an arm of the study");
    Replication out;
    out.seed = record.identity().seed();
    out.identity = record.identity();
    const std::vector<KpiValue> kpis = kpi_values(record);
    learn_layout(kpis);
    out.kpis.resize(kpis.size());
    for (std::size_t i = 0; i < kpis.size(); ++i) out.kpis[layout_.place[i]] = {layout_.paths[i], kpis[i].value};
    out.gates.assign(record.gates().begin(), record.gates().end());
    if (keeps_days_) out.day = day_of(record);
    auto& all = arms_[arm].replications;
    const auto at = std::lower_bound(all.begin(), all.end(), out.seed,
                                     [](const Replication& other, std::uint64_t seed) { return other.seed < seed; });
    if (at != all.end() && at->seed == out.seed)
        *at = std::move(out);
    else
        all.insert(at, std::move(out));
}

const model::Identity* StudyFigures::identity() const {
    for (const Arm& arm : arms_)
        if (!arm.replications.empty()) return &arm.replications.front().identity;
    return nullptr;
}

std::optional<std::vector<double>> StudyFigures::sample(std::size_t arm, std::string_view path) const {
    std::vector<double> out;
    for (const Replication& one : arms_[arm].replications) {
        const auto value = one.kpi(path);
        if (!value) return std::nullopt;
        out.push_back(*value);
    }
    if (out.empty()) return std::nullopt;
    return out;
}

std::optional<StudyFigures::Pairs> StudyFigures::pairs(std::size_t a, std::size_t b, std::string_view path) const {
    Pairs out;
    const auto &of_a = arms_[a].replications, &of_b = arms_[b].replications;
    for (std::size_t i = 0, k = 0; i < of_a.size() && k < of_b.size();) {
        if (of_a[i].seed != of_b[k].seed) {
            ++(of_a[i].seed < of_b[k].seed ? i : k);
            continue;
        }
        const auto x = of_a[i++].kpi(path), y = of_b[k++].kpi(path);
        if (!x || !y) return std::nullopt;
        out.a.push_back(*x);
        out.b.push_back(*y);
    }
    if (out.a.empty()) return std::nullopt;
    return out;
}

std::vector<std::string> StudyFigures::paths() const {
    std::vector<std::string> out;
    for (const std::string& path : paths_) {
        const auto measured = [&](const Arm& arm) {
            return std::all_of(arm.replications.begin(), arm.replications.end(),
                               [&](const Replication& one) { return one.kpi(path).has_value(); });
        };
        if (std::all_of(arms_.begin(), arms_.end(), measured)) out.push_back(path);
    }
    return out;
}

}  // namespace lastunit::reports
