#include "model/replay.hpp"

#include <catch2/catch.hpp>

#include "model/replay_rows.hpp"
#include "tests/model/scratch_file.hpp"

using namespace lastunit;
using namespace lastunit::model;
using lastunit::test::ScratchFile;

namespace {

const std::string kHeader = "when,order,sku,qty,price,shop\n";

ReplayOptions options() {
    ReplayOptions options;
    options.columns.time = "when";
    options.columns.order = "order";
    options.columns.sku = "sku";
    options.columns.quantity = "qty";
    options.columns.price = "price";
    return options;
}

ReplayLog log_of(const std::string& rows, const ReplayOptions& options) {
    const ScratchFile file(kHeader + rows);
    auto loaded = load_replay(file.path(), options);
    if (auto* error = std::get_if<ReplayError>(&loaded)) FAIL(error->message);
    ReplayLog log = std::get<ReplayLog>(std::move(loaded));
    CHECK(log.rows == log.lines.size() + log.skipped + log.outside_window + log.rejected.size());
    return log;
}

// The message of the failure, with the scratch file's path written as FILE.
std::string error_of(const std::string& content, const ReplayOptions& options) {
    const ScratchFile file(content);
    const auto loaded = load_replay(file.path(), options);
    REQUIRE(std::holds_alternative<ReplayError>(loaded));
    std::string message = std::get<ReplayError>(loaded).message;
    if (const auto at = message.find(file.path()); at != std::string::npos) message.replace(at, file.path().size(), "FILE");
    return message;
}

}  // namespace

TEST_CASE("replay: orders by time, lines by file order, SKUs by first appearance") {
    const ReplayLog log = log_of(
        "2020-05-01 10:00:00,A,tea,2,1.50,x\n"
        "2020-05-01 09:00:00,B,mug,1,20,x\n"
        "2020-05-01 10:00:00,A,mug,3,16,x\n",
        options());
    REQUIRE(log.orders.size() == 2);
    CHECK(log.first_day == "2020-05-01");
    CHECK(log.orders[0].name == "B");
    CHECK(log.orders[0].at == SimTime{hours(9).us});
    CHECK(log.orders[1].name == "A");
    CHECK(log.orders[1].first_line == 1);
    CHECK(log.orders[1].lines == 2);
    REQUIRE(log.skus.size() == 2);
    CHECK(log.skus[0].name == "tea");
    CHECK(log.skus[0].price == 150);
    CHECK(log.skus[1].units == 4);
    CHECK(log.skus[1].price == 1700);  // (1 x 20 + 3 x 16) / 4
    CHECK(log.lines[0].sku == 1);
    CHECK(log.lines[1].sku == 0);
    CHECK(log.lines[1].quantity == 2);
    CHECK(log.lines[2].sku == 1);
    CHECK(log.lines[2].quantity == 3);
}

TEST_CASE("replay: rows of one order are brought together; its time is its first row's") {
    const ReplayLog log = log_of(
        "2020-05-01 10:00:00,A,tea,1,1,x\n"
        "2020-05-01 10:01:00,B,tea,5,1,x\n"
        "2020-05-01 09:59:00,A,tea,2,1,x\n",
        options());
    REQUIRE(log.orders.size() == 2);
    CHECK(log.orders[0].name == "A");
    CHECK(log.orders[0].at == SimTime{hours(10).us});
    CHECK(log.orders[0].lines == 2);
    CHECK(log.lines[1].quantity == 2);
    CHECK(log.orders[1].first_line == 2);
}

TEST_CASE("replay: orders of the same instant keep the file's order") {
    const ReplayLog log =
        log_of("2020-05-01 10:00:00,Z,a,1,1,x\n2020-05-01 10:00:00,A,a,1,1,x\n2020-05-01 10:00:00,M,a,1,1,x\n", options());
    CHECK(log.orders[0].name == "Z");
    CHECK(log.orders[1].name == "A");
    CHECK(log.orders[2].name == "M");
}

