// What a flow's `read_back` reads of a shop of a test.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <utility>

#include "drivers/http/shop.hpp"

namespace lastunit::test {

struct Read {
    std::string problem;
    drivers::http::Books books;
    std::size_t orders() const { return books.orders.size(); }
};

// `observer`: sees every request; null: nobody does.
inline Read read_back_of(const std::shared_ptr<const drivers::http::Plan>& plan, drivers::http::Observer* observer = nullptr) {
    using namespace drivers::http;
    Engine engine(engine_options(*plan));
    Shop shop(engine, plan, "r1", {"TEE"});
    if (observer != nullptr) shop.runner().observe(observer);
    Read out;
    bool over = false;
    shop.read_back(
        [&](const std::string& wrong, Books books) { out.problem = wrong, out.books = std::move(books), over = true; });
    REQUIRE(engine.run_until([&] { return over; }, minutes(4)));
    return out;
}

}  // namespace lastunit::test
