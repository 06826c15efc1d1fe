// Real order logs, checked against figures measured on them by independent means (the folder's README).
#include <algorithm>
#include <map>

#include "model/replay.hpp"
#include "tests/model/shared_data.hpp"

using namespace lastunit;
using namespace lastunit::model;

namespace {

ReplayOptions retail_options() {
    ReplayOptions options;
    options.columns.time = "InvoiceDate";
    options.columns.order = "Invoice";
    options.columns.sku = "StockCode";
    options.columns.quantity = "Quantity";
    options.columns.price = "Price";
    options.columns.place = "Country";
    options.skip_order_prefixes = {"C"};
    options.skip_non_positive = true;
    options.max_bad_rows = 10;
    return options;
}

ReplayLog loaded(const std::string& path, const ReplayOptions& options) {
    auto result = load_replay(path, options);
    if (auto* error = std::get_if<ReplayError>(&result)) FAIL(error->message);
    return std::get<ReplayLog>(std::move(result));
}

}  // namespace

TEST_CASE("replay data: a year of an online shop, every row accounted for") {
    const auto path = test::shared_file("data/uci_online_retail_II_2009-12_2010-11.csv.gz");
    if (!path) return;
    const ReplayLog log = loaded(*path, retail_options());
    CHECK(log.rows == 502'938);
    CHECK(log.skipped == 9'877 + 2'057);  // cancellations; Quantity <= 0
    CHECK(log.outside_window == 0);
    // Three invoices "Adjust bad debt" with a negative price are no sales: 21,215 orders with them.
    REQUIRE(log.rejected.size() == 3);
    CHECK(log.rejected[0].reason == "column 'Price': '-53594.36' is a negative price");
    CHECK(log.orders.size() == 21'215 - 3);
    CHECK(log.lines.size() == 491'001);
    CHECK(log.first_day == "2009-12-01");
    CHECK(log.orders[0].name == "489434");
    CHECK(log.orders[0].at == SimTime{(hours(7) + minutes(45)).us});
    CHECK(log.orders[0].place == "United Kingdom");
}

TEST_CASE("replay data: the shop's busiest day and the skew of its SKUs are the published ones") {
    const auto path = test::shared_file("data/uci_online_retail_II_2009-12_2010-11.csv.gz");
    if (!path) return;
    const ReplayLog log = loaded(*path, retail_options());
    std::map<std::int64_t, int> orders_by_day;
    for (const ReplayOrder& order : log.orders) ++orders_by_day[order.at.us / hours(24).us];
    const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
    const auto busiest = std::max_element(orders_by_day.begin(), orders_by_day.end(), fewer);
    CHECK(busiest->first == 21);  // 2009-12-22
    const double mean = static_cast<double>(log.orders.size()) / static_cast<double>(orders_by_day.size());
    CHECK(busiest->second / mean == Approx(2.48).margin(0.005));

    std::vector<double> units;
    double total = 0;
    for (const ReplaySku& sku : log.skus) {
        units.push_back(static_cast<double>(sku.units));
        total += units.back();
    }
    std::sort(units.rbegin(), units.rend());
    double top = 0;
    for (std::size_t i = 0; i < units.size() / 100; ++i) top += units[i];
    CHECK(top / total == Approx(0.185).margin(0.001));
}

TEST_CASE("replay data: one day of the shop is that day") {
    const auto path = test::shared_file("data/uci_online_retail_II_2009-12_2010-11.csv.gz");
    if (!path) return;
    ReplayOptions options = retail_options();
    options.from = "2009-12-22";
    options.length = hours(24);
    const ReplayLog log = loaded(*path, options);
    CHECK(log.orders.size() == 176);
    CHECK(log.lines.size() == 1'977);
    CHECK(log.rows == log.lines.size() + log.skipped + log.outside_window + log.rejected.size());
}

TEST_CASE("replay data: without room for broken rows the shop's log is refused, and the row is named") {
    const auto path = test::shared_file("data/uci_online_retail_II_2009-12_2010-11.csv.gz");
    if (!path) return;
    ReplayOptions strict = retail_options();
    strict.max_bad_rows = 0;
    const auto result = load_replay(*path, strict);
    REQUIRE(std::holds_alternative<ReplayError>(result));
    const std::string& message = std::get<ReplayError>(result).message;
    CHECK(message.find("column 'Price': '-53594.36' is a negative price; 3 of 502938 rows are broken") != std::string::npos);
    strict.skip_order_prefixes.push_back("A");
    CHECK(loaded(*path, strict).orders.size() == 21'212);
}

TEST_CASE("replay data: till lines of many stores, in no order of time") {
    const auto path = test::shared_file("data/completejourney_transactions_sample.csv.gz");
    if (!path) return;
    ReplayOptions options;
    options.columns.time = "transaction_timestamp";
    options.columns.order = "basket_id";
    options.columns.sku = "product_id";
    options.columns.quantity = "quantity";
    options.columns.place = "store_id";
    options.columns.time_format = "%Y-%m-%dT%H:%M:%SZ";
    options.skip_non_positive = true;
    const ReplayLog log = loaded(*path, options);
    CHECK(log.rows == 75'000);
    CHECK(log.skipped == 416);
    CHECK(log.first_day == "2017-01-01");
    std::map<std::string, int> stores;
    for (const ReplayOrder& order : log.orders) ++stores[order.place];
    CHECK(stores.size() >= 290);
    const auto earlier = [](const ReplayOrder& a, const ReplayOrder& b) { return a.at < b.at; };
    CHECK(std::is_sorted(log.orders.begin(), log.orders.end(), earlier));
}