TEST_CASE("replay: takes channel and place where they are mapped") {
    ReplayOptions mapped = options();
    mapped.columns.place = "shop";
    mapped.columns.channel = "sku";
    const ReplayLog log = log_of("2020-05-01 10:00:00,A,web,1,1,Krakow\n", mapped);
    CHECK(log.orders[0].place == "Krakow");
    CHECK(log.orders[0].channel == "web");
    mapped.columns.price = "";
    CHECK(log_of("2020-05-01 10:00:00,A,web,1,what,Krakow\n", mapped).skus[0].price == 0);
}

TEST_CASE("replay: every broken row is named by line, column and value") {
    ReplayOptions patient = options();
    patient.max_bad_rows = 100;
    const ReplayLog log = log_of(
        "2020-05-01 10:00:00,A,tea,1,1,x\n"            // 2
        "2020-05-01 10:00:00,A,tea,1,1\n"              // 3
        "yesterday,A,tea,1,1,x\n"                      // 4
        "2020-05-01 10:00:00,A,tea,1.5,1,x\n"          // 5
        "2020-05-01 10:00:00,A,tea,-1,1,x\n"           // 6
        "2020-05-01 10:00:00,A,tea,1,\"1,5\",x\n"      // 7
        "2020-05-01 10:00:00,A,,1,1,x\n"               // 8
        "2020-05-01 10:00:00,,tea,1,1,x\n"             // 9
        "2020-05-01 10:00:00,A,tea,,1,x\n"             // 10
        "2020-05-01 10:00:00,A,tea,99999999999,1,x\n"  // 11
        "2020-05-01 10:00:00,A,tea,1,-2,x\n"           // 12
        "2020-05-01 10:00:00,A,\"te\"a,1,1,x\n"        // 13
        "2020-05-01 10:00:00,A,tea,1,\"1\nx\",x\n"     // 14 and 15
        "2020-05-01 10:00:00,A,tea,1,,x\n",            // 16
        patient);
    CHECK(log.lines.size() == 1);
    std::vector<std::pair<std::uint64_t, std::string>> rejected;
    for (const RejectedRow& row : log.rejected) rejected.emplace_back(row.line, row.reason);
    CHECK(rejected == std::vector<std::pair<std::uint64_t, std::string>>{
                          {3, "5 fields where the header has 6"},
                          {4, "column 'when': 'yesterday' is not a time like %Y-%m-%d %H:%M:%S"},
                          {5, "column 'qty': '1.5' is not a whole number of units"},
                          {6, "column 'qty': '-1' is not a positive quantity"},
                          {7, "column 'price': '1,5' is not a price"},
                          {8, "column 'sku': empty"},
                          {9, "column 'order': empty"},
                          {10, "column 'qty': empty"},
                          {11, "column 'qty': '99999999999' is not a whole number of units"},
                          {12, "column 'price': '-2' is a negative price"},
                          {13, "text after the closing quote of field 3"},
                          {14, "column 'price': '1 x' is not a price"},
                          {16, "column 'price': empty"},
                      });
}

TEST_CASE("replay: skips by order prefix and by quantity are counted, whatever else is wrong with the row") {
    ReplayOptions skipping = options();
    skipping.skip_order_prefixes = {"C"};
    skipping.skip_non_positive = true;
    const ReplayLog log = log_of(
        "2020-05-01 10:00:00,A,tea,1,1,x\n"
        "never,C17,tea,x,1,x\n"
        "2020-05-01 10:00:00,A,tea,0,1,x\n"
        "2020-05-01 10:00:00,A,,-4,1,x\n",
        skipping);
    CHECK(log.skipped == 3);
    CHECK(log.rejected.empty());
    CHECK(log.rows == 4);
}

