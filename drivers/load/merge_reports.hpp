// Several generators that shared one load, as one report.
#pragma once

#include <span>

#include "model/load_report.pb.h"

namespace lastunit::drivers {

// The same bytes in whatever order and grouping: merge(merge(a, b), c) = merge(c, merge(b, a)). Counts and histograms add up
// exactly; rates are those of the sums over the whole span; the peaks of rate and of what is in flight are sums of the shards'
// own, so at most so high; in the series a quantile is that of the slowest shard. Reasons for INVALID and faults are united. Left
// out, because they are of one shard's own: `shard`, and audit and prediction (the histories are audited together); and of a shop
// over HTTP `shop_cpu` and `shop_books`, which are of all generators together.
model::LoadReport merge_reports(std::span<const model::LoadReport> reports);

}  // namespace lastunit::drivers
