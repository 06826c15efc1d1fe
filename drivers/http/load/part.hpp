// Several generators that share a load of one shop: what each hands on, and all of it joined. The books are read once, when all
// have ended; they can be judged only by whoever knows everybody that was sent.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "drivers/http/books.hpp"
#include "drivers/http/load/customers.hpp"
#include "drivers/http/load/part.pb.h"
#include "drivers/http/plan.hpp"
#include "drivers/http/shop.hpp"

namespace lastunit::drivers::http {

lastunit::shop::Prepared prepared_of(const Plan& plan, const std::string& run, const std::vector<std::string>& skus,
                                     const ShopFound& found);
// By name. Throws DriverError: of another flow, of other SKUs, a name that the flow does not have.
ShopFound found_in(const lastunit::shop::Prepared& prepared, const Plan& plan, const std::vector<std::string>& skus);

void add_customers(const Customers& customers, lastunit::shop::Part& to);
void add_story(std::uint64_t shopper, const std::vector<WireEvent>& events, lastunit::shop::Part& to);
lastunit::shop::Books books_to(const Books& books);

struct Joined {
    Customers customers;
    std::map<std::uint64_t, std::vector<WireEvent>> stories;
    Books before;
};

// All parts of one load, in whatever order; times count from the first request of any. Throws DriverError in one line: of several
// preparations, a part that is missing or there twice, two shoppers who are one in the books.
Joined join(const Plan& plan, std::span<const lastunit::shop::Part> parts);

}  // namespace lastunit::drivers::http
