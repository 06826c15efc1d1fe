// The tables of a record, read back as a spreadsheet reads them.
#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <numeric>

#include "model/csv.hpp"
#include "reports/csv.hpp"
#include "reports/record_csv.hpp"
#include "tests/model/scratch_file.hpp"
#include "tests/reports/sample_record.hpp"
#include "tests/support/live_record.hpp"
#include "tests/support/shop_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

// Fields by the header's names.
using Row = std::map<std::string, std::string>;

std::vector<std::vector<std::string>> read(const std::string& text) {
    const lastunit::test::ScratchFile file(text);
    model::CsvReader csv(file.path());
    std::vector<std::vector<std::string>> rows;
    while (csv.next()) {
        REQUIRE(csv.defect().empty());
        rows.emplace_back(csv.fields().begin(), csv.fields().end());
    }
    REQUIRE(csv.error().empty());
    return rows;
}

std::vector<Row> rows_of(const std::string& text) {
    const auto fields = read(text);
    std::vector<Row> rows;
    for (std::size_t i = 1; i < fields.size(); ++i) {
        REQUIRE(fields[i].size() == fields[0].size());
        Row& row = rows.emplace_back();
        for (std::size_t column = 0; column < fields[0].size(); ++column) row[fields[0][column]] = fields[i][column];
        REQUIRE(row.size() == fields[0].size());  // no two columns have one name
    }
    return rows;
}

std::map<std::string, std::vector<Row>> tables_of(const model::RunRecord& record) {
    std::map<std::string, std::vector<Row>> tables;
    for (const CsvFile& file : record_csv(record)) tables[file.name] = rows_of(file.text);
    return tables;
}

std::uint64_t total(const std::vector<Row>& rows, const std::string& column) {
    std::uint64_t sum = 0;
    for (const Row& row : rows) sum += row.at(column).empty() ? 0 : std::stoull(row.at(column));
    return sum;
}

}  // namespace

TEST_CASE("csv: fields are quoted where they have to be, and lines end as RFC 4180 says") {
    CsvTable table({"name", "units"});
    table.text("plain").number(3).end_row();
    table.text("a, \"b\"\nc").number(-2.5).end_row();
    table.nothing().number(std::numeric_limits<double>::quiet_NaN()).end_row();
    CHECK(table.rows() == 3);
    CHECK(table.take() == "name,units\r\nplain,3\r\n\"a, \"\"b\"\"\nc\",-2.5\r\n,\r\n");
}

