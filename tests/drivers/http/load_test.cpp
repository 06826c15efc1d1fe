// A shop under load: what the driver counts by step, what the shop's books show beside what was told, and who tells of it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>
#include <map>

#include "drivers/http/http_driver.hpp"
#include "drivers/http/judge.hpp"
#include "drivers/http/load/step_tally.hpp"
#include "drivers/http/load/story_keeper.hpp"
#include "tests/drivers/http/buying.hpp"
#include "tests/drivers/http/sound_shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers;

struct Loaded {
    std::vector<Completion> answers;
    model::LoadReport report;
};

Loaded loaded(Flaw flaw, std::uint64_t shoppers, Quantity units) {
    const StubShop shop(flaw);
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus(units));
    Loaded out;
    out.answers = buy_at_once(driver, shoppers);
    driver.read_back();
    driver.fill(out.report);
    return out;
}

std::map<std::string, std::int64_t> units_by_kind(const model::LoadReport& report) {
    std::map<std::string, std::int64_t> out;
    for (const auto& kind : report.shop_books().kinds()) out[kind.kind()] = kind.units();
    return out;
}

const model::FlowStepLoad& step(const model::LoadReport& report, const std::string& name) {
    for (const auto& one : report.flow_steps())
        if (one.step() == name) return one;
    FAIL("no step " + name);
    return report.flow_steps(0);
}

TEST_CASE("shop load: every step counts who came and got past it, every request by its answer, status and rule") {
    const Loaded load = loaded(Flaw::unhurried, 30, 5);
    std::uint64_t applied = 0;
    for (const Completion& one : load.answers) applied += one.settled == Settled::applied ? 1 : 0;
    CHECK(applied == 20);
    std::vector<std::string> names;
    for (const auto& one : load.report.flow_steps()) names.push_back(one.step());
    CHECK(names == std::vector<std::string>{"cart", "check", "pay", "paid"});  // nobody cancelled
    CHECK(step(load.report, "cart").shoppers() == 30);
    CHECK(step(load.report, "cart").passed() == 30);
    const auto& pay = step(load.report, "pay");
    CHECK(pay.passed() == 20);
    CHECK(pay.requests() == pay.shoppers());
    CHECK(pay.latency().total() == pay.requests());
    CHECK(pay.latency().min_ns() > 20'000'000);  // the shop's pause
    for (const auto& one : load.report.flow_steps()) {
        std::uint64_t sum = 0;
        for (const auto& answer : one.answers()) sum += answer.requests();
        CHECK(sum == one.requests());
    }
    REQUIRE(pay.answers_size() >= 1);
    CHECK(pay.answers(0).answer() == "accepted");
    CHECK(pay.answers(0).status() == 200);
    CHECK_THAT(pay.answers(0).why(), Catch::Contains("rule 1"));
}

TEST_CASE("shop load: the books of a correct shop agree, SKU by SKU, whatever nodes the orders were for") {
    const Loaded load = loaded(Flaw::unhurried, 40, 5);
    const auto& books = load.report.shop_books();
    CHECK(units_by_kind(load.report).empty());
    CHECK(std::vector<std::string>(books.read().begin(), books.read().end()) ==
          std::vector<std::string>{"orders", "reservations", "counters"});
    CHECK(books.stock() == 20);
    CHECK(books.told() == 20);
    CHECK(books.orders() == 20);
    CHECK(books.reservations() == 20);
    CHECK(books.counter_moved_by() == 20);
    CHECK(books.shoppers_judged() == 40);
    CHECK(books.shoppers().empty());
}

TEST_CASE("shop load: each flaw is found under its own name") {
    const auto lost = units_by_kind(loaded(Flaw::lost_update, 12, 10).report);
    CHECK(lost.size() == 1);
    CHECK(lost.count("lost_update") == 1);
    const auto unallocated = units_by_kind(loaded(Flaw::no_allocation, 12, 10).report);
    CHECK(unallocated == std::map<std::string, std::int64_t>{{"unallocated_order", 12}});
    const auto oversold = units_by_kind(loaded(Flaw::oversell, 30, 2).report);
    CHECK(oversold.count("oversold") == 1);
    const auto missing = units_by_kind(loaded(Flaw::missing_order, 12, 10).report);
    CHECK(missing.count("missing_order") == 1);
    const auto phantom = units_by_kind(loaded(Flaw::phantom_order, 30, 2).report);
    CHECK(phantom.count("phantom_order") == 1);
}

