// Terms of cost as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

struct CostTermText {
    std::string term;     // as the record names it
    std::string meaning;  // in a few words
    std::int64_t cost = 0;
};

// Those that cost anything (or were given back), the dearest first.
std::vector<CostTermText> dearest_terms(const google::protobuf::RepeatedPtrField<model::CostCount>& terms);
std::int64_t cost_of(const google::protobuf::RepeatedPtrField<model::CostCount>& terms, std::string_view term);

// Of `orders`, in major units: 12.34.
std::string per_order(std::int64_t minor, double orders);
// 548,389 PLN: whole major units, for large sums.
std::string whole_money(std::int64_t minor, std::string_view currency);
// "1,240,000 orders a year (stated)", "... (365 such days)"
std::string year_basis(const model::RunRecord& record);

}  // namespace lastunit::reports
