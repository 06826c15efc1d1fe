// The shop's books after a load, judged SKU by SKU with the judge of races, and the requests that tell what disagrees.
#pragma once

#include "drivers/http/desk.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers::http {

// Undersold units are not among the findings: whether a unit was there at the time of a refusal is the audit's to say.
model::ShopBooks books_report(const Desk& desk, const Shop& shop, const StoryKeeper& stories, const Books& before,
                              const Books& after, const std::vector<std::int64_t>& stock);

}  // namespace lastunit::drivers::http
