#include "reports/study/pareto.hpp"

#include "core/assert.hpp"
#include "reports/statistics/several.hpp"
#include "reports/study/kpi_table.hpp"

namespace lastunit::reports {
namespace {

// How arm a stands to arm b in one KPI.
enum class Stand : std::uint8_t { shown_better, better, equal, worse };

// [kpi][a][b]
using Stands = std::vector<std::vector<std::vector<Stand>>>;

Stands stands_of(const std::vector<ComparedKpi>& kpis, Seeds seeds, statistics::Confidence confidence) {
    const std::size_t arms = kpis.front().arms.size();
    std::vector<double> p;
    for (const ComparedKpi& kpi : kpis)
        for (std::size_t a = 0; a < arms; ++a)
            for (std::size_t b = 0; b < a; ++b) {
                const auto &x = kpi.arms[a].values, &y = kpi.arms[b].values;
                p.push_back(seeds == Seeds::common ? statistics::paired_difference(x, y).p
                                                   : statistics::welch_difference(x, y).p);
            }
    const std::vector<double> adjusted = statistics::holm_adjusted(p);
    Stands out(kpis.size(), std::vector<std::vector<Stand>>(arms, std::vector<Stand>(arms, Stand::equal)));
    std::size_t at = 0;
    for (std::size_t k = 0; k < kpis.size(); ++k)
        for (std::size_t a = 0; a < arms; ++a)
            for (std::size_t b = 0; b < a; ++b) {
                const double difference = kpis[k].arms[a].mean.value - kpis[k].arms[b].mean.value;
                const bool shown = adjusted[at++] <= confidence.alpha();
                if (difference == 0) continue;
                const bool a_better = (difference < 0) == (better(kpis[k].path) == Better::lower);
                out[k][a_better ? a : b][a_better ? b : a] = shown ? Stand::shown_better : Stand::better;
                out[k][a_better ? b : a][a_better ? a : b] = Stand::worse;
            }
    return out;
}

}  // namespace

Front front_of(const std::vector<ComparedKpi>& kpis, Seeds seeds, statistics::Confidence confidence) {
    Front out;
    if (kpis.empty()) return out;
    for (const ComparedKpi& kpi : kpis) {
        LASTUNIT_ASSERT(better(kpi.path) != Better::neither, kpi.path);
        out.kpis.push_back(kpi.path);
    }
    const Stands stands = stands_of(kpis, seeds, confidence);
    const std::size_t arms = kpis.front().arms.size();
    out.arms.resize(arms);
    for (std::size_t b = 0; b < arms; ++b) {
        std::size_t most_shown = 0;
        for (std::size_t a = 0; a < arms; ++a) {
            std::size_t worse = 0, ahead = 0, shown = 0;
            for (std::size_t k = 0; k < kpis.size(); ++k) {
                const Stand stand = stands[k][a][b];
                worse += stand == Stand::worse ? 1 : 0;
                ahead += stand == Stand::better || stand == Stand::shown_better ? 1 : 0;
                shown += stand == Stand::shown_better ? 1 : 0;
            }
            if (worse > 0 || ahead == 0) continue;
            FrontPlace& place = out.arms[b];
            if (place.where != FrontPlace::Where::on_front && shown <= most_shown) continue;
            place.where = shown > 0 ? FrontPlace::Where::dominated : FrontPlace::Where::dominated_in_means;
            place.by = a;
            most_shown = shown;
        }
    }
    return out;
}

}  // namespace lastunit::reports
