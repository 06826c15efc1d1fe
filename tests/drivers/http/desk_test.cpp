// What the desk makes of answers that are lost, late or of somebody else's doing: nobody sound is accused by them.
#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <optional>

#include "drivers/http/shop.hpp"
#include "drivers/http/told.hpp"
#include "tests/drivers/http/caller.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers;

const Reply kSilence{0, "", "", "", Reply::Raw::yes};
const Reply kSoldOut{409, "{}"}, kError{400, "{}"};

// Accepts what it is not told to answer differently; whoever looks for orders finds those of `sold`.
class Shop {
   public:
    using Script = std::function<std::optional<Reply>(const std::string& target, int times)>;
    explicit Shop(Script script)
        : shop_([this, script = std::move(script)](const Wanted& wanted, int) -> Reply {
              const std::string target = wanted.target.substr(0, wanted.target.find('?'));
              const int times = ++times_[target];
              if (target == "/pay" && email_.empty()) email_ = wanted.body;
              if (const auto reply = script(target, times)) return *reply;
              if (target != "/orders") return {};
              if (!sold) return {200, R"({"orders": []})"};
              return {200, R"({"orders": [{"sku": "TEE", "quantity": 1, "email": )" + email_ + "}]}"};
          }) {}

    std::atomic<bool> sold = false;
    int asked(const std::string& target) const {
        int count = 0;
        for (const Wanted& one : shop_.seen()) count += one.target.starts_with(target) ? 1 : 0;
        return count;
    }
    std::string flow() const {
        return "urls: {shop: \"" + shop_.url() + "\"}\n" + R"(timeout: 10s
settle: 0
steps:
  cart: {post: /cart, rules: [{answer: accepted, status: ["200"]}, {answer: out_of_stock, status: ["409"]}]}
  check: {post: /check, rules: [{answer: accepted, status: ["200"]}, {answer: out_of_stock, status: ["409"]}]}
  pay:
    post: /pay
    json: '"{{unique.email}}"'
    rules: [{answer: accepted, status: ["200"]}, {answer: out_of_stock, status: ["409"]}, {answer: error, status: [4xx]}]
hold: cart
promise: pay
cancel:
  cancel: {post: /cancel, rules: [{answer: accepted, status: ["200"]}, {answer: error, status: [4xx]}]}
read_back:
  orders: {get: /orders, orders: {rows: orders, shopper: email, sku: sku, units: quantity}}
look_up:
  mine: {get: "/orders?email={{unique.email}}", orders: {rows: orders, shopper: email, sku: sku, units: quantity}}
)";
    }

   private:
    std::map<std::string, int> times_;
    std::string email_;
    ScriptedShop shop_;
};

// Asks for one order of one unit, and for the same again, `times` in all: the last answer.
Completion allocated(Caller& caller, int times = 1) {
    core::Command command;
    command.kind = core::CommandKind::allocate;
    command.order = 5;
    command.key = {3, 3};
    Completion last;
    for (int i = 0; i < times; ++i) last = caller.ask(command, tees(1));
    return last;
}
Completion allocated(const std::shared_ptr<const http::Plan>& plan) {
    HttpDriver driver(plan);
    driver.prepare(two_skus());
    Caller caller(driver);
    return allocated(caller);
}

Shop::Script answers(const std::string& target, const Reply& reply) {
    return [target, reply](const std::string& asked, int) { return asked == target ? std::optional(reply) : std::nullopt; };
}

TEST_CASE("desk: a payment without an answer whose order is not there yet stays unknown, for it may commit later") {
    Shop shop(answers("/pay", kSilence));
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    Caller caller(driver);
    CHECK(allocated(caller, 3).settled == Settled::unknown);
    CHECK(shop.asked("/pay") == 1);
    CHECK(shop.asked("/orders?email") == 2);
    shop.sold = true;
    CHECK(allocated(caller).settled == Settled::applied);
}

