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