TEST_CASE("replay: more broken rows than allowed fail the load, naming the first and how many") {
    const std::string content = kHeader +
                                "2020-05-01 10:00:00,A,tea,1,1,x\n"
                                "2020-05-01 10:00:00,A,tea,one,1,x\n"
                                "2020-05-01 10:00:00,A,tea,two,1,x\n";
    CHECK(error_of(content, options()) ==
          "FILE:3: column 'qty': 'one' is not a whole number of units; 2 of 3 rows are broken (at most 0 allowed)");
    ReplayOptions patient = options();
    patient.max_bad_rows = 2;
    const ScratchFile file(content);
    CHECK(std::holds_alternative<ReplayLog>(load_replay(file.path(), patient)));
}

TEST_CASE("replay: the window leaves out and counts what lies before and behind it") {
    ReplayOptions one_day = options();
    one_day.from = "2020-05-02";
    one_day.length = hours(24);
    const ReplayLog log = log_of(
        "2020-05-01 23:59:59,A,old,1,1,x\n"
        "2020-05-02 00:00:00,B,tea,1,1,x\n"
        "2020-05-02 23:59:59,C,tea,1,1,x\n"
        "2020-05-03 00:00:00,D,new,1,1,x\n",
        one_day);
    CHECK(log.outside_window == 2);
    CHECK(log.orders.size() == 2);
    CHECK(log.orders[0].at == SimTime{0});
    CHECK(log.skus.size() == 1);
}

TEST_CASE("replay: without a first day the window begins on the day of the earliest row, wherever it stands") {
    const ReplayLog log = log_of("2020-05-03 12:00:00,A,tea,1,1,x\n2020-05-02 06:00:00,B,tea,1,1,x\n", options());
    CHECK(log.first_day == "2020-05-02");
    CHECK(log.orders[0].at == SimTime{hours(6).us});
    CHECK(log.orders[1].at == SimTime{hours(36).us});
}

TEST_CASE("replay: a missing column lists the header and the nearest name") {
    ReplayOptions wrong = options();
    wrong.columns.quantity = "qnty";
    wrong.columns.place = "country";
    CHECK(error_of(kHeader, wrong) ==
          "FILE: no column 'qnty' for the quantity (did you mean 'qty'?); no column 'country' for the place; "
          "the header has: when, order, sku, qty, price, shop");
    wrong = options();
    wrong.columns.order = "";
    CHECK(error_of(kHeader, wrong).find("no column is named for the order") != std::string::npos);
}

TEST_CASE("replay: an unusable file, format or window is an error in words") {
    const auto missing = load_replay("/nonexistent/orders.csv", options());
    CHECK(std::get<ReplayError>(missing).message == "/nonexistent/orders.csv: No such file or directory");
    CHECK(error_of("", options()) == "FILE: the file is empty: its first line must name the columns");
    CHECK(error_of(kHeader, options()).find("FILE: no order line to replay: 0 rows") == 0);
    ReplayOptions odd = options();
    odd.from = "May";
    CHECK(error_of(kHeader, odd) == "first day 'May' is not a date like 2009-12-22");
    odd = options();
    odd.columns.time_format = "%H:%M";
    CHECK(error_of(kHeader, odd).find("time format '%H:%M': no complete date") == 0);
    odd = options();
    odd.from = "2021-01-01";
    odd.length = hours(24);
    CHECK(error_of(kHeader + "2020-05-01 10:00:00,A,tea,1,1,x\n", odd) ==
          "FILE: no order line to replay: 1 rows, 0 skipped, 0 broken, 1 outside the window from 2021-01-01 for 86400 s");
}

TEST_CASE("price: decimal major units become minor units") {
    CHECK(parse_price("12") == 1200);
    CHECK(parse_price("12.5") == 1250);
    CHECK(parse_price("0.01") == 1);
    CHECK(parse_price("0.005") == 1);
    CHECK(parse_price("0.0049") == 0);
    CHECK(parse_price("-53594.36") == -5359436);
    for (const char* text : {"", "-", ".5", "1e3", "1,5", " 1", "1.2.3", "nan", "9999999999999"}) CHECK_FALSE(parse_price(text));
}