TEST_CASE("desk: what goes wrong before the promise or is an error says nothing about the stock") {
    for (const auto& [target, reply] : {std::pair{"/check", Reply{500, "{}"}}, {"/pay", kError}}) {
        const Shop shop(answers(target, reply));
        const Completion failed = allocated(plan_of(shop.flow()));
        CAPTURE(target, reply.status);
        CHECK(failed.settled == Settled::refused);
        CHECK(failed.cause == Cause::failed);
    }
    // From the hold on a step may order, where the promise asks what became of it.
    const Shop silent(answers("/check", kSilence));
    CHECK(allocated(plan_of(silent.flow())).settled == Settled::unknown);
}

TEST_CASE("desk: sold out is testimony at the promise; before it only where the shop sets units aside") {
    const Shop at_promise(answers("/pay", kSoldOut)), before(answers("/check", kSoldOut));
    const Completion promise = allocated(plan_of(at_promise.flow()));
    CHECK(promise.outcome == core::Outcome::out_of_stock);
    CHECK(promise.weight == Weight::testimony);
    const Completion look = allocated(plan_of(before.flow()));
    CHECK(look.settled == Settled::refused);
    CHECK(look.outcome == core::Outcome::out_of_stock);
    CHECK(look.weight == Weight::hearsay);
    CHECK(allocated(plan_of(before.flow(), {{"hold: cart\n", "hold: cart\nhold_is: reservation\n"}})).weight ==
          Weight::testimony);
}

TEST_CASE("desk: a promise that is asked about in vain is unknown, whatever the last answer was called") {
    const std::string promise = "    json: '\"{{unique.email}}\"'\n";
    const Shop pending(answers("/pay", {202, "{}"}));
    const auto given_up = plan_of(pending.flow(), {{promise, promise + "    poll: {every: 1ms, for: 5ms, exhausted: error}\n"}});
    CHECK(allocated(given_up).settled == Settled::unknown);
    const Shop busy(answers("/pay", {409, "{}"}));
    const auto conflicts = plan_of(busy.flow(), {{"post: /pay\n" + promise, "get: \"/pay?email={{unique.email}}\"\n"},
                                                 {"{answer: out_of_stock, status: [\"409\"]}, {answer: error",
                                                  "{answer: conflict, status: [\"409\"]}, {answer: error"}});
    CHECK(allocated(conflicts).settled == Settled::unknown);
}

TEST_CASE("desk: a try of the promise without an answer stays open when the next one hears that the cart is over") {
    Shop shop([](const std::string& target, int times) -> std::optional<Reply> {
        if (target != "/pay") return std::nullopt;
        return times == 1 ? kSilence : kError;
    });
    const std::string rules =
        "    rules: [{answer: accepted, status: [\"200\"]}, {answer: out_of_stock, status: [\"409\"]}, {answer: error";
    HttpDriver driver(plan_of(shop.flow(), {{rules, "    retries: {most: 1, on: [unknown]}\n    retry_after: 1ms\n" + rules}}));
    driver.prepare(two_skus());
    Caller caller(driver);
    CHECK(allocated(caller).settled == Settled::unknown);
    CHECK(shop.asked("/pay") == 2);
    shop.sold = true;  // the first one was
    driver.read_back();
    model::LoadReport report;
    driver.fill(report);
    CHECK(report.shop_books().kinds().empty());
    CHECK(report.shop_books().unknown_but_ordered() == 1);
}

TEST_CASE("desk: a shopper whose earlier payment was never answered may have bought by it, whatever the next one is told") {
    http::Plan plan;
    plan.steps.resize(1);
    http::WayResult lost, over;
    lost.answer = http::Answer::unknown;
    lost.last.problem = http::Response::Problem::no_answer;
    over.answer = http::Answer::error;
    http::Told said;
    said.asks();
    CHECK(said.open());
    said.note(plan, lost);
    CHECK(said.open());
    said.asks();
    said.note(plan, over);
    CHECK(said.open());
    CHECK_FALSE(said.answered);
}