TEST_CASE("csv: text that a spreadsheet would take for a formula is made harmless, and numbers stay numbers") {
    for (const std::string name : {"=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
        CsvTable table({"name", "units"});
        table.text(name).number(-1).end_row();
        const auto rows = read(table.take());
        CHECK(rows[1][0] == "'" + name);
        CHECK(rows[1][1] == "-1");
    }
    CsvTable table({"name"});
    table.text("a=b-c+d@e").end_row();
    CHECK(table.take() == "name\r\na=b-c+d@e\r\n");
}

TEST_CASE("csv: day.csv is the series, step by step, with the seconds and the local time of each") {
    model::RunRecord record = reports::test::sample_record();
    record.mutable_identity()->set_start_of_day_s(6 * 3600);
    const std::vector<Row> day = tables_of(record)["day.csv"];
    const model::Series& s = record.series();
    REQUIRE(day.size() == 1440);
    for (const int i : {0, 61, 1079, 1080, 1439}) {
        const Row& row = day[static_cast<std::size_t>(i)];
        CHECK(row.at("from_s") == std::to_string(60 * i));
        CHECK(row.at("shoppers_arriving") == std::to_string(s.arrivals(i)));
        CHECK(row.at("shoppers_active") == std::to_string(s.shoppers_active(i)));
        CHECK(row.at("orders_accepted") == std::to_string(s.orders(i)));
        CHECK(row.at("oversold_units") == std::to_string(s.oversold(i)));
        CHECK(row.at("undersold_units") == std::to_string(s.undersold(i)));
        CHECK(row.at("refused_units") == std::to_string(s.refused(i)));
        CHECK(row.at("cancelled_units") == std::to_string(s.cancelled(i)));
        CHECK(row.at("stock_units") == std::to_string(s.stock(i)));
        CHECK(row.at("held_units") == std::to_string(s.held(i)));
        CHECK(row.at("open_orders") == std::to_string(s.open_orders(i)));
        CHECK(row.at("open_order_lines") == std::to_string(s.open_picks(i)));
    }
    CHECK(day[0].at("local_time") == "06:00:00");
    CHECK(day[1079].at("local_time") == "23:59:00");
    CHECK(day[1079].at("local_day") == "1");
    CHECK(day[1080].at("local_time") == "00:00:00");
    CHECK(day[1080].at("local_day") == "2");
}

TEST_CASE("csv: an edge that was silent in a step has no lag there") {
    const std::vector<Row> lags = tables_of(reports::test::sample_record())["edge_lag.csv"];
    REQUIRE(lags.size() == 6 * 1440);
    const Row& silent = lags[2 * 1440 + 1];
    CHECK(silent.at("edge") == "stock to marketplace");
    CHECK(silent.at("mean_lag_s").empty());
    CHECK(silent.at("max_lag_s").empty());
    CHECK(std::stof(lags[2 * 1440].at("mean_lag_s")) == reports::test::sample_record().series().edge_lag(2).mean_lag_s(0));
}

TEST_CASE("csv: nodes and flows over time add up to the record's") {
    const model::RunRecord record = reports::test::sample_record();
    auto tables = tables_of(record);
    std::uint64_t shipped = 0, parcels = 0, in_all = 0;
    for (const auto& node : record.network().nodes())
        shipped += static_cast<std::uint64_t>(std::accumulate(node.shipped().begin(), node.shipped().end(), 0));
    for (const auto& flow : record.network().flows()) {
        parcels += static_cast<std::uint64_t>(std::accumulate(flow.steps().begin(), flow.steps().end(), 0));
        in_all += flow.parcels();
    }
    CHECK(tables["nodes.csv"].size() == 41 * 96);
    CHECK(total(tables["nodes.csv"], "shipped_units") == shipped);
    CHECK(total(tables["flow_steps.csv"], "parcels") == parcels);
    CHECK(total(tables["flows.csv"], "parcels") == in_all);
    for (const Row& row : tables["flow_steps.csv"]) REQUIRE(row.at("parcels") != "0");
    CHECK(tables["node_totals.csv"].size() == 41);
    CHECK(total(tables["node_totals.csv"], "shipped_units") == record.balance().units_shipped());
    CHECK(tables["nodes.csv"][1].at("from_s") == "900");
    // Where workers are unlimited, nobody has counted them.
    const Row& grudziadz = tables["nodes.csv"].back();
    CHECK(grudziadz.at("busy_person_s").empty());
    CHECK(std::stof(tables["nodes.csv"][0].at("staffed_person_s")) == record.network().nodes(0).staffed_s(0));
}

TEST_CASE("csv: what the whole run did, by channel, edge, SKU, cause, method, path, switch and persona") {
    const model::RunRecord record = reports::test::sample_record();
    auto tables = tables_of(record);
    CHECK(total(tables["channels.csv"], "oversold_units") == record.kpi().oversold_units());
    CHECK(tables["channels.csv"][2].at("channel") == "marketplace");
    CHECK(tables["edges.csv"].size() == 6);
    CHECK(tables["edges.csv"][0].at("lag_p50_s") == "0.18");
    CHECK(total(tables["sku_classes.csv"], "accepted_units") == record.kpi().units_accepted());
    CHECK(tables["skus.csv"][0].at("sku") == record.worst_skus(0).sku());
    std::uint64_t of_shop = 0;
    for (const Row& row : tables["causes.csv"])
        if (row.at("of") == "shop" && row.at("error") == "oversold") of_shop += std::stoull(row.at("units"));
    CHECK(of_shop == record.kpi().oversold_units());
    CHECK(total(tables["fulfilment_times.csv"], "orders") ==
          record.kpi().ship().time_s().count() + record.kpi().pickup().time_s().count() + record.kpi().locker().time_s().count() +
              record.kpi().reserve_in_store().time_s().count());
    CHECK(tables["fulfilment_times.csv"][0].at("from_s") == "0");
    CHECK(tables["fulfilment_times.csv"][1].at("from_s") == tables["fulfilment_times.csv"][0].at("until_s"));
    CHECK(total(tables["paths.csv"], "shoppers") == record.balance().shoppers());
    CHECK(tables["paths.csv"][4].at("channel_2") == "pos");
    CHECK(tables["paths.csv"].back().at("channel_1").empty());
    CHECK(tables["switches.csv"].size() == 30);
    CHECK(tables["funnel.csv"].size() == 5);
    CHECK(tables["funnel.csv"][0].at("persona").empty());
    CHECK(tables["funnel.csv"][0].at("arrived") == std::to_string(record.funnel().arrived()));
    CHECK(tables["places.csv"].size() == 40);
    CHECK(tables.count("load.csv") == 0);
    CHECK(tables.count("backlog.csv") == 0);  // nobody has a team
}

TEST_CASE("csv: a live run has its load by the clock, and what was not measured in a second is empty") {
    model::RunRecord record = reports::test::sample_record();
    *record.mutable_load() = lastunit::test::live_load();
    record.mutable_load()->mutable_series()->set_service_p50_ms(3, -1);
    const std::vector<Row> load = tables_of(record)["load.csv"];
    REQUIRE(load.size() == 60);
    CHECK(total(load, "intended_operations") == record.load().intended());
    CHECK(load[3].at("service_p50_ms").empty());
    CHECK(std::stof(load[4].at("response_p99_ms")) == record.load().series().response_p99_ms(4));
    CHECK(load[59].at("clock_s") == "59");
}

TEST_CASE("csv: a shop over HTTP has its steps with their quantiles, its answers by rule, its books and its processor time") {
    model::RunRecord record = reports::test::sample_record();
    *record.mutable_load() = lastunit::test::live_load();
    lastunit::test::add_shop(*record.mutable_load());
    auto tables = tables_of(record);
    const std::vector<Row>& steps = tables["steps.csv"];
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].at("p50_ms").empty());  // no latency was measured
    CHECK(steps[1].at("passed_shoppers") == "400");
    CHECK(steps[1].at("out_of_stock_requests") == "500");
    CHECK(steps[1].at("unknown_requests") == "10");
    CHECK(steps[1].at("answered_requests") == "890");
    CHECK(std::stod(steps[1].at("p95_ms")) == Approx(846).epsilon(0.005));
    CHECK(std::stod(steps[1].at("max_ms")) == Approx(890));
    for (const Row& step : steps) {
        std::uint64_t sum = 0;
        for (const char* answer : {"accepted", "out_of_stock", "conflict", "error", "unknown"})
            sum += std::stoull(step.at(std::string(answer) + "_requests"));
        CHECK(std::to_string(sum) == step.at("requests"));
    }
    CHECK(total(tables["step_answers.csv"], "requests") == 2100);
    CHECK(tables["step_answers.csv"][1].at("rule") == "rule 2: status 409");
    CHECK(tables["step_answers.csv"][3].at("status").empty());
    REQUIRE(tables["books.csv"].size() == 1);
    CHECK(tables["books.csv"][0].at("told_units") == "400");
    CHECK(tables["books.csv"][0].at("reservations_units").empty());  // the flow reads none
    CHECK(tables["books.csv"][0].at("counter_moved_by_units") == "371");
    const std::vector<Row>& findings = tables["findings.csv"];
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].at("sku").empty());
    CHECK(findings[0].at("units") == "29");
    CHECK(findings[1].at("sku") == "sku-7");
    CHECK(findings[1].at("sentence") == "15 units ordered, and the counter moved by 3");
    CHECK(tables["shop_cpu.csv"][0].at("per_checkout_s") == "0.03");
    const model::RunRecord simulated = reports::test::sample_record();
    for (const CsvFile& file : record_csv(simulated))
        for (const char* of_shop : {"steps.csv", "step_answers.csv", "books.csv", "findings.csv", "shop_cpu.csv"})
            CHECK(file.name != of_shop);
}

