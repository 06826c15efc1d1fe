#include "sim/kernel/infrastructure.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "tests/support/forked.hpp"

namespace lastunit::sim {

namespace {

model::Design two_hosts() {
    model::Design design;
    design.hosts = {{"oms", 2}, {"broker", 1}, {"alone", 1}};
    design.links = {{"wire", 0, 1, milliseconds(50), 1e6}};
    return design;
}

// Lets everything end; "ticket@microseconds", "ticket!microseconds" of what failed, in the order of ending.
std::string ends(Infrastructure& infrastructure, SimTime until) {
    std::multimap<SimTime, Infrastructure::Finished> sorted;
    while (infrastructure.advance(until)) {
        for (const auto& finished : infrastructure.finished()) sorted.emplace(finished.at, finished);
        infrastructure.finished().clear();
    }
    std::ostringstream text;
    for (const auto& [at, end] : sorted) text << end.ticket << (end.failed ? "!" : "@") << at.us << " ";
    return text.str();
}

}  // namespace

TEST_CASE("infrastructure: four times one millisecond on two cores end together after two") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        for (std::uint32_t ticket = 1; ticket <= 4; ++ticket) infrastructure.compute(SimTime{0}, 0, milliseconds(1), ticket);
        return ends(infrastructure, SimTime{1'000'000});
    });
    for (const char* one : {"1@2000 ", "2@2000 ", "3@2000 ", "4@2000 "}) CHECK(text.find(one) != std::string::npos);
}

TEST_CASE("infrastructure: a 50 ms link is 50 ms, and bandwidth counts once") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        infrastructure.transfer(SimTime{1000}, 0, 1, 1, 1);          // 1 us for one byte at 1 MB/s
        infrastructure.transfer(SimTime{2'000'000}, 1, 0, 1000, 2);  // 1 ms for 1,000 bytes, the other way
        return ends(infrastructure, SimTime{9'000'000});
    });
    CHECK(text == "1@51001 2@2051000 ");
}

TEST_CASE("infrastructure: what follows an end starts at that end, not at the next event of the queue") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        infrastructure.compute(SimTime{10}, 1, milliseconds(3), 1);
        REQUIRE(infrastructure.advance(SimTime{60'000'000}));
        const SimTime end = infrastructure.finished().front().at;
        infrastructure.finished().clear();
        infrastructure.compute(end, 1, milliseconds(4), 2);
        return std::to_string(end.us) + " " + ends(infrastructure, SimTime{60'000'000});
    });
    CHECK(text == "3010 2@7010 ");
}

TEST_CASE("infrastructure: beyond its threads a host works first come, first served, and loses no time by it") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        for (std::uint32_t i = 1; i <= 33; ++i) infrastructure.compute(SimTime{0}, 1, milliseconds(1), i);
        return ends(infrastructure, SimTime{60'000'000});
    });
    CHECK(text.find("1@16000 ") != std::string::npos);  // the first 16 share the core
    CHECK(text.find("16@16000 ") != std::string::npos);
    CHECK(text.find("17@32000 ") != std::string::npos);  // then the next 16
    CHECK(text.find("32@32000 ") != std::string::npos);
    CHECK(text.find("33@33000 ") != std::string::npos);
}

TEST_CASE("infrastructure: a backlog of 50,000 computations is worked off in its own time") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        for (std::uint32_t i = 0; i < 50'000; ++i) infrastructure.compute(SimTime{i}, 1, milliseconds(1), i);
        const std::string all = ends(infrastructure, SimTime{100'000'000});
        return all.substr(all.rfind(' ', all.size() - 2) + 1);
    });
    CHECK(text.substr(text.find('@')) == "@50000000 ");
}

TEST_CASE("infrastructure: a host that goes off fails what it works on and what waits") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        for (std::uint32_t i = 1; i <= 19; ++i) infrastructure.compute(SimTime{0}, 1, milliseconds(1), i);
        infrastructure.turn_host(SimTime{5000}, 1, Infrastructure::Power::off);
        infrastructure.turn_host(SimTime{6000}, 1, Infrastructure::Power::on);
        infrastructure.compute(SimTime{6000}, 1, milliseconds(1), 20);
        return ends(infrastructure, SimTime{60'000'000});
    });
    CHECK(text.find("16!5000 ") != std::string::npos);
    CHECK(text.find("19!5000 ") != std::string::npos);
    CHECK(text.find("20@7000 ") != std::string::npos);
}

TEST_CASE("infrastructure: a saturated broker makes messages late") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        for (std::uint32_t i = 0; i < 100; ++i) infrastructure.compute(SimTime{i * 1000}, 1, milliseconds(2), i);
        return ends(infrastructure, SimTime{60'000'000});
    });
    CHECK(text.find("99@200000 ") != std::string::npos);  // 100 x 2 ms of work on one core, shared by all that wait
}

TEST_CASE("infrastructure: hosts without a link are not connected, designs without hosts need no engine") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        std::ostringstream answer;
        answer << infrastructure.connected(0, 1) << infrastructure.connected(1, 0) << infrastructure.connected(0, 2);
        return answer.str();
    });
    CHECK(text == "110");
    Infrastructure none{model::Design{}};
    CHECK_FALSE(none.exists());
    CHECK_FALSE(none.advance(SimTime{1'000'000}));
}