TEST_CASE("desk: a hold is there until its cancel is answered, and a lost cancel is not refused by what a repeat is told") {
    Shop shop([](const std::string& target, int times) -> std::optional<Reply> {
        if (target != "/cancel" || times > 2) return std::nullopt;
        return times == 1 ? kSilence : kError;  // "cancelled already"
    });
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    Caller caller(driver);
    REQUIRE(caller.hold(1, tees(1)).settled == Settled::applied);
    core::Command release;
    release.kind = core::CommandKind::release;
    release.id = 1;
    release.key = {3, 4};
    CHECK(caller.ask(release, {}).settled == Settled::unknown);
    CHECK(caller.ask(release, {}).settled == Settled::unknown);
    CHECK(caller.ask(release, {}).settled == Settled::applied);
    CHECK(caller.confirm(1, 7).outcome == core::Outcome::unknown_hold);
}

TEST_CASE("desk: a reservation without an answer is not made once more for the same shopper") {
    const Shop shop(answers("/cart", kSilence));
    HttpDriver driver(plan_of(shop.flow(), {{"hold: cart\n", "hold: cart\nhold_is: reservation\n"}}));
    driver.prepare(two_skus());
    Caller caller(driver);
    core::Command hold;
    hold.kind = core::CommandKind::hold;
    hold.id = 1;
    hold.ttl = minutes(10);
    hold.key = {3, 3};
    CHECK(caller.ask(hold, tees(1)).settled == Settled::unknown);
    CHECK(caller.ask(hold, tees(1)).settled == Settled::unknown);
    CHECK(shop.asked("/cart") == 1);
}

TEST_CASE("desk: who was stopped before the promise is not among those who came to it") {
    const Shop shop(answers("/cart", {302, ""}));
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    Caller caller(driver);
    allocated(caller);
    driver.read_back();
    model::LoadReport report;
    driver.fill(report);
    CHECK(report.shop_books().shoppers_judged() == 0);
}

const std::pair<std::string, std::string> kReserves{"hold: cart\n", "hold: cart\nhold_is: reservation\n"};
const std::pair<std::string, std::string> kNoCancel{
    "cancel:\n  cancel: {post: /cancel, rules: [{answer: accepted, status: [\"200\"]}, {answer: error, status: [4xx]}]}\n", ""};

// By the order that the promise tells of: no cart is given up by it.
const std::pair<std::string, std::string> kCancelsOrders[] = {{"    post: /pay\n", "    post: /pay\n    extract: {order: id}\n"},
                                                              {"{post: /cancel,", "{post: \"/cancel/{{order}}\","}};

TEST_CASE("desk: a reservation is given back by asking the shop, or not at all") {
    const Shop shop(answers("/none", {}));
    for (const auto& [reserves, cancels] : {std::pair{true, false}, {false, false}, {true, true}, {false, true}}) {
        std::vector<std::pair<std::string, std::string>> changes{kNoCancel};
        if (cancels) changes.assign(std::begin(kCancelsOrders), std::end(kCancelsOrders));
        if (reserves) changes.push_back(kReserves);
        HttpDriver driver(plan_of(shop.flow(), changes));
        CHECK(driver.supports(core::CommandKind::deallocate) == cancels);
        driver.prepare(two_skus());
        Caller caller(driver);
        REQUIRE(caller.hold(1, tees(1)).settled == Settled::applied);
        const Completion released = caller.release(1);
        CHECK(driver.supports(core::CommandKind::release) == !reserves);
        CHECK(released.settled == (reserves ? Settled::refused : Settled::applied));
        CHECK(released.cause == (reserves ? Cause::unsupported : Cause::outcome));
    }
    CHECK(shop.asked("/cancel") == 0);
}

const std::vector<core::Line> kOneOfEach{{NodeId(1), Sku(1), 1}, {NodeId(0), Sku(0), 1}, {NodeId(1), Sku(0), 1}};
std::shared_ptr<const http::Plan> line_by_line(const Shop& shop) {
    return plan_of(shop.flow(), {kReserves, {"cart: {post: /cart", "cart: {each: line, post: /cart"}});
}

