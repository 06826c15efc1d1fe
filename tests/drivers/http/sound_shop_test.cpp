// Habits of sound shops that look like flaws, and flaws that hide behind them.
#include "tests/drivers/http/sound_shop.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

const Reply kCut{200, "", "", "", Reply::Raw::yes};  // the connection is closed without a word

std::optional<Reply> buys_and(const Wanted& request, SoundShop& shop, const Reply& says) {
    const Reply did = shop.buy(SoundShop::who(request), 1);
    return did.status == 201 ? says : did;
}

TEST_CASE("sound shop: an answer that no rule fits, and then \"already ordered\", is no phantom") {
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/order?") || of.times[request.target] > 1) return {};
        return buys_and(request, of, {502, "<html>bad gateway"});
    };
    const SoundRace race = race_of(shop, of_shoppers(10, 10),
                                   {{"- {answer: error, status: 402}\n",
                                     "- {answer: error, status: 402}\n    retries: {most: 3, on: [conflict, unknown]}\n"
                                     "    retry_after: 1ms\n"}});
    REQUIRE(race.run.problem.empty());
    CHECK(race.kinds().empty());
    CHECK(race.verdict.resolved == 10);
}

const Changes kPolled{{"\nhold: cart",
                       "\n  paid:\n    post: \"/paid?who={{unique.id}}\"\n    poll: {every: 1ms, for: 20s}\n"
                       "    rules: [{answer: accepted, json: state, is: paid}]\nhold: cart"},
                      {"promise: order", "promise: paid"}};

TEST_CASE("sound shop: an answer that is lost at the step that orders, before a polled promise, is no phantom") {
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/order?")) return {};
        return buys_and(request, of, of.orders.size() % 2 == 0 ? kCut : Reply{201, R"({"ok":1})"});
    };
    const SoundRace race = race_of(shop, of_shoppers(10, 10), kPolled);
    REQUIRE(race.run.problem.empty());
    CHECK(race.kinds().empty());
    CHECK(race.verdict.told == 5);
    CHECK(race.verdict.resolved == 5);
}

TEST_CASE("sound shop: an order left by a step before the promise that was refused is a phantom all the same") {
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/order?")) return {};
        return buys_and(request, of, {402, "{}"});
    };
    const SoundRace race = race_of(shop, of_shoppers(10, 10), kPolled);
    CHECK(race.kinds() == std::vector{FindingKind::phantom_order});
}

TEST_CASE("sound shop: a whole answer that is too long to be read is no refusal") {
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/order?")) return {};
        return buys_and(request, of, {201, "{\"filler\":\"" + std::string(20'000, 'x') + "\"}"});
    };
    const SoundRace race = race_of(shop, of_shoppers(3, 3), {{"settle: 0", "settle: 0\nmax_response: 10kB"}});
    CHECK(race.kinds().empty());
    CHECK(race.verdict.resolved == 3);
}

TEST_CASE("sound shop: of two devices one is told that it is busy, and the other one buys without a word") {
    const Twice twice = GENERATE(Twice::same_cart, Twice::repeat_submit);
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/order?")) return {};
        if (of.times[request.target] == 1) return Reply{409, R"({"e":"busy"})"};
        return buys_and(request, of, kCut);
    };
    RaceOptions options = of_shoppers(10, 20);
    options.twice = twice, options.twice_step = 1;
    const SoundRace race = race_of(shop, options);
    REQUIRE(race.run.problem.empty());
    CHECK(race.kinds().empty());
    CHECK(race.verdict.resolved == 10);
}

}  // namespace
}  // namespace lastunit::test
