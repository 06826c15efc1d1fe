#include "reports/balance.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "tests/reports/sample_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

std::vector<std::string> broken(const model::RunRecord& record) {
    std::vector<std::string> sentences;
    for (const auto& line : balance(record))
        if (!line.closes()) sentences.push_back(line.sentence);
    return sentences;
}

struct Change {
    const char* sentence;  // the line that must break
    std::function<void(model::RunRecord&)> make;
};

void raise(google::protobuf::RepeatedField<std::uint32_t>& values) { values.Set(720, values.Get(720) + 1); }

}  // namespace

TEST_CASE("balance: every line of the sample closes") {
    const auto record = test::sample_record();
    CHECK(broken(record).empty());
    CHECK(balance(record).size() == 73);
}

TEST_CASE("balance: each line breaks when one of its numbers is changed") {
    using R = model::RunRecord;
    const std::vector<Change> changes = {
        {"units accepted = shipped + handed over + cancelled + forgotten + open",
         [](R& r) { r.mutable_balance()->set_units_forgotten(1); }},
        {"units uncollected or taken back are part of units cancelled",
         [](R& r) { r.mutable_balance()->set_units_taken_back(1'000'000); }},
        {"stock at start + replenished + returned = stock at end + left + shrunk + aside + between nodes + given up",
         [](R& r) { r.mutable_balance()->set_stock_aside(1); }},
        {"stock returned = returns by path + in inspection",
         [](R& r) { r.mutable_kpi()->mutable_returns_by_path(0)->set_units(1); }},
        {"stock that left = units shipped + handed over", [](R& r) { r.mutable_balance()->set_stock_left(1); }},
        {"orders accepted = completed + cancelled + open", [](R& r) { r.mutable_balance()->set_orders_cancelled(1); }},
        {"shoppers = bought + left + active", [](R& r) { r.mutable_balance()->set_shoppers_active(1); }},
        {"holds taken = confirmed + released + expired + live", [](R& r) { r.mutable_balance()->set_holds_live(11); }},
        {"causes of oversold units = oversold units",
         [](R& r) { r.mutable_kpi()->mutable_oversold_causes(0)->set_units(1'000); }},
        {"causes of undersold units = undersold units", [](R& r) { r.mutable_kpi()->set_undersold_units(1); }},
        {"channels whose causes do not add up = none",
         [](R& r) { r.mutable_channels(2)->mutable_kpi()->mutable_oversold_causes(0)->set_units(1'000); }},
        {"sum over channels = total: shoppers", [](R& r) { r.mutable_channels(0)->mutable_kpi()->set_shoppers(1); }},
        {"sum over channels = total: orders accepted",
         [](R& r) { r.mutable_channels(1)->mutable_kpi()->set_orders_accepted(1); }},
        {"sum over channels = total: units accepted", [](R& r) { r.mutable_channels(2)->mutable_kpi()->set_units_accepted(1); }},
        {"sum over channels = total: oversold units", [](R& r) { r.mutable_channels(2)->mutable_kpi()->set_oversold_units(1); }},
        {"sum over channels = total: oversold orders", [](R& r) { r.mutable_kpi()->set_oversold_orders(1); }},
        {"sum over channels = total: oversold value", [](R& r) { r.mutable_kpi()->set_oversold_value(-1); }},
        {"sum over channels = total: undersold units",
         [](R& r) { r.mutable_channels(5)->mutable_kpi()->set_undersold_units(1); }},
        {"sum over channels = total: lost sales units", [](R& r) { r.mutable_kpi()->set_lost_sales_units(1); }},
        {"sum over channels = total: cancelled orders", [](R& r) { r.mutable_kpi()->set_cancelled_orders(1); }},
        {"sum over channels = total: cancelled units",
         [](R& r) { r.mutable_channels(0)->mutable_kpi()->set_cancelled_units(1); }},
        {"sum over channels = total: units taken back",
         [](R& r) { r.mutable_channels(1)->mutable_kpi()->set_taken_back_units(1); }},
        {"sum over channels = total: units forgotten",
         [](R& r) { r.mutable_channels(1)->mutable_kpi()->set_forgotten_units(1); }},
        {"sum over channels = total: failed picks", [](R& r) { r.mutable_kpi()->set_failed_picks(1); }},
        {"sum over nodes = balance: stock at start", [](R& r) { r.mutable_nodes(0)->set_stock_start(1); }},
        {"sum over nodes = balance: stock at end", [](R& r) { r.mutable_nodes(40)->set_stock_end(1); }},
        {"sum over nodes = balance: units shipped", [](R& r) { r.mutable_nodes(0)->set_units_shipped(1); }},
        {"sum over nodes = balance: units collected + sold at the till = handed over",
         [](R& r) { r.mutable_nodes(1)->set_units_sold_at_till(1); }},
        {"sum over nodes = total: failed picks", [](R& r) { r.mutable_nodes(1)->set_failed_picks(1); }},
        {"KPI = balance: shoppers", [](R& r) { r.mutable_balance()->set_shoppers(1); }},
        {"KPI = balance: orders accepted", [](R& r) { r.mutable_balance()->set_orders_accepted(1); }},
        {"KPI = balance: units accepted", [](R& r) { r.mutable_balance()->set_units_accepted(1); }},
        {"KPI = balance: units shipped", [](R& r) { r.mutable_kpi()->set_shipped_units(1); }},
        {"KPI = balance: units handed over", [](R& r) { r.mutable_kpi()->set_handed_over_units(1); }},
        {"KPI = balance: units cancelled", [](R& r) { r.mutable_balance()->set_units_cancelled(300); }},
        {"KPI = balance: units taken back", [](R& r) { r.mutable_kpi()->set_taken_back_units(1); }},
        {"KPI = balance: units forgotten", [](R& r) { r.mutable_kpi()->set_forgotten_units(1); }},
        {"KPI = balance: units open", [](R& r) { r.mutable_kpi()->set_open_units(1); }},
        {"KPI = balance: holds expired", [](R& r) { r.mutable_kpi()->set_holds_expired(1); }},
        {"sum over time = total: shoppers arriving", [](R& r) { raise(*r.mutable_series()->mutable_arrivals()); }},
        {"sum over time = total: orders accepted", [](R& r) { raise(*r.mutable_series()->mutable_orders()); }},
        {"sum over time = total: oversold units", [](R& r) { raise(*r.mutable_series()->mutable_oversold()); }},
        {"sum over time = total: undersold units", [](R& r) { raise(*r.mutable_series()->mutable_undersold()); }},
        {"sum over time = total: refused units", [](R& r) { raise(*r.mutable_series()->mutable_refused()); }},
        {"sum over time = total: cancelled units", [](R& r) { r.mutable_series()->set_cancelled_after(0); }},
        {"sum over SKU classes = total: units accepted", [](R& r) { r.mutable_sku_classes(0)->set_units_accepted(1); }},
        {"sum over SKU classes = total: oversold units", [](R& r) { r.mutable_sku_classes(1)->set_oversold_units(100'000); }},
        {"sum over SKU classes = total: undersold units", [](R& r) { r.mutable_sku_classes(2)->set_undersold_units(100'000); }},
        {"sum over SKU classes = total: lost sales units", [](R& r) { r.mutable_sku_classes(0)->set_lost_sales_units(1); }},
        {"SKUs whose causes or channels do not add up = none",
         [](R& r) { r.mutable_worst_skus(3)->mutable_channels(0)->set_oversold_units(1'000); }},
        {"oversold units of the worst SKUs are part of those of all classes",
         [](R& r) { r.mutable_worst_skus(0)->set_oversold_units(1'000'000); }},
        {"shoppers on all paths = shoppers", [](R& r) { r.clear_other_paths(); }},
        {"buyers on all paths = shoppers who bought", [](R& r) { r.mutable_paths(4)->set_buyers(1); }},
        {"switches after which more bought than had switched = none", [](R& r) { r.mutable_switches(2)->set_bought(1'000'000); }},
        {"who bought after a switch is one of those who bought", [](R& r) { r.mutable_switches(2)->set_bought(1'000'000); }},
        {"sum over personas = funnel: arrived", [](R& r) { r.mutable_personas(0)->mutable_funnel()->set_arrived(1); }},
        {"sum over personas = funnel: browsed", [](R& r) { r.mutable_personas(0)->mutable_funnel()->set_browsed(1); }},
        {"sum over personas = funnel: saw available",
         [](R& r) { r.mutable_personas(1)->mutable_funnel()->set_saw_available(1); }},
        {"sum over personas = funnel: carted", [](R& r) { r.mutable_personas(1)->mutable_funnel()->set_carted(1); }},
        {"sum over personas = funnel: reached checkout", [](R& r) { r.mutable_funnel()->set_reached_checkout(1); }},
        {"sum over personas = funnel: placed", [](R& r) { r.mutable_personas(2)->mutable_funnel()->set_placed(1); }},
        {"sum over personas = funnel: paid", [](R& r) { r.mutable_personas(3)->mutable_funnel()->set_paid(1); }},
        {"sum over personas = funnel: received", [](R& r) { r.mutable_personas(3)->mutable_funnel()->set_received(1); }},
        {"distribution of times = orders that ended: ship", [](R& r) { r.mutable_times(0)->set_count(7, 1); }},
        {"distribution of times = orders that ended: locker", [](R& r) { r.mutable_times(1)->set_count(7, 1); }},
        {"distribution of times = orders that ended: pickup", [](R& r) { r.mutable_times(2)->set_count(7, 1); }},
        {"distribution of times = orders that ended: reserve_in_store",
         [](R& r) { r.mutable_kpi()->mutable_reserve_in_store()->mutable_time_s()->set_count(1); }},
        {"sum over nodes and time = over time: stock", [](R& r) { r.mutable_network()->mutable_nodes(9)->set_stock(3, 1); }},
        {"sum over nodes and time = over time: open order lines",
         [](R& r) { r.mutable_network()->mutable_nodes(0)->set_open_lines(3, 1'000'000); }},
        {"nodes with more over time than in all = none",
         [](R& r) { r.mutable_network()->mutable_nodes(2)->set_shipped(50, 1'000'000); }},
        {"parcels of flows + in no flow = sent + collected + gathered",
         [](R& r) { r.mutable_network()->set_parcels_in_no_flow(1); }},
        {"flows with more over time, or more split, than in all = none",
         [](R& r) { r.mutable_network()->mutable_flows(7)->set_steps(12, 1'000'000); }},
        {"KPI = network: parcels sent", [](R& r) { r.mutable_network()->set_sent(1); }},
    };
    const auto sample = test::sample_record();
    CHECK(changes.size() == balance(sample).size());
    for (const Change& change : changes) {
        auto record = sample;
        change.make(record);
        const auto sentences = broken(record);
        INFO(change.sentence);
        CHECK(std::find(sentences.begin(), sentences.end(), change.sentence) != sentences.end());
    }
}

TEST_CASE("balance: an empty record closes, and parts that it does not have give no line; without a balance there is none") {
    model::RunRecord bare;
    bare.mutable_balance();
    CHECK(broken(bare).empty());
    CHECK_FALSE(balance(bare).empty());
    for (const auto& line : balance(bare)) CHECK(line.sentence.find("sum over") == std::string::npos);
    CHECK(balance({}).empty());
}

TEST_CASE("balance: with a warm-up, KPIs are not held against what the whole run counted") {
    auto record = test::sample_record();
    record.mutable_identity()->set_warm_up_s(3600);
    record.mutable_kpi()->set_open_units(1);
    CHECK(broken(record).empty());
    record.mutable_balance()->set_units_open(1);
    CHECK(broken(record).size() == 1);
}
