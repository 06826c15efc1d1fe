#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "core/journal.hpp"
#include "core/routing/router.hpp"

using namespace lastunit::core;

namespace {
// Names of the enumerators 0..last: all there, all different.
template <class Enum> void check_names(Enum last) {
    std::set<std::string> names;
    const int count = static_cast<int>(last) + 1;
    for (int i = 0; i < count; ++i) names.insert(name_of(static_cast<Enum>(i)));
    CHECK(names.size() == static_cast<std::size_t>(count));
    CHECK(!names.contains("?"));
    CHECK(name_of(static_cast<Enum>(count)) == std::string("?"));
}
}  // namespace

TEST_CASE("names: every enumerator has its own") {
    check_names(Outcome::over_limit);
    check_names(EventKind::disposed);
    check_names(RoutingPolicy::rules);
    check_names(Method::reserve_in_store);
    check_names(LineSplit::freely);
    check_names(Strength::soft);
    check_names(Pass::second);
    check_names(Mismatch::promise);
    check_names(FilterKind::safety_stock);
    check_names(SortKey::rank);
    check_names(Assign::least_cost);
    check_names(SplitChoice::decline);
    check_names(Rejection::spillover);
    check_names(PlanOutcome::declined);
    check_names(JournalError::unknown_kind);
}
