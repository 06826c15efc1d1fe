#include "model/nearest_name.hpp"

#include <catch2/catch.hpp>

using namespace lastunit::model;

TEST_CASE("edit distance: letters inserted, deleted or changed, capitals aside") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("Price", "PRICE") == 0);
}

TEST_CASE("nearest name: the likeliest meant, or none when nothing is near") {
    const std::vector<std::string> names{"Invoice", "InvoiceDate", "Quantity", "Price"};
    CHECK(nearest_name("Qantity", names) == "Quantity");
    CHECK(nearest_name("invoice_date", names) == "InvoiceDate");
    CHECK(nearest_name("StockCode", names).empty());
    CHECK(nearest_name("x", {}).empty());
}

TEST_CASE("nearest name: who shortens a name means the one in which it is a word, unless a slip is nearer") {
    const std::vector<std::string> names{"calls",         "fulfilment_time_s.p50", "cost_per_order",
                                         "cost_per_year", "orders_accepted",       "cos"};
    CHECK(nearest_name("cost", {"calls", "cost_per_order", "cost_per_year"}) == "cost_per_year");
    CHECK(nearest_name("cost", names) == "cos");
    CHECK(nearest_name("orders", names) == "orders_accepted");
    CHECK(nearest_name("time", {"cost_per_order", "fulfilment_time_s.p50", "fulfilment_time"}) == "fulfilment_time");
    CHECK(nearest_name("order", {"cost_per_order", "order_to_door_s.p50"}) == "order_to_door_s.p50");
    CHECK(nearest_name("s", {"fulfilment_time_s.p50"}).empty());
    CHECK(nearest_name("rder", {"cost_per_order"}).empty());
    CHECK(nearest_name("", {"cost_per_order"}).empty());
}
