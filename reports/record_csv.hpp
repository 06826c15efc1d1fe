// The tables of a run record, each a file: what a spreadsheet or a notebook wants of a run.
//
// Over time: day.csv (all counts and states of the shop, a row per step), edge_lag.csv, backlog.csv, nodes.csv, flow_steps.csv
// (rows with parcels), and load.csv of a live run (a row per step of the clock). Each row of the scenario's time says where its
// step begins: `from_s` seconds after the start, and the same as local day (1 is the day on which the run starts) and time. Of
// the whole run: channels.csv, node_totals.csv, edges.csv, flows.csv, places.csv, sku_classes.csv, skus.csv (the worst),
// causes.csv, fulfilment_times.csv, paths.csv, switches.csv, funnel.csv. Of a shop over HTTP: steps.csv (shoppers, answers by
// class, quantiles of latency), step_answers.csv (requests by rule), books.csv (one row), findings.csv, shop_cpu.csv (one row).
//
// A column's name ends in its unit (`stock_units`, `mean_lag_s`, `oversold_value_minor`: minor units of money). Where nothing was
// measured, the field is empty.
#pragma once

#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

struct CsvFile {
    std::string name;
    std::string text;
};

// Those that have a row; in the order above.
std::vector<CsvFile> record_csv(const model::RunRecord& record);

}  // namespace lastunit::reports
