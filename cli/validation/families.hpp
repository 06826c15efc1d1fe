// The families of reference cases that the model covers.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "cli/validation/case.hpp"
#include "cli/validation/effort.hpp"
#include "cli/validation/experiment.hpp"

namespace lastunit::cli::validation {

struct Family {
    const char* name;
    // The scenario file is validation/NAME.yaml of the library, where the experiment has a setting.
    // Throws CaseError for a malformed case, NotCovered for one outside the model.
    std::unique_ptr<Experiment> (*experiment)(const Case& the_case, const Effort& effort);
};

std::span<const Family> families();

// A family's name is the case's id, or what the id begins with: "e1_mmc", "e1_mmc-hot". Null when none fits.
const Family* find_family(const std::string& id);

// By file: stale_view.cpp
std::unique_ptr<Experiment> constant_lag(const Case&, const Effort&);
std::unique_ptr<Experiment> constant_lag_until(const Case&, const Effort&);
std::unique_ptr<Experiment> exponential_lag(const Case&, const Effort&);
std::unique_ptr<Experiment> delta_feed(const Case&, const Effort&);
std::unique_ptr<Experiment> safety_buffer(const Case&, const Effort&);
// batch_sync.cpp
std::unique_ptr<Experiment> batch_sync(const Case&, const Effort&);
std::unique_ptr<Experiment> batch_sync_any_phase(const Case&, const Effort&);
// partition.cpp
std::unique_ptr<Experiment> partition(const Case&, const Effort&);
// race.cpp
std::unique_ptr<Experiment> race_of_many(const Case&, const Effort&);
std::unique_ptr<Experiment> race_of_all(const Case&, const Effort&);
std::unique_ptr<Experiment> race_constant_window(const Case&, const Effort&);
std::unique_ptr<Experiment> race_exponential_window(const Case&, const Effort&);
// pools.cpp
std::unique_ptr<Experiment> pools(const Case&, const Effort&);
// queue.cpp
std::unique_ptr<Experiment> queue_mmc(const Case&, const Effort&);
std::unique_ptr<Experiment> queue_mg1(const Case&, const Effort&);
std::unique_ptr<Experiment> queue_md1(const Case&, const Effort&);
std::unique_ptr<Experiment> queue_batch(const Case&, const Effort&);
std::unique_ptr<Experiment> queue_tandem(const Case&, const Effort&);
// priority.cpp
std::unique_ptr<Experiment> priority_queue(const Case&, const Effort&);
// fork_join.cpp
std::unique_ptr<Experiment> fork_join(const Case&, const Effort&);
// desk.cpp
std::unique_ptr<Experiment> calls_lost(const Case&, const Effort&);
std::unique_ptr<Experiment> impatient_callers(const Case&, const Effort&);
// transient.cpp
std::unique_ptr<Experiment> first_customers(const Case&, const Effort&);
// daily_curve.cpp, path.cpp
std::unique_ptr<Experiment> daily_curve(const Case&, const Effort&);
std::unique_ptr<Experiment> path_from_empty(const Case&, const Effort&);
// holds.cpp, flash_sale.cpp
std::unique_ptr<Experiment> cart_holds(const Case&, const Effort&);
std::unique_ptr<Experiment> saturated_flash_sale(const Case&, const Effort&);
std::unique_ptr<Experiment> flash_sale(const Case&, const Effort&);
// newsvendor.cpp, lag_tail.cpp
std::unique_ptr<Experiment> newsvendor(const Case&, const Effort&);
std::unique_ptr<Experiment> risk_buffers(const Case&, const Effort&);
std::unique_ptr<Experiment> oversold_tail(const Case&, const Effort&);
// phantom_lines.cpp, record_error.cpp, shrink.cpp
std::unique_ptr<Experiment> phantom_lines(const Case&, const Effort&);
std::unique_ptr<Experiment> record_error(const Case&, const Effort&);
std::unique_ptr<Experiment> shrink_cycle(const Case&, const Effort&);
// sequential.cpp
std::unique_ptr<Experiment> sequential_requests(const Case&, const Effort&);
// two_warehouses.cpp
std::unique_ptr<Experiment> two_warehouses(const Case&, const Effort&);
// rounded_orders.cpp
std::unique_ptr<Experiment> rounded_orders(const Case&, const Effort&);
std::unique_ptr<Experiment> uniform_orders(const Case&, const Effort&);
// gambler.cpp, buffer_tail.cpp
std::unique_ptr<Experiment> gambler(const Case&, const Effort&);
std::unique_ptr<Experiment> buffer_tail(const Case&, const Effort&);
// output_analysis.cpp
std::unique_ptr<Experiment> t_quantiles(const Case&, const Effort&);
std::unique_ptr<Experiment> quantile_ranks(const Case&, const Effort&);
std::unique_ptr<Experiment> mean_and_stopping(const Case&, const Effort&);
std::unique_ptr<Experiment> warm_up(const Case&, const Effort&);
std::unique_ptr<Experiment> paired_or_not(const Case&, const Effort&);
// selection.cpp
std::unique_ptr<Experiment> dudewicz_dalal(const Case&, const Effort&);
std::unique_ptr<Experiment> rinott(const Case&, const Effort&);
std::unique_ptr<Experiment> kim_nelson(const Case&, const Effort&);
std::unique_ptr<Experiment> budget_allocation(const Case&, const Effort&);
// sampled.cpp
std::unique_ptr<Experiment> variance_reduction(const Case&, const Effort&);
std::unique_ptr<Experiment> sobol_of_ishigami(const Case&, const Effort&);
// popularity.cpp
std::unique_ptr<Experiment> zipf_popularity(const Case&, const Effort&);

}  // namespace lastunit::cli::validation