TEST_CASE("desk: a basket refused at its second line gives the first one back, and until then these units are open") {
    for (const unsigned cancelled : {200U, 404U}) {
        const Shop shop([&](const std::string& target, int times) -> std::optional<Reply> {
            if (target == "/cart" && times % 2 == 0) return kSoldOut;
            if (target == "/cancel") return Reply{cancelled, "{}"};
            return std::nullopt;
        });
        HttpDriver driver(line_by_line(shop));
        driver.prepare(two_skus());
        Caller caller(driver);
        const Completion held = caller.hold(1, kOneOfEach), allocated = caller.allocate(5, kOneOfEach);
        CHECK(shop.asked("/cancel") == 2);
        for (const Completion& refused : {held, allocated}) {
            CHECK(refused.outcome == core::Outcome::out_of_stock);
            REQUIRE(refused.left);
            CHECK(refused.left->lines == std::vector<core::Line>{kOneOfEach[1], kOneOfEach[2]});
            CHECK(refused.left->since_ns > 0);
            REQUIRE(refused.left->made_ns);
            CHECK(*refused.left->made_ns >= refused.left->since_ns);
            REQUIRE(refused.left->back.has_value() == (cancelled == 200));
            if (cancelled == 200) CHECK(refused.left->back->until_ns >= refused.left->back->from_ns);
        }
        CHECK(held.left->id != allocated.left->id);
    }
}

TEST_CASE("desk: what was set aside for a purchase that is refused before the promise is given back, behind it it is open") {
    const Shop before(answers("/check", kSoldOut)), at_promise(answers("/pay", kError));
    for (const Shop* shop : {&before, &at_promise}) {
        HttpDriver driver(plan_of(shop->flow(), {kReserves}));
        driver.prepare(two_skus());
        Caller caller(driver);
        const Completion refused = allocated(caller);
        CHECK(refused.settled == Settled::refused);
        REQUIRE(refused.left);
        CHECK(refused.left->lines == tees(1));
        // An order that a refused promise has left behind is not to be cancelled before the books are read.
        CHECK(shop->asked("/cancel") == (shop == &before ? 1 : 0));
        CHECK(refused.left->back.has_value() == (shop == &before));
        using Lives = LeftAside::Lives;
        CHECK(refused.left->lives == (shop == &before ? Lives::as_a_hold : Lives::no_matter_how_long));
    }
}

TEST_CASE("desk: nothing is left of a refused basket where a cart only looks, or nothing of it was accepted") {
    const Shop looks(answers("/check", kSoldOut)), nothing(answers("/cart", kSoldOut));
    CHECK_FALSE(allocated(plan_of(looks.flow())).left);
    CHECK(looks.asked("/cancel") == 0);
    CHECK_FALSE(allocated(plan_of(nothing.flow(), {kReserves})).left);
    CHECK(nothing.asked("/cancel") == 0);
}

TEST_CASE("shop: whoever asks for an order while all books are read waits for one reading that begins after that") {
    Shop books([](const std::string&, int) { return std::nullopt; });
    std::string flow = books.flow();
    const auto plan = plan_of(flow.substr(0, flow.find("look_up:")));
    http::Engine engine(http::engine_options(*plan));
    http::Shop shop(engine, plan, "r1", {"TEE"});
    int answered = 0;
    for (std::uint64_t number = 1; number <= 100; ++number)
        shop.look_up(shop.shopper(number, {{shop.skus().data(), 1}}), [&](const std::string& problem, const http::Books& theirs) {
            answered += problem.empty() && theirs.has_orders && theirs.orders.empty() ? 1 : 0;
        });
    REQUIRE(engine.run_until([&] { return answered == 100; }, seconds(240)));
    CHECK(books.asked("/orders") == 2);
}

}  // namespace
}  // namespace lastunit::test