TEST_CASE("csv: p95 is between its neighbours, and empty in a record of an older version") {
    model::RunRecord record = reports::test::sample_record();
    const Row edge = tables_of(record)["edges.csv"][0];
    CHECK(std::stod(edge.at("lag_p90_s")) <= std::stod(edge.at("lag_p95_s")));
    CHECK(std::stod(edge.at("lag_p95_s")) <= std::stod(edge.at("lag_p99_s")));
    record.mutable_edges(0)->mutable_lag_s()->clear_p95();
    CHECK(tables_of(record)["edges.csv"][0].at("lag_p95_s").empty());
}

TEST_CASE("csv: names of a scenario that look like formulas are harmless in every table") {
    model::RunRecord record = reports::test::sample_record();
    record.mutable_channels(0)->set_name("=cmd|'/c calc'!A1");
    record.mutable_paths(0)->set_channels(0, "@web");
    record.mutable_network()->mutable_nodes(0)->set_node("-DC");
    auto tables = tables_of(record);
    CHECK(tables["channels.csv"][0].at("channel") == "'=cmd|'/c calc'!A1");
    CHECK(tables["paths.csv"][0].at("channel_1") == "'@web");
    CHECK(tables["nodes.csv"][0].at("node") == "'-DC");
}

TEST_CASE("csv: a record that has nothing gives no table") { CHECK(record_csv({}).empty()); }
