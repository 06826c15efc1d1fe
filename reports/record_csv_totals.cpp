#include <string>

#include "reports/record_csv_tables.hpp"

namespace lastunit::reports {

namespace {

// Count, median, 90, 95 and 99 % quantile and the longest: six columns.
void add_times(CsvTable& table, const model::TimeStats& stats) {
    const auto add = [&](double value) { stats.count() > 0 ? table.number(value) : table.nothing(); };
    table.number(stats.count());
    add(stats.p50()), add(stats.p90());
    stats.has_p95() ? add(stats.p95()) : void(table.nothing());
    add(stats.p99()), add(stats.max());
}

void add_text_or_nothing(CsvTable& table, const std::string& value) { value.empty() ? table.nothing() : table.text(value); }

}  // namespace

CsvTable csv_of_channels(const model::RunRecord& record) {
    CsvTable table({"channel",
                    "kind",
                    "reservation",
                    "decides_on",
                    "shoppers",
                    "orders_accepted",
                    "units_accepted",
                    "oversold_units",
                    "oversold_orders",
                    "oversold_value_minor",
                    "undersold_units",
                    "refused_units",
                    "lost_sales_units",
                    "cancelled_orders",
                    "cancelled_units",
                    "returned_units",
                    "revenue_minor",
                    "total_cost_minor",
                    "cost_per_order_major",
                    "conversion_share",
                    "promise_kept_share",
                    "view_age_count",
                    "view_age_p50_s",
                    "view_age_p90_s",
                    "view_age_p95_s",
                    "view_age_p99_s",
                    "view_age_max_s"});
    for (const model::ChannelKpi& channel : record.channels()) {
        const model::Kpi& k = channel.kpi();
        table.text(channel.name()).text(channel.kind()).text(channel.reservation()).text(channel.decides_on());
        table.number(k.shoppers()).number(k.orders_accepted()).number(k.units_accepted());
        table.number(k.oversold_units()).number(k.oversold_orders()).number(k.oversold_value());
        table.number(k.undersold_units()).number(k.refused_units()).number(k.lost_sales_units());
        table.number(k.cancelled_orders()).number(k.cancelled_units()).number(k.returned_units());
        table.number(k.revenue()).number(k.total_cost()).number(k.cost_per_order());
        table.number(k.conversion()).number(k.promise_kept_rate());
        add_times(table, channel.view_age_s());
        table.end_row();
    }
    return table;
}

CsvTable csv_of_nodes(const model::RunRecord& record) {
    CsvTable table({"node",
                    "kind",
                    "lat_deg",
                    "lon_deg",
                    "stock_start_units",
                    "stock_end_units",
                    "record_end_units",
                    "shipped_units",
                    "handed_over_units",
                    "sold_at_till_units",
                    "oversold_units",
                    "failed_picks",
                    "parcels_begun",
                    "transferred_out_units",
                    "transferred_in_units",
                    "returned_units",
                    "staffed_person_s",
                    "busy_person_s",
                    "overtime_person_s",
                    "backlog_peak_order_lines",
                    "total_cost_minor",
                    "pick_wait_count",
                    "pick_wait_p50_s",
                    "pick_wait_p90_s",
                    "pick_wait_p95_s",
                    "pick_wait_p99_s",
                    "pick_wait_max_s"});
    for (const model::NodeKpi& node : record.nodes()) {
        table.text(node.name()).text(node.kind()).number(node.lat()).number(node.lon());
        table.number(node.stock_start()).number(node.stock_end()).number(node.record_end());
        table.number(node.units_shipped()).number(node.units_handed_over()).number(node.units_sold_at_till());
        table.number(node.oversold_units()).number(node.failed_picks()).number(node.orders());
        table.number(node.units_transferred_out()).number(node.units_transferred_in()).number(node.returned_units());
        table.number(node.staffed_s()).number(node.busy_s()).number(node.overtime_s());
        table.number(node.backlog_peak()).number(node.total_cost());
        add_times(table, node.pick_wait_s());
        table.end_row();
    }
    return table;
}

CsvTable csv_of_edges(const model::RunRecord& record) {
    CsvTable table({"edge", "from", "to", "kind", "messages", "lost_messages", "duplicated_copies", "reordered_items",
                    "resendings", "dead_letters", "overwritten_units", "queue_peak_messages", "lag_count", "lag_p50_s",
                    "lag_p90_s", "lag_p95_s", "lag_p99_s", "lag_max_s"});
    for (const model::EdgeKpi& edge : record.edges()) {
        table.text(edge.name()).text(edge.from()).text(edge.to()).text(edge.kind());
        table.number(edge.messages()).number(edge.lost()).number(edge.duplicated()).number(edge.reordered());
        table.number(edge.resent()).number(edge.dead_letters()).number(edge.overwritten_units()).number(edge.queue_peak());
        add_times(table, edge.lag_s());
        table.end_row();
    }
    return table;
}

CsvTable csv_of_flows(const model::RunRecord& record) {
    CsvTable table({"node", "place", "to_node", "parcels", "split_parcels"});
    for (const model::FlowSteps& flow : record.network().flows()) {
        table.text(flow.node());
        add_text_or_nothing(table, flow.place());
        add_text_or_nothing(table, flow.to_node());
        table.number(flow.parcels()).number(flow.split_parcels());
        table.end_row();
    }
    return table;
}

CsvTable csv_of_places(const model::RunRecord& record) {
    CsvTable table({"place", "lat_deg", "lon_deg", "shoppers", "orders"});
    for (const model::PlaceKpi& place : record.places()) {
        table.text(place.name()).number(place.lat()).number(place.lon()).number(place.shoppers()).number(place.orders());
        table.end_row();
    }
    return table;
}

CsvTable csv_of_sku_classes(const model::RunRecord& record) {
    CsvTable table({"sku_class", "skus", "accepted_units", "oversold_units", "undersold_units", "lost_sales_units"});
    for (const model::SkuClassKpi& part : record.sku_classes()) {
        table.text(part.name()).number(part.skus()).number(part.units_accepted());
        table.number(part.oversold_units()).number(part.undersold_units()).number(part.lost_sales_units());
        table.end_row();
    }
    return table;
}

CsvTable csv_of_skus(const model::RunRecord& record) {
    CsvTable table(
        {"sku", "sku_class", "accepted_units", "oversold_units", "oversold_value_minor", "undersold_units", "lost_sales_units"});
    for (const model::SkuKpi& sku : record.worst_skus()) {
        table.text(sku.sku()).text(sku.sku_class()).number(sku.units_accepted()).number(sku.oversold_units());
        table.number(sku.oversold_value()).number(sku.undersold_units()).number(sku.lost_sales_units());
        table.end_row();
    }
    return table;
}

// Of the shop, of each channel, and of the worst SKUs.
CsvTable csv_of_causes(const model::RunRecord& record) {
    CsvTable table({"of", "name", "error", "cause", "units"});
    const auto add = [&](const char* of, const std::string& name, const char* error, const auto& causes) {
        for (const model::CauseCount& count : causes) {
            if (count.units() == 0) continue;
            table.text(of);
            add_text_or_nothing(table, name);
            table.text(error).text(count.cause()).number(count.units());
            table.end_row();
        }
    };
    add("shop", "", "oversold", record.kpi().oversold_causes());
    add("shop", "", "undersold", record.kpi().undersold_causes());
    for (const model::ChannelKpi& channel : record.channels()) {
        add("channel", channel.name(), "oversold", channel.kpi().oversold_causes());
        add("channel", channel.name(), "undersold", channel.kpi().undersold_causes());
    }
    for (const model::SkuKpi& sku : record.worst_skus()) add("sku", sku.sku(), "oversold", sku.oversold_causes());
    return table;
}

CsvTable csv_of_times(const model::RunRecord& record) {
    CsvTable table({"method", "from_s", "until_s", "orders"});
    for (const model::TimeDistribution& times : record.times())
        for (int i = 0; i < times.upper_s_size(); ++i) {
            table.text(times.method())
                .number(i == 0 ? 0.0 : times.upper_s(i - 1))
                .number(times.upper_s(i))
                .number(times.count(i));
            table.end_row();
        }
    return table;
}

// The paths that are too rare to be listed have no channels.
CsvTable csv_of_paths(const model::RunRecord& record) {
    constexpr int kLongest = 6;
    CsvTable table({"channel_1", "channel_2", "channel_3", "channel_4", "channel_5", "channel_6", "shoppers", "buyers"});
    const auto add = [&](const model::JourneyPath& path) {
        for (int i = 0; i < kLongest; ++i) i < path.channels_size() ? table.text(path.channels(i)) : table.nothing();
        table.number(path.shoppers()).number(path.buyers());
        table.end_row();
    };
    for (const model::JourneyPath& path : record.paths()) add(path);
    if (record.other_paths().shoppers() > 0) add(record.other_paths());
    return table;
}

CsvTable csv_of_switches(const model::RunRecord& record) {
    CsvTable table({"from", "to", "switches", "bought_there"});
    for (const model::SwitchCount& count : record.switches()) {
        table.text(count.from()).text(count.to()).number(count.count()).number(count.bought());
        table.end_row();
    }
    return table;
}

// Of everybody (no persona), then of each persona.
CsvTable csv_of_funnel(const model::RunRecord& record) {
    CsvTable table(
        {"persona", "arrived", "browsed", "saw_available", "carted", "reached_checkout", "placed", "paid", "received_orders"});
    const auto add = [&](const std::string& persona, const model::Funnel& funnel) {
        add_text_or_nothing(table, persona);
        table.number(funnel.arrived()).number(funnel.browsed()).number(funnel.saw_available()).number(funnel.carted());
        table.number(funnel.reached_checkout()).number(funnel.placed()).number(funnel.paid()).number(funnel.received());
        table.end_row();
    };
    if (record.has_funnel()) add("", record.funnel());
    for (const model::PersonaKpi& persona : record.personas())
        if (persona.has_funnel()) add(persona.name(), persona.funnel());
    return table;
}

}  // namespace lastunit::reports
