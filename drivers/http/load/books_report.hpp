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
// `earlier`: books that were read some seconds before `after`; null: none were. A large catalogue is not read in one instant: a
// cart that expires between its rows and its counter makes these differ. What later books may mend is a finding where both have
// it.
model::ShopBooks books_report(const ShopCustomers& of, const Books& before, const Books& after, const Books* earlier = nullptr);
// As of a race: not empty where the flow reads the wrong thing for who ordered.
std::string nobodys_orders(const ShopCustomers& of, const Books& before, const Books& after);
// Whether it has such findings, so that the books are worth reading again.
bool later_books_may_mend(const model::ShopBooks& report);

}  // namespace lastunit::drivers::http
