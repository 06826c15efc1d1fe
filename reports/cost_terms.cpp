#include "reports/cost_terms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kMeanings = {{
    {"pick", "lines picked"},
    {"pack", "parcels packed"},
    {"handling", "units handled"},
    {"ship", "first parcels of orders"},
    {"split", "their further parcels"},
    {"transfer", "between nodes"},
    {"cancellation", "orders not served"},
    {"commission", "to channels"},
    {"returns", "lines taken back"},
    {"markdown", "value lost by goods"},
    {"labour", "shifts, busy or not"},
    {"overtime", "beyond shifts"},
    {"holding", "capital in stock"},
}};

std::string meaning_of(std::string_view term) {
    for (const auto& [name, meaning] : kMeanings)
        if (name == term) return std::string(meaning);
    return "";
}

}  // namespace

std::vector<CostTermText> dearest_terms(const google::protobuf::RepeatedPtrField<model::CostCount>& terms) {
    std::vector<CostTermText> out;
    for (const model::CostCount& count : terms)
        if (count.cost() != 0) out.push_back({count.term(), meaning_of(count.term()), count.cost()});
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.cost > b.cost; });
    return out;
}

std::int64_t cost_of(const google::protobuf::RepeatedPtrField<model::CostCount>& terms, std::string_view term) {
    for (const model::CostCount& count : terms)
        if (count.term() == term) return count.cost();
    return 0;
}

std::string per_order(std::int64_t minor, double orders) {
    return orders > 0 ? decimal(static_cast<double>(minor) / orders / 100, 2) : "-";
}

std::string whole_money(std::int64_t minor, std::string_view currency) {
    return grouped((minor + (minor < 0 ? -50 : 50)) / 100) + " " + std::string(currency);
}

std::string year_basis(const model::RunRecord& record) {
    const model::YearKpi& year = record.year();
    return decimal(year.orders(), 0) + " orders" + (year.orders_stated() ? ", as stated" : ", a year of such days");
}

}  // namespace lastunit::reports
