// The shop's books after a load, judged SKU by SKU with the judge of races, and the requests that tell what disagrees.
#pragma once

#include "drivers/http/load/customers.hpp"
#include "drivers/http/plan.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers::http {

// What the books are held against. Not owned; has to live during the call.
struct ShopCustomers {
    const Plan& plan;
    const std::vector<std::string>& skus;    // the scenario's names
    const std::vector<std::int64_t>& stock;  // units of each, as set up
    const Customers& customers;
    StoryOf story_of;
};

// Undersold units are not among the findings: whether a unit was there at the time of a refusal is the audit's to say.
model::ShopBooks books_report(const ShopCustomers& of, const Books& before, const Books& after);

}  // namespace lastunit::drivers::http
