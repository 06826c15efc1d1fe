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
    check_names(EventKind::inbound_expected);
    check_names(RoutingPolicy::fewest_splits);
    check_names(Method::reserve_in_store);
    check_names(Rejection::split_limit);
    check_names(PlanOutcome::no_node);
    check_names(JournalError::unknown_kind);
}
