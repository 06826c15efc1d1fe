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

// Carts set a unit aside, and every third payment is declined.
std::optional<Reply> reserves_at_cart(const Wanted& request, SoundShop& of) {
    if (request.target.starts_with("/cart")) {
        if (of.stock - of.held < 1) return Reply{409, R"({"e":"sold_out"})"};
        ++of.held;
        return Reply{201, "{}"};
    }
    if (!request.target.starts_with("/order?")) return {};
    if (++of.times["payments"] % 3 == 0) return Reply{402, R"({"e":"declined"})"};
    --of.held;
    return of.buy(SoundShop::who(request), 1);
}

TEST_CASE("sound shop: units in the carts of those whose payment was declined were not withheld") {
    SoundShop shop;
    shop.habit = reserves_at_cart;
    const SoundRace silent = race_of(shop, of_shoppers(30, 9));
    REQUIRE(silent.run.problem.empty());
    CHECK(silent.kinds().empty());
    REQUIRE(silent.verdict.left_open.size() == 1);
    CHECK(silent.verdict.left_open[0].units == 3);
    CHECK_THAT(silent.verdict.left_open[0].sentence, Catch::Contains("hold_is: reservation"));

    SoundShop other;
    other.habit = reserves_at_cart;
    const SoundRace said = race_of(other, of_shoppers(30, 9), {{"hold: cart\n", "hold: cart\nhold_is: reservation\n"}});
    REQUIRE(said.run.problem.empty());
    CHECK(said.kinds().empty());
    CHECK(said.verdict.left_open.empty());
}

TEST_CASE("sound shop: who was told to try again was not turned away for good, and who was told so by a failing shop was") {
    const unsigned status = GENERATE(429U, 500U);
    SoundShop shop;
    shop.habit = [status](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/cart") || ++of.times["carts"] % 5 != 0) return {};
        return Reply{status, "{}"};
    };
    const SoundRace race = race_of(shop, of_shoppers(10, 10), {{"status: 429", "status: [429, 500]"}});
    REQUIRE(race.run.problem.empty());
    if (status == 429) {
        CHECK(race.kinds().empty());
        REQUIRE(race.verdict.left_open.size() == 1);
        CHECK(race.verdict.left_open[0].units == 2);
        CHECK_THAT(race.verdict.left_open[0].sentence, Catch::Contains("2 cart: conflict"));
    } else {
        CHECK(race.kinds() == std::vector{FindingKind::undersold});
    }
}

TEST_CASE("sound shop: a payment declined for units that are still available is undersold") {
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/order?") || ++of.times["payments"] % 5 != 0) return {};
        return Reply{402, "{}"};
    };
    const SoundRace race = race_of(shop);
    CHECK(race.kinds() == std::vector{FindingKind::undersold});
}

TEST_CASE("sound shop: on hand alone moves by what was shipped so far, and is no finding") {
    const int shipped = GENERATE(0, 1, 2);  // halves
    SoundShop shop;
    shop.habit = [shipped](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (request.target != "/levels") return {};
        return of.levels(of.put - (of.put - of.stock) * shipped / 2);
    };
    const SoundRace race = race_of(shop, of_shoppers(30, 10), {{"{available: available}", "{on_hand: on_hand}"}});
    REQUIRE(race.run.problem.empty());
    CHECK(race.kinds().empty());
    CHECK(race.verdict.told == 10);
    CHECK_FALSE(race.verdict.counter);
}

TEST_CASE("sound shop: a counter that lags behind set-up is waited for, and one that never comes is no race") {
    const bool comes = GENERATE(true, false);
    SoundShop shop;
    shop.habit = [comes](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (request.target != "/levels" || (comes && of.times["/levels"] > 2)) return {};
        return Reply{200, R"({"available":0})"};
    };
    const SoundRace race = race_of(shop);
    if (comes) {
        CHECK(race.run.problem.empty());
        CHECK(race.kinds().empty());
        CHECK(race.verdict.stock == 10);
    } else {
        CHECK_THAT(race.run.problem, Catch::Contains("after set-up TEE has 0 units available, not 10"));
    }
}

