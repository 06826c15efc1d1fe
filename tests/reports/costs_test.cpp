// Costs and fulfilment, as reports tell them.
#include <algorithm>
#include <catch2/catch.hpp>

#include "reports/balance.hpp"
#include "reports/comparison.hpp"
#include "reports/fulfilment_figures.hpp"
#include "reports/gates.hpp"
#include "reports/terminal.hpp"
#include "tests/reports/sample_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

using Terms = google::protobuf::RepeatedPtrField<model::CostCount>;

void add(Terms& terms, const char* term, std::int64_t cost) {
    model::CostCount& count = *terms.Add();
    count.set_term(term), count.set_cost(cost);
}

// Two channels and two nodes, 1,000 orders: 8,000 PLN in all, a year of 100,000 orders and a licence.
model::RunRecord record_with_costs() {
    model::RunRecord record;
    record.mutable_identity()->set_currency("PLN"), record.mutable_identity()->set_design("own");
    record.mutable_identity()->set_warm_up_s(60);  // the balance and the series count more
    record.mutable_balance();
    auto& k = *record.mutable_kpi();
    k.set_orders_accepted(1'000), k.set_parcels(900), k.set_shipments_per_order(1.125), k.set_split_rate(0.1);
    k.set_parcel_km(180), k.set_total_km(162'000), k.set_total_cost(800'000), k.set_cost_per_order(8), k.set_labour_h(20);
    k.set_cost_per_year(180'000'000);
    add(*k.mutable_cost_terms(), "ship", 500'000), add(*k.mutable_cost_terms(), "split", 60'000);
    add(*k.mutable_cost_terms(), "commission", 140'000), add(*k.mutable_cost_terms(), "labour", 100'000);
    add(*k.mutable_cost_terms(), "holding", 0);
    auto& year = *record.mutable_year();
    year.set_orders(100'000), year.set_orders_stated(true), year.set_total_cost(180'000'000);
    add(*year.mutable_terms(), "ship", 50'000'000), add(*year.mutable_terms(), "split", 6'000'000);
    add(*year.mutable_terms(), "commission", 14'000'000), add(*year.mutable_terms(), "labour", 10'000'000);
    auto& licence = *year.add_running();
    licence.set_name("licence"), licence.set_cost(100'000'000);
    for (const std::int64_t commission : {140'000, 0}) {
        auto& channel = *record.add_channels();
        channel.set_name(commission > 0 ? "market" : "web");
        auto& own = *channel.mutable_kpi();
        own.set_orders_accepted(500), own.set_total_cost(280'000 + commission);
        add(*own.mutable_cost_terms(), "ship", 250'000), add(*own.mutable_cost_terms(), "split", 30'000);
        add(*own.mutable_cost_terms(), "commission", commission);
    }
    for (const std::int64_t labour : {100'000, 0}) {
        auto& node = *record.add_nodes();
        node.set_name(labour > 0 ? "dc" : "shop"), node.set_kind(labour > 0 ? "warehouse" : "store");
        node.set_orders(450), node.set_total_cost(280'000 + labour), node.set_parcel_km(labour > 0 ? 200 : 160);
        node.set_staffed_s(7'200), node.set_overtime_s(labour > 0 ? 800 : 0), node.set_busy_s(4'000);
        add(*node.mutable_cost_terms(), "ship", 250'000), add(*node.mutable_cost_terms(), "split", 30'000);
        add(*node.mutable_cost_terms(), "labour", labour);
    }
    auto& ship = *k.mutable_ship();
    ship.set_orders(880), ship.set_promises_due(900), ship.set_promise_kept_rate(0.951);
    test::set_stats(*ship.mutable_time_s(), 880, 90'000, 86'400, 100'000, 150'000, 160'000);
    auto& van = *record.add_carriers();
    van.set_name("van"), van.set_parcels(900), van.set_late(45), van.set_spilled(3), van.set_peak_day(700),
        van.set_price(540'000);
    return record;
}

std::vector<std::string> broken(const model::RunRecord& record) {
    std::vector<std::string> sentences;
    for (const auto& line : balance(record))
        if (!line.closes()) sentences.push_back(line.sentence);
    return sentences;
}

}  // namespace

TEST_CASE("costs: every amount is in a term, a channel or a node, and the balance says where it is not") {
    CHECK(broken(record_with_costs()).empty());
    const auto breaks = [](const std::string& sentence, auto change) {
        model::RunRecord record = record_with_costs();
        change(record);
        const auto sentences = broken(record);
        INFO(sentence);
        CHECK(std::find(sentences.begin(), sentences.end(), sentence) != sentences.end());
    };
    using R = model::RunRecord;
    breaks("terms of cost = total cost", [](R& r) { r.mutable_kpi()->set_total_cost(1); });
    breaks("channels whose terms of cost do not add up = none",
           [](R& r) { r.mutable_channels(0)->mutable_kpi()->set_total_cost(1); });
    breaks("sum over channels = total: cost of commission",
           [](R& r) { r.mutable_channels(0)->mutable_kpi()->mutable_cost_terms(2)->set_cost(1); });
    breaks("sum over nodes = total: cost of labour", [](R& r) { r.mutable_nodes(1)->mutable_cost_terms(2)->set_cost(1); });
    breaks("sum over nodes = total: cost of split", [](R& r) { r.mutable_nodes(1)->mutable_cost_terms(1)->set_cost(1); });
    breaks("cost of a year = its terms + running costs", [](R& r) { r.mutable_year()->mutable_running(0)->set_cost(1); });
    breaks("KPI = year: cost of a year", [](R& r) { r.mutable_kpi()->set_cost_per_year(1); });
}

TEST_CASE("costs: the terminal lists terms by what they cost, per order and in all, and the year with what runs the design") {
    const std::string text = summary(record_with_costs(), {Colour::off, Glyphs::unicode, 120});
    const std::size_t ship = text.find("ship        first parcels"), commission = text.find("commission  "),
                      labour = text.find("labour      shifts"), split = text.find("split       their");
    REQUIRE(split != std::string::npos);
    CHECK(ship < commission);
    CHECK(commission < labour);
    CHECK(labour < split);
    CHECK_THAT(text, Catch::Contains("5.00  5,000   62.5 %") && !Catch::Contains("holding"));
    CHECK_THAT(text,
               Catch::Contains("1,800,000 PLN for 100,000 orders, as stated; 1,000,000 PLN of it to run the design: licence"));
}

TEST_CASE("fulfilment: the terminal shows methods, carriers and the busiest nodes, and only figures that the run has") {
    const std::string text = summary(record_with_costs());
    CHECK_THAT(text, Catch::Contains("km per parcel 180") && Catch::Contains("95.1 %") && Catch::Contains("24 h 00 min"));
    CHECK_THAT(text, Catch::Contains("van          900  5.00 %             3       700        6.00"));
    CHECK_THAT(text, Catch::Contains("50.0 %") && Catch::Contains("55.6 %"));  // busy of paid time: 4,000 of 8,000 and of 7,200 s
    CHECK_THAT(text, !Catch::Contains("ready in time") && !Catch::Contains("walk-ins lost") && !Catch::Contains("transferred"));
    CHECK(fulfilment_figures({}).empty());
    CHECK_THAT(summary({}), !Catch::Contains("Fulfilment") && !Catch::Contains("Cost "));
}

TEST_CASE("fulfilment: returns are told by what became of them, trucks by how full they were") {
    model::RunRecord record = record_with_costs();
    auto& k = *record.mutable_kpi();
    k.set_returned_units(30), k.set_transferred_units(400), k.set_truck_trips(8), k.set_truck_utilisation(0.5);
    for (const auto& [path, units] : {std::pair{"restocked", 20}, {"forwarded", 0}, {"written_off", 10}}) {
        auto& item = *k.add_returns_by_path();
        item.set_cause(path), item.set_units(static_cast<std::uint64_t>(units));
    }
    std::string all;
    for (const auto& figure : fulfilment_figures(record)) all += figure.label + "=" + figure.value + figure.more + "\n";
    CHECK_THAT(all, Catch::Contains("returned=30 units: 20 restocked, 10 written_off\n"));
    CHECK_THAT(all, Catch::Contains("transferred=400 units in 8 trips, 50.0 % full\n"));
}

TEST_CASE("gates: terms of cost and the cost of a year are judged, a year that nobody concluded is not") {
    const auto verdict = [](const std::string& kpi, double bound, const model::RunRecord& record) {
        return judge({{"gate", kpi, model::Gate::Compare::at_most, bound}}, record).at(0);
    };
    model::RunRecord record = record_with_costs();
    CHECK(verdict("cost_terms.labour", 100'000, record).passed());
    CHECK_FALSE(verdict("cost_terms.labour", 99'999, record).passed());
    CHECK(verdict("channels.market.cost_terms.commission", 140'000, record).passed());
    CHECK(verdict("cost_per_year", 180'000'000, record).passed());
    record.clear_year(), record.mutable_kpi()->clear_cost_per_year();
    CHECK_FALSE(verdict("cost_per_year", 180'000'000, record).passed());
    CHECK_THAT(verdict("cost_per_year", 180'000'000, record).text(), Catch::Contains("nothing was measured"));
    CHECK(kpi_text("cost_terms.labour", 100'000) == "1,000.00");
    CHECK(kpi_text("cost_per_year", 180'000'000) == "1,800,000.00");
}

TEST_CASE("comparison: promises by method, split orders and the cost of a year stand side by side") {
    std::vector<model::RunRecord> records = {record_with_costs(), record_with_costs()};
    records[1].mutable_identity()->set_design("other");
    records[1].mutable_kpi()->clear_ship(), records[1].mutable_kpi()->clear_cost_per_year();
    auto& pickup = *records[1].mutable_kpi()->mutable_pickup();
    pickup.set_orders(5), pickup.set_promises_due(5), pickup.set_promise_kept_rate(0.8);
    const std::string text = comparison(records);
    CHECK_THAT(text, Catch::Contains("own     0 %  95.1 %       -"));
    CHECK_THAT(text, Catch::Contains("other   0 %       -  80.0 %"));
    CHECK_THAT(text, Catch::Contains("8.00       8,000    1,800,000") && Catch::Contains("8.00       8,000            -"));
    CHECK_THAT(text, Catch::Contains("10.0 %    1.125  180"));
    CHECK_THAT(comparison_markdown(records), Catch::Contains("| 1,800,000 | 10.0 % |"));
}

TEST_CASE("fulfilment: what was left behind, declined, moved and damaged has a figure each, and promises say of what they are") {
    model::RunRecord record = record_with_costs();
    auto& k = *record.mutable_kpi();
    k.set_declined_orders(2), k.set_declined_units(5), k.set_reoptimised_orders(7), k.set_failed_picks(9);
    k.set_mismatched_picks(4), k.set_damaged_units(3);
    record.mutable_nodes(1)->set_walked_out(6), record.mutable_nodes(1)->set_walked_out_units(11);
    std::string all;
    for (const auto& figure : fulfilment_figures(record)) all += figure.label + "=" + figure.value + "\n";
    for (const char* line : {"walked out=6 shoppers", "left behind=11 units", "declined=2 orders", "declined units=5",
                             "moved orders=7", "failed picks=9", "mismatched=4 picks", "damaged=3 units"})
        CHECK_THAT(all, Catch::Contains(line));
    CHECK_THAT(summary(record), Catch::Contains("due  kept of due") && Catch::Contains("900       95.1 %"));
    k.mutable_ship()->set_promises_due(880);
    CHECK_THAT(summary(record), Catch::Contains("promise kept") && !Catch::Contains("kept of due"));
    CHECK_THAT(comparison(std::vector<model::RunRecord>{record}), Catch::Contains("11              0           0         20"));
}

TEST_CASE("costs: a cost per order says so where orders at the till are among them") {
    model::RunRecord record = record_with_costs();
    CHECK_THAT(summary(record), !Catch::Contains("cost per order, all channels"));
    record.mutable_channels(1)->set_kind("pos");
    CHECK_THAT(summary(record), Catch::Contains("cost per order, all channels 8.00 PLN"));
}
