#include "sim/kernel/event_queue.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "model/random.hpp"

namespace lastunit::sim {

TEST_CASE("event queue: the order is time, then kind, then the order of pushing") {
    EventQueue queue;
    queue.push(SimTime{5}, EventKind::arrival, 1);
    queue.push(SimTime{5}, EventKind::message, 2);
    queue.push(SimTime{3}, EventKind::arrival, 3);
    queue.push(SimTime{5}, EventKind::message, 4);
    queue.push(SimTime{5}, EventKind::infrastructure, 5);
    std::vector<std::uint32_t> order;
    while (!queue.empty()) order.push_back(queue.pop().subject);
    CHECK(order == std::vector<std::uint32_t>{3, 5, 2, 4, 1});
}

TEST_CASE("event queue: what comes out is sorted, whatever the order of pushes and pops") {
    model::Stream random(7, model::Purpose::property, 1);
    EventQueue queue;
    std::vector<PendingEvent> popped;
    std::size_t pushed = 0;
    SimTime now{0};
    while (pushed < 20'000 || !queue.empty()) {
        if (pushed < 20'000 && (queue.empty() || random() % 3 != 0)) {
            queue.push(now + Duration{static_cast<std::int64_t>(random() % 1000)}, static_cast<EventKind>(random() % kEventKinds),
                       static_cast<std::uint32_t>(pushed++));
        } else {
            popped.push_back(queue.pop());
            now = popped.back().at;
        }
    }
    REQUIRE(popped.size() == 20'000);
    for (std::size_t i = 1; i < popped.size(); ++i) REQUIRE(popped[i - 1].at <= popped[i].at);
    std::vector<char> seen(popped.size());
    for (const PendingEvent& event : popped) seen[event.subject] = 1;
    CHECK(std::count(seen.begin(), seen.end(), 1) == 20'000);
    CHECK(queue.peak() > 100);
}

}  // namespace lastunit::sim