TEST_CASE("sound shop: orders of an earlier run of the same accounts are not this run's") {
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (request.target.starts_with("/cart"))
            return Reply{201, R"({"me":"account-)" + std::to_string(of.times["carts"]++ % 10) + R"("})"};
        if (!request.target.starts_with("/order?")) return {};
        if (of.stock < 1) return Reply{409, R"({"e":"sold_out"})"};
        --of.stock;
        of.orders.push_back({"o" + std::to_string(of.orders.size() + 1), SoundShop::who(request), 1});
        return Reply{201, R"({"ok":1})"};
    };
    const Changes accounts{{"identity: \"{{unique.id}}\"", "identity: \"{{me}}\""},
                           {"post: \"/cart?who={{unique.id}}\"", "post: \"/cart?who={{unique.id}}\"\n    extract: {me: me}"},
                           {"/order?who={{unique.id}}", "/order?who={{me}}"}};
    for (int run = 0; run < 2; ++run) {
        const SoundRace race = race_of(shop, of_shoppers(10, 10), accounts);
        REQUIRE(race.run.problem.empty());
        CHECK(race.kinds().empty());
        CHECK(race.verdict.orders == 10);
    }
}

TEST_CASE("sound shop: what strangers buy meanwhile was not withheld, and beyond the stock it is said, but nobody is accused") {
    const bool takes = GENERATE(true, false);
    SoundShop shop;
    shop.habit = [takes](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (!request.target.starts_with("/order?") || of.times["strangers"]++ > 0) return {};
        of.orders.push_back({"stranger", "stranger", 3});
        if (takes) of.stock -= 3;
        return {};
    };
    const SoundRace race = race_of(shop, of_shoppers(30, 10));
    REQUIRE(race.run.problem.empty());
    CHECK(race.kinds().empty());
    CHECK(race.verdict.others == 3);
    CHECK(race.verdict.left_open.size() == (takes ? 0U : 1U));
    if (!takes) CHECK(race.verdict.left_open.at(0).units == 3);
}

TEST_CASE("sound shop: orders that come into the books after `settle` are late, not missing") {
    SoundShop shop;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (request.target != "/orders" || of.times["/orders"] > 2) return {};
        return Reply{200, R"({"rows":[]})"};
    };
    const SoundRace race = race_of(shop, of_shoppers(10, 10));
    REQUIRE(race.run.problem.empty());
    CHECK(race.kinds().empty());
    CHECK(race.run.late_units >= 10);
    REQUIRE(race.verdict.left_open.size() == 1);
    CHECK_THAT(race.verdict.left_open[0].sentence, Catch::Contains("`settle` is too short"));
}

TEST_CASE("sound shop: a path to another field than the shopper's accuses nobody, and both values are said") {
    SoundShop shop;
    const SoundRace race = race_of(shop, of_shoppers(10, 10), {{"shopper: who", "shopper: state"}});
    CHECK_THAT(race.run.problem,
               Catch::Contains("orders.shopper: none of the 10 new order lines") && Catch::Contains("`placed`"));
}

TEST_CASE("sound shop: where the webhook that pays was not accepted nobody knows what the order is worth") {
    const unsigned status = GENERATE(401U, 200U);
    SoundShop shop;
    shop.habit = [status](const Wanted& request, SoundShop&) -> std::optional<Reply> {
        if (request.target != "/hook") return {};
        return Reply{status, "{}"};
    };
    const SoundRace race = race_of(shop, of_shoppers(10, 10),
                                   {{"{rows: rows,", "{rows: rows, only: [{json: state, is: paid}],"},
                                    {"promise: order\n",
                                     "promise: order\nwebhooks: {paid: {post: /hook, rules: [{answer: accepted, status: 2xx}, "
                                     "{answer: error, status: 4xx}]}}\n"}});
    REQUIRE(race.run.problem.empty());
    CHECK(race.verdict.told == 10);
    CHECK(race.verdict.unknown == (status == 401 ? 10 : 0));
    const auto kinds = race.kinds();
    CHECK((std::find(kinds.begin(), kinds.end(), FindingKind::missing_order) != kinds.end()) == (status == 200));
}

TEST_CASE("sound shop: carts of an earlier run that expire are no lost update where the flow says that carts reserve") {
    SoundShop shop;
    shop.held = 2;
    shop.habit = [](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (request.target.starts_with("/order?")) of.held = 0;
        return {};
    };
    const SoundRace race = race_of(shop, of_shoppers(5, 10), {{"hold: cart\n", "hold: cart\nhold_is: reservation\n"}});
    REQUIRE(race.run.problem.empty());
    CHECK(race.kinds().empty());
    CHECK(race.verdict.counter == 3);
    REQUIRE(race.verdict.left_open.size() == 1);
    CHECK(race.verdict.left_open[0].units == 2);
}

}  // namespace
}  // namespace lastunit::test
