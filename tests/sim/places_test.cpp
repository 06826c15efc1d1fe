// Every unit of every order is at each instant in exactly one place and state, with everything on at once.
#include <map>
#include <sstream>

#include "tests/sim/places.hpp"
#include "tests/sim/wild_day.hpp"

namespace lastunit::sim_tests {

namespace {

class Everything : public Auditor {
   public:
    using Auditor::Auditor;
    void after_event_of_work(const sim::World& world) override { places_.after_event_of_work(world); }

    std::string text() const { return Auditor::text() + places_.violations(); }
    std::string seen() const {  // how many pieces were seen where: a line for the name, a line for the number
        std::ostringstream out;
        for (const auto& [where, pieces] : places_.seen()) out << where << '\n' << pieces << '\n';
        return out.str();
    }

   private:
    Places places_;
};

// What was seen where, by name.
std::map<std::string, std::uint64_t> nothing_is_lost(std::uint64_t number) {
    const Settings settings = Mix(5000 + number).draw_with_fulfilment();
    INFO(repeat_command(number, settings));
    std::istringstream read(wild_day<Everything>(number, settings).seen);
    std::map<std::string, std::uint64_t> seen;
    std::string where, pieces;
    while (std::getline(read, where) && std::getline(read, pieces)) seen[where] = std::stoull(pieces);
    return seen;
}

}  // namespace

TEST_CASE("places: every unit of every order is in one place and state after each event of a dozen wild days") {
    std::map<std::string, std::uint64_t> all;
    for (std::uint64_t number = 1; number <= 12; ++number)
        for (const auto& [where, pieces] : nothing_is_lost(number)) all[where] += pieces;
    for (const char* where : {"waiting", "in line", "wave", "at work", "asked", "waits for a truck", "between nodes", "dock",
                              "on the road", "locker", "ready", "counter", "put back"}) {
        INFO(where);
        CHECK(all[where] > 0);
    }
}

// Not run unless asked for: lastunit_sim_tests "[slow]"
TEST_CASE("places: five hundred wild days", "[.][slow]") {
    for (std::uint64_t number = 13; number <= 512; ++number) nothing_is_lost(number);
}

}  // namespace lastunit::sim_tests