TEST_CASE("infrastructure: a host that goes off fails what is on it at once, and what is begun there; what shares it goes on") {
    const std::string text = tests::in_child([] {
        using Power = Infrastructure::Power;
        Infrastructure infrastructure(two_hosts());
        infrastructure.compute(SimTime{0}, 1, milliseconds(10), 1);
        infrastructure.compute(SimTime{0}, 0, milliseconds(10), 2);
        infrastructure.transfer(SimTime{0}, 0, 1, 1000, 3);
        infrastructure.turn_host(SimTime{4000}, 1, Power::off);
        std::string seen = ends(infrastructure, SimTime{4000}) + "| ";
        infrastructure.compute(SimTime{5000}, 1, milliseconds(1), 4);
        infrastructure.transfer(SimTime{5000}, 0, 1, 1, 5);
        infrastructure.turn_host(SimTime{6000}, 1, Power::on);
        infrastructure.compute(SimTime{7000}, 1, milliseconds(1), 6);
        infrastructure.transfer(SimTime{7000}, 0, 1, 1, 7);
        return seen + ends(infrastructure, SimTime{1'000'000});
    });
    CHECK(text == "1!4000 3!4000 | 4!5000 5!5000 6@8000 2@10000 7@57001 ");
}

TEST_CASE("infrastructure: a link that goes off fails what is on it and leaves the hosts alone") {
    const std::string text = tests::in_child([] {
        using Power = Infrastructure::Power;
        Infrastructure infrastructure(two_hosts());
        infrastructure.compute(SimTime{0}, 1, milliseconds(10), 1);
        infrastructure.transfer(SimTime{0}, 0, 1, 1'000'000, 2);
        infrastructure.turn_link(SimTime{4000}, 0, Power::off);
        infrastructure.transfer(SimTime{5000}, 1, 0, 1, 3);
        infrastructure.turn_link(SimTime{6000}, 0, Power::on);
        infrastructure.transfer(SimTime{7000}, 1, 0, 1, 4);
        return ends(infrastructure, SimTime{9'000'000});
    });
    CHECK(text == "2!4000 3!5000 1@10000 4@57001 ");
}

TEST_CASE("infrastructure: half of the work on a host that goes slow takes longer, and a cancelled step takes no share") {
    const std::string text = tests::in_child([] {
        using Power = Infrastructure::Power;
        model::Fault slow;
        slow.kind = model::FaultKind::slow_host;
        slow.host = 2;
        slow.factor = 4;
        Infrastructure infrastructure(two_hosts(), {&slow, 1});
        infrastructure.compute(SimTime{0}, 2, milliseconds(10), 1);
        infrastructure.slow_down(SimTime{5000}, 2, 4);
        std::string seen = ends(infrastructure, SimTime{100'000}) + "| ";
        infrastructure.slow_down(SimTime{100'000}, 2, 1);
        infrastructure.compute(SimTime{100'000}, 2, milliseconds(20), 2);
        infrastructure.turn_host(SimTime{105'000}, 2, Power::off);
        infrastructure.turn_host(SimTime{105'000}, 2, Power::on);
        infrastructure.compute(SimTime{105'000}, 2, milliseconds(10), 3);
        seen += ends(infrastructure, SimTime{200'000}) + "| ";
        infrastructure.transfer(SimTime{200'000}, 0, 1, 100'000, 4);
        infrastructure.turn_link(SimTime{260'000}, 0, Power::off);
        infrastructure.turn_link(SimTime{260'000}, 0, Power::on);
        infrastructure.transfer(SimTime{260'000}, 0, 1, 100'000, 5);
        return seen + ends(infrastructure, SimTime{1'000'000});
    });
    CHECK(text == "1@25000 | 2!105000 3@115000 | 4!260000 5@410000 ");
}

TEST_CASE("infrastructure: microseconds survive the way through SimGrid's double seconds") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        std::ostringstream wrong;
        std::int64_t at = 1;
        for (std::uint32_t i = 0; i < 3000; ++i, at = at * 17 % 86'400'000'000 + 1) {
            // Every step on its own, ever later: a day and more in odd microseconds.
            const SimTime start{86'400'000'000LL * (i / 1000) + static_cast<std::int64_t>(i % 1000) * 86'399'999 + at % 7};
            infrastructure.compute(start, 2, Duration{1 + at % 999}, i);
            REQUIRE(infrastructure.advance(start + seconds(1)));
            const auto finished = infrastructure.finished().front();
            infrastructure.finished().clear();
            if (finished.at != start + Duration{1 + at % 999}) wrong << finished.at.us - start.us - 1 - at % 999 << " ";
        }
        return wrong.str();
    });
    CHECK(text.empty());
}

TEST_CASE("infrastructure: a thread that gets free while SimGrid catches up is the longest waiting step's, and at once") {
    const std::string text = tests::in_child([] {
        Infrastructure infrastructure(two_hosts());
        for (std::uint32_t i = 1; i <= 17; ++i) infrastructure.compute(SimTime{0}, 1, milliseconds(1), i);
        infrastructure.transfer(SimTime{20'000}, 1, 0, 1, 30);  // nobody has looked at the ends before it
        infrastructure.compute(SimTime{20'000}, 1, milliseconds(1), 18);
        return ends(infrastructure, SimTime{60'000'000});
    });
    CHECK(text.find("16@16000 ") != std::string::npos);
    CHECK(text.find("17@17000 ") != std::string::npos);
    CHECK(text.find("18@21000 ") != std::string::npos);
}

}  // namespace lastunit::sim
