// One function per table of record_csv.hpp; a record that lacks it gives a table without rows.
#pragma once

#include "model/run_record.pb.h"
#include "reports/csv.hpp"

namespace lastunit::reports {

// record_csv_time.cpp: rows are steps.
CsvTable csv_of_day(const model::RunRecord& record);
CsvTable csv_of_edge_lag(const model::RunRecord& record);
CsvTable csv_of_backlog(const model::RunRecord& record);
CsvTable csv_of_node_steps(const model::RunRecord& record);
CsvTable csv_of_flow_steps(const model::RunRecord& record);
CsvTable csv_of_load(const model::RunRecord& record);

// record_csv_totals.cpp: rows are things.
CsvTable csv_of_channels(const model::RunRecord& record);
CsvTable csv_of_nodes(const model::RunRecord& record);
CsvTable csv_of_edges(const model::RunRecord& record);
CsvTable csv_of_flows(const model::RunRecord& record);
CsvTable csv_of_places(const model::RunRecord& record);
CsvTable csv_of_sku_classes(const model::RunRecord& record);
CsvTable csv_of_skus(const model::RunRecord& record);
CsvTable csv_of_causes(const model::RunRecord& record);
CsvTable csv_of_times(const model::RunRecord& record);
CsvTable csv_of_paths(const model::RunRecord& record);
CsvTable csv_of_switches(const model::RunRecord& record);
CsvTable csv_of_funnel(const model::RunRecord& record);

// record_csv_shop.cpp: of a shop over HTTP.
CsvTable csv_of_steps(const model::RunRecord& record);
CsvTable csv_of_step_answers(const model::RunRecord& record);
CsvTable csv_of_books(const model::RunRecord& record);
CsvTable csv_of_findings(const model::RunRecord& record);
CsvTable csv_of_shop_cpu(const model::RunRecord& record);

}  // namespace lastunit::reports
