// The records of generators that shared one load, as one record.
#pragma once

#include <span>

#include "model/run_record.pb.h"

namespace lastunit::cli {

// Of one run's shards, at least one. Counts and money add up; `load` merges exactly (drivers/load/merge_reports.hpp). Rates and
// means are weighed by the shards' shoppers; so are quantiles, which is an estimate: each shard has a random part of the
// shoppers. Distributions of times merge exactly, in the wider of two buckets. Of the worst SKUs and of the paths, what is on no
// shard's list is on none (such paths are among the others), and what a shard does not list counts without that shard's part.
// Left out is what each shard has of the whole shop for itself: nodes, edges, places, carriers, costs of a year, the network over
// time, the balance of stock. Oversell by the truth is no more than a lower bound: no generator sees which units the others'
// shoppers took. What was sold twice is the audit's to say.
model::RunRecord merge_records(std::span<const model::RunRecord> shards);

}  // namespace lastunit::cli
