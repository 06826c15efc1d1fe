#include "cli/validation/families.hpp"

#include <cctype>
#include <string_view>

namespace lastunit::cli::validation {
namespace {

constexpr Family kFamilies[] = {
    {"a1_inf", constant_lag},
    {"a1_fin", constant_lag_until},
    {"a2_explag", exponential_lag},
    {"a3_delta", delta_feed},
    {"a4_buffer", safety_buffer},
    {"b1_batch", batch_sync},
    {"b2_batch_uniform", batch_sync_any_phase},
    {"b3_partition", partition},
    {"c1_race_uniform", race_of_many},
    {"c2_race_poisson", race_constant_window},
    {"c3_race_exp", race_exponential_window},
    {"c4_simultaneous", race_of_all},
    {"d_pools", pools},
    {"e1_mmc", queue_mmc},
    {"e2_mg1", queue_mg1},
    {"e3_md1", queue_md1},
    {"e4_erlB", calls_lost},
    {"e5_priority", priority_queue},
    {"e6_forkjoin2", fork_join},
    {"e7_erlangA", impatient_callers},
    {"e8_batch", queue_batch},
    {"e9_tandem", queue_tandem},
    {"e10_transient", first_customers},
    {"f1_mtminf", daily_curve},
    {"f2_mtmc", path_from_empty},
    {"g1_hold", cart_holds},
    {"g2_flash_sat", saturated_flash_sale},
    {"g3_flash", flash_sale},
    {"h1_newsvendor", newsvendor},
    {"h2_risk_buffer", risk_buffers},
    {"i1_phantom_line", phantom_lines},
    {"i2_phantom_skellam", record_error},
    {"i3_shrink_cycle", shrink_cycle},
    {"j_dp_two_fc", two_warehouses},
    {"k1_gambler", gambler},
    {"k2_poisson_tail", oversold_tail},
    {"k3_buffer_tail", buffer_tail},
    {"l1_zipf", zipf_popularity},
    {"m1_rounding", rounded_orders},
    {"m2_independent", uniform_orders},
    {"n_sequential", sequential_requests},
    {"o1_t_quantiles", t_quantiles},
    {"o2_dudewicz", dudewicz_dalal},
    {"o3_rinott", rinott},
    {"o4_knpp", kim_nelson},
    {"o5_ocba", budget_allocation},
    {"o6_quantile_ci", quantile_ranks},
    {"o7_vr", variance_reduction},
    {"o8_ishigami", sobol_of_ishigami},
    {"o9_law_ci", mean_and_stopping},
    {"o10_law_bank", mean_and_stopping},
    {"o11_mser5", warm_up},
    {"o12_crn_pair", paired_or_not},
};

}  // namespace

std::span<const Family> families() { return kFamilies; }

const Family* find_family(const std::string& id) {
    for (const Family& family : kFamilies) {
        const std::string_view name = family.name;
        if (!id.starts_with(name)) continue;
        if (id.size() == name.size() || std::isalnum(static_cast<unsigned char>(id[name.size()])) == 0) return &family;
    }
    return nullptr;
}

}  // namespace lastunit::cli::validation
