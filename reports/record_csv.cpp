#include "reports/record_csv.hpp"

#include "reports/record_csv_tables.hpp"

namespace lastunit::reports {

std::vector<CsvFile> record_csv(const model::RunRecord& record) {
    std::vector<CsvFile> files;
    const auto add = [&](const char* name, CsvTable table) {
        if (table.rows() > 0) files.push_back({std::string(name) + ".csv", table.take()});
    };
    add("day", csv_of_day(record));
    add("edge_lag", csv_of_edge_lag(record));
    add("backlog", csv_of_backlog(record));
    add("nodes", csv_of_node_steps(record));
    add("flow_steps", csv_of_flow_steps(record));
    add("load", csv_of_load(record));
    add("channels", csv_of_channels(record));
    add("node_totals", csv_of_nodes(record));
    add("edges", csv_of_edges(record));
    add("flows", csv_of_flows(record));
    add("places", csv_of_places(record));
    add("sku_classes", csv_of_sku_classes(record));
    add("skus", csv_of_skus(record));
    add("causes", csv_of_causes(record));
    add("fulfilment_times", csv_of_times(record));
    add("paths", csv_of_paths(record));
    add("switches", csv_of_switches(record));
    add("funnel", csv_of_funnel(record));
    add("steps", csv_of_steps(record));
    add("step_answers", csv_of_step_answers(record));
    add("books", csv_of_books(record));
    add("findings", csv_of_findings(record));
    add("shop_cpu", csv_of_shop_cpu(record));
    return files;
}

}  // namespace lastunit::reports