// A sound shop whose counter is one short when the books are read after the shoppers: the first `times`, or always.
std::map<std::string, std::int64_t> found_of_a_late_counter(int times) {
    SoundShop shop;
    int read = 0;
    shop.habit = [&](const Wanted& request, SoundShop& of) -> std::optional<Reply> {
        if (request.target != "/levels" || of.orders.empty() || ++read > times) return std::nullopt;
        return Reply{200, R"({"available":)" + std::to_string(of.stock + 1) + "}"};
    };
    const ScriptedShop server([&](const Wanted& request, int) { return shop.answer(request); });
    HttpDriver driver(plan_of("urls: {shop: \"" + server.url() + "\"}" + kSoundFlow));
    InitialStock stock;
    stock.shape.nodes = {"dc", "store"}, stock.shape.skus = {"TEE"}, stock.shape.channels = {"web"};
    stock.units = {10, 0};
    driver.prepare(stock);
    buy_at_once(driver, 6, 1, 1);
    driver.read_back();
    model::LoadReport report;
    driver.fill(report);
    CHECK(report.shop_books().told() == 6);
    return units_by_kind(report);
}

TEST_CASE("shop load: books that do not agree are read once more, and what is gone then was never a finding") {
    CHECK(found_of_a_late_counter(0).empty());
    CHECK(found_of_a_late_counter(1).empty());
    CHECK(found_of_a_late_counter(9) == std::map<std::string, std::int64_t>{{"lost_update", 1}});
}

TEST_CASE("shop load: orders of nobody accuse the flow that reads them, and not the shop") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow(), {{"shopper: email", "shopper: id"}}));
    driver.prepare(two_skus(5));
    buy_at_once(driver, 4);
    CHECK_THROWS_WITH(driver.read_back(), Catch::Contains("orders.shopper: none of the 4 new order lines is of a shopper"));
}

TEST_CASE("shop load: two shoppers who were sold the same unit tell of it with all their requests, without secrets") {
    const Loaded load = loaded(Flaw::oversell, 30, 2);
    const auto& books = load.report.shop_books();
    REQUIRE(books.findings_size() > 0);
    const auto& finding = books.findings(0);
    CHECK(finding.kind() == "oversold");
    REQUIRE(finding.side_by_side_size() == 2);
    std::vector<const model::ShopShopper*> tellers;
    for (const auto& shopper : books.shoppers())
        for (const std::uint64_t number : finding.side_by_side())
            if (shopper.number() == number) tellers.push_back(&shopper);
    REQUIRE(tellers.size() == 2);
    for (const auto* one : tellers) {
        CHECK_FALSE(one->promise_alone());
        CHECK(one->told() == "accepted");
        REQUIRE(one->requests_size() >= 3);
        CHECK(one->requests(0).step() == "cart");
        CHECK(one->requests(2).step() == "pay");
        CHECK(one->requests(2).status() == 200);
    }
    // Both were at the promise together.
    const auto &a = tellers[0]->requests(2), &b = tellers[1]->requests(2);
    CHECK(std::max(a.sent_us(), b.sent_us()) < std::min(a.answered_us(), b.answered_us()));
    const std::string all = load.report.SerializeAsString();
    CHECK(all.find("s3cret") == std::string::npos);
    CHECK(all.find("t0ken-of-admin") == std::string::npos);
}

TEST_CASE("shop load: a login that wears out is renewed, and the step that found it so is done again") {
    const StubShop shop(Flaw::short_tokens);
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus(50));
    const auto answers = buy_at_once(driver, 120);  // their orders are some twenty pages
    CHECK(std::all_of(answers.begin(), answers.end(), [](const Completion& one) { return one.settled == Settled::applied; }));
    const FinalState state = driver.read_back();
    CHECK(state.orders.size() == 120);
    model::LoadReport report;
    driver.fill(report);
    CHECK(units_by_kind(report).empty());
}

