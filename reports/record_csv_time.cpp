#include <cmath>
#include <cstdio>

#include "reports/record_csv_tables.hpp"

namespace lastunit::reports {

namespace {

// The instant at which a step begins: three columns.
class Steps {
   public:
    Steps(const model::RunRecord& record, double step_s) : start_s_(record.identity().start_of_day_s()), step_s_(step_s) {}
    void add(CsvTable& table, int step) const {
        const double from = step * step_s_;
        const auto local = static_cast<std::int64_t>(std::floor(start_s_ + from));
        char clock[40];
        std::snprintf(clock, sizeof clock, "%02d:%02d:%02d", static_cast<int>(local / 3600 % 24),
                      static_cast<int>(local / 60 % 60), static_cast<int>(local % 60));
        table.number(from).number(local / 86'400 + 1).text(clock);
    }

   private:
    double start_s_, step_s_;
};

// A series may lack one that came later to the schema.
template <class Values> void add_value(CsvTable& table, const Values& values, int i) {
    i < values.size() ? table.number(values[i]) : table.nothing();
}

// Where nothing was measured there is -1.
template <class Values> void add_measured(CsvTable& table, const Values& values, int i) {
    i < values.size() && values[i] >= 0 ? table.number(values[i]) : table.nothing();
}

}  // namespace

CsvTable csv_of_day(const model::RunRecord& record) {
    CsvTable table({"from_s", "local_day", "local_time", "shoppers_arriving", "shoppers_active", "orders_accepted",
                    "oversold_units", "undersold_units", "refused_units", "cancelled_units", "stock_units", "held_units",
                    "open_orders", "open_order_lines"});
    const model::Series& s = record.series();
    const Steps steps(record, s.step_s());
    for (int i = 0; i < s.orders_size(); ++i) {
        steps.add(table, i);
        add_value(table, s.arrivals(), i);
        add_value(table, s.shoppers_active(), i);
        add_value(table, s.orders(), i);
        add_value(table, s.oversold(), i);
        add_value(table, s.undersold(), i);
        add_value(table, s.refused(), i);
        add_value(table, s.cancelled(), i);
        add_value(table, s.stock(), i);
        add_value(table, s.held(), i);
        add_value(table, s.open_orders(), i);
        add_value(table, s.open_picks(), i);
        table.end_row();
    }
    return table;
}

CsvTable csv_of_edge_lag(const model::RunRecord& record) {
    CsvTable table({"from_s", "local_day", "local_time", "edge", "mean_lag_s", "max_lag_s"});
    const Steps steps(record, record.series().step_s());
    for (const model::EdgeSeries& edge : record.series().edge_lag())
        for (int i = 0; i < edge.mean_lag_s_size(); ++i) {
            steps.add(table, i);
            table.text(edge.edge());
            add_measured(table, edge.mean_lag_s(), i);
            add_measured(table, edge.max_lag_s(), i);
            table.end_row();
        }
    return table;
}

CsvTable csv_of_backlog(const model::RunRecord& record) {
    CsvTable table({"from_s", "local_day", "local_time", "node", "open_order_lines", "oldest_s", "people_at_work"});
    const Steps steps(record, record.series().step_s());
    for (const model::NodeSeries& node : record.series().backlog())
        for (int i = 0; i < node.open_picks_size(); ++i) {
            steps.add(table, i);
            table.text(node.node());
            add_value(table, node.open_picks(), i);
            add_value(table, node.oldest_s(), i);
            add_value(table, node.at_work(), i);
            table.end_row();
        }
    return table;
}

CsvTable csv_of_node_steps(const model::RunRecord& record) {
    CsvTable table({"from_s", "local_day", "local_time", "node", "stock_units", "open_order_lines", "shipped_units",
                    "handed_over_units", "sold_at_till_units", "oversold_units", "busy_person_s", "staffed_person_s"});
    const Steps steps(record, record.network().step_s());
    for (const model::NodeSteps& node : record.network().nodes())
        for (int i = 0; i < node.stock_size(); ++i) {
            steps.add(table, i);
            table.text(node.node());
            add_value(table, node.stock(), i);
            add_value(table, node.open_lines(), i);
            add_value(table, node.shipped(), i);
            add_value(table, node.handed_over(), i);
            add_value(table, node.sold_at_till(), i);
            add_value(table, node.oversold(), i);
            add_value(table, node.busy_s(), i);
            add_value(table, node.staffed_s(), i);
            table.end_row();
        }
    return table;
}

CsvTable csv_of_flow_steps(const model::RunRecord& record) {
    CsvTable table({"from_s", "local_day", "local_time", "node", "place", "to_node", "parcels"});
    const Steps steps(record, record.network().step_s());
    for (const model::FlowSteps& flow : record.network().flows())
        for (int i = 0; i < flow.steps_size(); ++i) {
            if (flow.steps(i) == 0) continue;
            steps.add(table, i);
            table.text(flow.node()).text(flow.place()).text(flow.to_node()).number(flow.steps(i));
            table.end_row();
        }
    return table;
}

CsvTable csv_of_load(const model::RunRecord& record) {
    CsvTable table({"clock_s", "intended_operations", "sent_operations", "answered_operations", "refused_operations",
                    "unanswered_attempts", "in_flight_operations", "service_p50_ms", "service_p99_ms", "response_p50_ms",
                    "response_p99_ms", "dispatch_lag_p99_ms"});
    const model::LoadSeries& s = record.load().series();
    for (int i = 0; i < s.intended_size(); ++i) {
        table.number(i * s.step_s());
        add_value(table, s.intended(), i);
        add_value(table, s.sent(), i);
        add_value(table, s.answered(), i);
        add_value(table, s.refused(), i);
        add_value(table, s.no_answer(), i);
        add_value(table, s.in_flight(), i);
        add_measured(table, s.service_p50_ms(), i);
        add_measured(table, s.service_p99_ms(), i);
        add_measured(table, s.response_p50_ms(), i);
        add_measured(table, s.response_p99_ms(), i);
        add_measured(table, s.lag_p99_ms(), i);
        table.end_row();
    }
    return table;
}

}  // namespace lastunit::reports