TEST_CASE("shop load: what was cancelled later was sold at one time all the same, and a unit given back may be sold again") {
    http::SkuBooks books;
    books.has_orders = true;
    std::vector<std::string> names{"a", "b", "c"};
    std::vector<http::Told> said(3);
    http::SkuCase of;
    of.put = 1;
    of.books = &books;
    of.left_over = http::SkuCase::LeftOver::says_nothing;
    for (std::size_t i = 0; i < 3; ++i) {
        said[i].told = http::Answer::accepted;
        said[i].promised = said[i].answered = true;
        said[i].acceptances = 1;
        of.buyers.push_back({.number = i + 1, .identity = &names[i], .wanted = 1, .said = &said[i], .decided = true});
    }
    const auto window = [&](std::size_t i, std::int64_t sent, std::int64_t answered) {
        of.buyers[i].sent_us = sent, of.buyers[i].answered_us = answered;
    };
    const auto cancelled = [&](std::size_t i, std::int64_t at) { said[i].cancelled = true, of.buyers[i].cancelled_us = at; };
    books.orders = {{"o", "c", Sku(0), 1}};
    window(0, 10, 20), window(1, 30, 40), window(2, 50, 60);
    cancelled(0, 25), cancelled(1, 45);
    CHECK(http::judge(of).findings.empty());  // one after the other had it

    of.buyers[0].cancelled_us = 100, of.buyers[1].cancelled_us = 90;  // all three had it at 60
    const http::Verdict verdict = http::judge(of);
    REQUIRE(verdict.findings.size() == 1);
    CHECK(verdict.findings[0].kind == http::FindingKind::oversold);
    CHECK(verdict.findings[0].units == 2);
    CHECK(verdict.findings[0].involved == 3);
    CHECK(verdict.findings[0].side_by_side.size() == 2);
}

TEST_CASE("shop load: requests of a bounded number of shoppers are kept, however many come") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow());
    const std::vector<http::SkuEntry> skus{{"TEE", {}}, {"CAP", {}}};
    http::StoryKeeper keeper(*plan, {10, 5000}, skus.data());
    constexpr std::uint64_t kShoppers = 20'000;
    for (std::uint64_t i = 1; i <= kShoppers; ++i) {
        const auto actor = std::make_shared<http::Actor>();
        actor->number = i;
        actor->lines = {{&skus[i % 2], 1}};
        keeper.comes(actor);
        keeper.observer().requested(*actor, plan->steps[0], http::Url{}, "POST /carts HTTP/1.1\r\n\r\n{}");
        if (i % 3 != 0) keeper.promised(*actor, i % 7 == 0 ? http::Answer::out_of_stock : http::Answer::accepted);
    }
    std::size_t kept = 0;
    for (std::uint64_t i = 1; i <= kShoppers; ++i) kept += keeper.of(i) != nullptr ? 1 : 0;
    CHECK(kept > 2);
    CHECK(kept <= 2 * (http::StoryKeeper::kBeforeLast + http::StoryKeeper::kAfterLast + http::StoryKeeper::kTurnedAway));
}

// Processor time of this thread in nanoseconds.
std::int64_t cpu_ns() {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return std::int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec;
}

TEST_CASE("shop load: what counting and following costs a request", "[.speed]") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow());
    const std::vector<http::SkuEntry> skus{{"TEE", {}}};
    http::StepTally tally(*plan);
    http::StoryKeeper keeper(*plan, {1000}, skus.data());
    http::Observers observers({&tally, &keeper.observer()});
    const std::string bytes = "POST /carts HTTP/1.1\r\nHost: shop\r\n\r\n" + std::string(200, 'x');
    http::StepResult result;
    result.answer = http::Answer::accepted;
    result.status = 200;
    result.why = "rule 1: status 200, json type, is `order`";
    http::Response response;
    response.status = 200;
    response.body = std::string(300, 'y');
    constexpr std::uint64_t kShoppers = 200'000;
    const std::int64_t begin_ns = cpu_ns();
    for (std::uint64_t i = 1; i <= kShoppers; ++i) {
        const auto actor = std::make_shared<http::Actor>();
        actor->number = i;
        actor->lines = {{skus.data(), 1}};
        keeper.comes(actor);
        for (const http::StepPlan& step : plan->steps) {
            response.sent_ns = result.sent_ns = steady_now_ns();
            response.answered_ns = result.answered_ns = result.sent_ns + 1000;
            observers.requested(*actor, step, http::Url{}, bytes);
            observers.responded(*actor, step, response);
            observers.answered(*actor, step, result);
        }
        keeper.promised(*actor, http::Answer::accepted);
    }
    const double each = static_cast<double>(cpu_ns() - begin_ns) / static_cast<double>(kShoppers * plan->steps.size());
    WARN(each << " ns of processor time per request, every shopper followed");
}

}  // namespace
}  // namespace lastunit::test
